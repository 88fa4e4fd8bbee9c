import Crypto
import FaceCore
public import FaceStore
import Foundation

/// Makes a library what a backup holds: see `BackupManifest`.
///
/// The whole backup is unpacked and verified before anything of it counts. Then the files take their place in one step and
/// the rows are copied and compared; until they are, nobody can use the library. One that was broken off begins anew.
public struct LibraryRestore {
    private let path: String
    private let folders: LibraryFolders
    private let open: (String) throws -> any LibraryStore
    /// Waits until a folder's entries are on disk.
    var synchronize: (URL) throws(LibraryError) -> Void = DurableFolder.synchronize

    /// - Parameters:
    ///   - path: the backup.
    ///   - open: opens a library in a SQLite file.
    public init(
        from path: String, folders: LibraryFolders, open: @escaping (String) throws -> any LibraryStore
    ) {
        self.path = path
        self.folders = folders
        self.open = open
    }

    /// Reads the whole backup and compares it with what it says of itself; writes nothing.
    ///
    /// - Parameter progress: is told how many files were read.
    /// - Throws: `BackupError`.
    public func check(progress: (Int) throws -> Void = { _ in }) throws -> BackupManifest {
        try BackupReading(path: path, target: nil).run(progress)
    }

    /// Restores into a library of nothing. To be called while no server has the folders.
    ///
    /// - Parameters:
    ///   - store: where the rows go.
    ///   - progress: is told how many files were read; what it throws breaks it off.
    /// - Throws: `BackupError`, `LibraryError.diskFull`, `.unwritable`, `LibraryCopyError`, `FaceStoreError`.
    public func run(into store: any LibraryStore, progress: (Int) throws -> Void = { _ in }) throws -> BackupManifest {
        // What an earlier attempt left may go, what anybody else has put there not.
        let begun = try LibraryCopy.unfinishedPurpose(of: store)
        if begun == nil {
            guard try LibraryCopy.isEmpty(store) else { throw BackupError.libraryExists }
            guard try isEmpty(folders.uploads) else { throw BackupError.filesExist(path: folders.uploads.path) }
        }
        try folders.create()
        let unpacked = folders.data.appendingPathComponent("restoring", isDirectory: true)
        try? FileManager.default.removeItem(at: unpacked)
        defer { try? FileManager.default.removeItem(at: unpacked) }
        let uploads = unpacked.appendingPathComponent("uploads", isDirectory: true)
        try FileManager.default.createDirectory(
            at: uploads, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let manifest = try BackupReading(path: path, target: unpacked, synchronize: synchronize).run(progress)
        let old = try open(unpacked.appendingPathComponent(BackupEntry.database.name).path)
        let purpose = "restore \(manifest.sums)"
        // Half of a copy, or of another backup, has its files elsewhere or not at all.
        guard begun == nil || begun == purpose else { throw BackupError.libraryExists }
        let copy = try LibraryCopy(from: old, to: store, purpose: purpose)
        try copy.reserve()
        if begun != nil { try? FileManager.default.removeItem(at: folders.uploads) }
        try DurableFolder.move(uploads, to: folders.uploads)
        // This version's tables may hold more than those that the backup counted.
        let isOfThisVersion = manifest.schema == LibraryCopy.schema
        try copy.run(expecting: isOfThisVersion ? LibraryCopy.Report(tables: manifest.tables) : nil)
        try old.close()
        return manifest
    }

    private func isEmpty(_ folder: URL) throws -> Bool {
        guard FileManager.default.fileExists(atPath: folder.path) else { return true }
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty
    }
}
