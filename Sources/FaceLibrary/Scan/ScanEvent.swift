public import FaceCore

/// What became of one file of a scan.
public enum FileOutcome: Sendable {
    /// Analysed now; the number of faces on it.
    case analyzed(PhotoID, faces: Int)
    /// This very file was in the library before, untouched since.
    case known(PhotoID)
    /// Another file with the same bytes is in the library: nothing was added but the place.
    case duplicate(PhotoID)
    /// The file could not be used, and why, in a sentence.
    case failed(reason: String)
}

/// What a scan tells while it runs. Events of files come from the worker threads, one at a time.
public enum ScanEvent: Sendable {
    /// The number of files to go through.
    case started(total: Int)
    case file(done: Int, PhotoFile, FileOutcome)
    /// All files are through; the faces are being grouped.
    case grouping
}

/// What a scan did.
public struct ScanReport: Sendable {
    /// Every file and what became of it, in the order of the listing; files that a cancelled scan did not come to are
    /// missing.
    public var files: [(file: PhotoFile, outcome: FileOutcome)]
    /// Faces found on photos that were analysed now.
    public var newFaces: Int
    /// True when the scan was cancelled before it had seen all files.
    public var wasCancelled: Bool
    /// Photos that left the library: their files were deleted or overwritten.
    public var forgotten: Int
    /// Folders that could not be listed.
    public var unreadable: [PhotoIntakeError]

    init(
        files: [PhotoFile], outcomes: [Int: FileOutcome], wasCancelled: Bool, forgotten: Int = 0,
        unreadable: [PhotoIntakeError] = []
    ) {
        self.forgotten = forgotten
        self.unreadable = unreadable
        self.files = outcomes.sorted { $0.key < $1.key }.map { (files[$0.key], $0.value) }
        newFaces = self.files.reduce(0) { sum, entry in
            if case .analyzed(_, let faces) = entry.outcome { sum + faces } else { sum }
        }
        self.wasCancelled = wasCancelled
    }

    public var analyzed: Int { files.count { if case .analyzed = $0.outcome { true } else { false } } }
    public var known: Int { files.count { if case .known = $0.outcome { true } else { false } } }
    public var duplicates: Int { files.count { if case .duplicate = $0.outcome { true } else { false } } }
    public var failures: [(file: PhotoFile, reason: String)] {
        files.compactMap { entry in
            if case .failed(let reason) = entry.outcome { (entry.file, reason) } else { nil }
        }
    }
}
