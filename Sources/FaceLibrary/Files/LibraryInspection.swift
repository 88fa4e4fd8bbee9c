public import FaceCore
public import FaceStore
import Foundation

/// Compares the files of a library with what its database says of them.
public struct LibraryInspection: Sendable {
    /// What does not fit together.
    public struct Findings: Sendable, Hashable {
        /// Uploaded files that nothing in the database needs, as `TASK/FILE`.
        public var filesWithoutRow: [String] = []
        /// Uploaded files that the database needs and that are not there.
        public var rowsWithoutFile: [String] = []
        /// Folders of uploads that were never finished.
        public var unfinishedUploads: [String] = []
        /// Files that are to be removed and are still there: no damage, a server removes them when it runs.
        public var pendingRemovals = 0

        public var isEmpty: Bool { filesWithoutRow.isEmpty && rowsWithoutFile.isEmpty && unfinishedUploads.isEmpty }
    }

    private let store: any LibraryStore
    private let folders: LibraryFolders

    public init(store: any LibraryStore, folders: LibraryFolders) {
        self.store = store
        self.folders = folders
    }

    /// Looks, and changes nothing. While a server runs, an upload that is just coming in may be listed.
    public func findings() throws(LibraryError) -> Findings {
        var findings = Findings()
        try storing { () throws(FaceStoreError) in
            findings.pendingRemovals = try store.removals.pending(limit: 1000).count
            // A file that is to be removed is no stray one.
            let pending = Set(try store.removals.pending(limit: .max).compactMap(\.storedName))
            for task in Self.names(in: folders.uploads) {
                for file in Self.names(in: folders.uploads.appendingPathComponent(task)) {
                    let name = "\(task)/\(file)"
                    if !pending.contains(name), try !store.removals.isNeeded(name) {
                        findings.filesWithoutRow.append(name)
                    }
                }
            }
            var last: String?
            while true {
                let names = try store.removals.neededFiles(after: last, limit: 1000)
                findings.rowsWithoutFile += names.filter { !exists($0) }
                guard let end = names.last else { break }
                last = end
            }
        }
        findings.unfinishedUploads = Self.names(in: folders.incoming)
        return findings
    }

    /// Removes files that nothing needs, and photos whose file is gone, with their faces. To be called while no server
    /// has the folders.
    ///
    /// - Throws: `MissingFilesError` when none of the needed files is there: then it is rather the folder that is missing,
    ///   a disk that is not mounted, say. `LibraryError.store`.
    public func repair(_ findings: Findings) throws {
        for name in findings.unfinishedUploads {
            try? FileManager.default.removeItem(at: folders.incoming.appendingPathComponent(name))
        }
        for name in findings.filesWithoutRow { _ = folders.removeUpload(name) }
        guard !findings.rowsWithoutFile.isEmpty else { return }
        let needed = try storing { () throws(FaceStoreError) in
            try store.removals.neededFiles(after: nil, limit: findings.rowsWithoutFile.count + 1)
        }
        guard needed.count == 1 || needed.contains(where: exists) else {
            throw MissingFilesError(path: folders.uploads.path)
        }
        for name in findings.rowsWithoutFile {
            try storing { () throws(FaceStoreError) in
                // A file that waits for a worker has no photo yet: the worker finds out, and the task names it.
                if let photo = try store.photos.photo(storedAs: name) { try store.photos.forget(photo.id) }
            }
        }
    }

    private func exists(_ storedName: String) -> Bool {
        FileManager.default.fileExists(atPath: folders.uploads.appendingPathComponent(storedName).path)
    }

    private static func names(in folder: URL) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
    }
}

/// None of a library's uploaded files is there.
public struct MissingFilesError: UserFacingError {
    public let path: String

    public var message: String {
        "None of the library's uploaded photos is in “\(path)”; nothing was repaired. Is the disk there?"
    }
}
