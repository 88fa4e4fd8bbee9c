import FaceCore
public import FaceStore
import Foundation

/// Copies the uploaded photos that a library needs from one folder into another. What is there already and right stays, so
/// that a copy which was broken off goes on.
public struct OriginalsCopy {
    /// What was done.
    public struct Report: Sendable, Hashable {
        public var copied = 0
        /// Files that were there already.
        public var present = 0
        /// Files that are gone, or are not what was uploaded: these are not copied.
        public var lost: [String] = []

        public init() {}
    }

    private let source: LibraryFolders
    private let target: LibraryFolders
    /// Waits until a folder's entries are on disk.
    var synchronize: (URL) throws(LibraryError) -> Void = DurableFolder.synchronize

    private static let pageSize = 1000

    public init(from source: LibraryFolders, to target: LibraryFolders) {
        self.source = source
        self.target = target
    }

    /// - Parameters:
    ///   - store: knows which files are needed.
    ///   - progress: is told how many files were looked at; what it throws breaks the copy off.
    /// - Throws: `LibraryError.diskFull`, `.unwritable`, `.exportInterrupted`; `FaceStoreError`.
    public func run(of store: any LibraryStore, progress: (Int) throws -> Void = { _ in }) throws -> Report {
        let hold = FileHold(source)
        defer { withExtendedLifetime(hold) {} }
        var report = Report()
        var (last, seen) = (String?.none, 0)
        var folders = WrittenFolders(synchronize: synchronize)
        while case let page = try store.removals.neededContents(after: last, limit: Self.pageSize), !page.isEmpty {
            if last == nil { try target.create() }
            for file in page {
                try copy(file, &report, &folders)
                seen += 1
                try progress(seen)
            }
            last = page.last?.name
        }
        try folders.finish()
        if report.copied > 0 { try synchronize(target.uploads) }
        return report
    }

    private func copy(_ file: StoredFile, _ report: inout Report, _ folders: inout WrittenFolders) throws {
        let place = target.uploads.appendingPathComponent(file.name)
        if let present = try SequentialFile(path: place.path), try Self.read(present) == file.contentHash {
            report.present += 1
            return
        }
        guard LibraryFolders.isUpload(file.name),
            let original = try SequentialFile(path: source.uploads.appendingPathComponent(file.name).path)
        else {
            report.lost.append(file.name)
            return
        }
        let temporary = target.incoming.appendingPathComponent("copy-\(UUID().uuidString)")
        let copy = try NewFile(temporary)
        defer { unlink(temporary.path) }
        guard try Self.read(original, { try copy.write($0) }) == file.contentHash else {
            report.lost.append(file.name)
            return
        }
        try copy.finish(modifiedAt: original.modifiedAt)
        let folder = place.deletingLastPathComponent()
        if mkdir(folder.path, 0o700) != 0, errno != EEXIST { throw LibraryError(code: errno, path: folder.path) }
        guard rename(temporary.path, place.path) == 0 else { throw LibraryError(code: errno, path: place.path) }
        try folders.writes(into: folder)
        report.copied += 1
    }

    /// Reads a file to its end.
    ///
    /// - Returns: its hash.
    private static func read(
        _ file: SequentialFile, _ body: (UnsafeRawBufferPointer) throws -> Void = { _ in }
    ) throws -> ContentHash {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: SequentialFile.chunk, alignment: 16)
        defer { buffer.deallocate() }
        while case let bytes = try file.next(into: buffer), !bytes.isEmpty { try body(bytes) }
        return file.contentHash
    }
}
