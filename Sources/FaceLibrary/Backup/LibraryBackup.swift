import Crypto
import FaceCore
public import FaceStore
import Foundation

/// Writes a library, its database and the photos that it needs, into one file: see `BackupManifest`.
///
/// The library may be used meanwhile. The database is read as it is at one moment; files that go after that moment are
/// kept on disk until the backup is through, and a photo is only ever recorded when its file lies in its place.
public struct LibraryBackup {
    /// How far a backup is.
    public enum Progress: Sendable, Hashable {
        /// Rows of a table.
        case rows(table: String, Int)
        /// Files so far.
        case files(Int)
    }

    private let store: any LibraryStore
    private let folders: LibraryFolders
    private let program: String
    private let open: (String) throws -> any LibraryStore

    private static let pageSize = 1000

    /// - Parameters:
    ///   - program: the version that the backup says it was made by.
    ///   - open: opens or makes a library in a SQLite file.
    public init(
        of store: any LibraryStore, folders: LibraryFolders, program: String,
        open: @escaping (String) throws -> any LibraryStore
    ) {
        self.store = store
        self.folders = folders
        self.program = program
        self.open = open
    }

    /// Writes the backup, as a whole or not at all. Beside it there has to be room for the database once more.
    ///
    /// - Parameters:
    ///   - path: absolute, of a file that is not there yet.
    ///   - progress: what it throws breaks the backup off.
    /// - Returns: what was written; files that are lost are named in it.
    /// - Throws: `LibraryError.exportExists`, `.exportInterrupted`, `.diskFull`, `.unwritable`; `LibraryCopyError`,
    ///   `FaceStoreError`.
    public func write(to path: String, progress: (Progress) throws -> Void = { _ in }) throws -> BackupManifest {
        guard !FileManager.default.fileExists(atPath: path) else { throw LibraryError.exportExists(path: path) }
        // Before the moment that is read: whatever is needed then stays until the end.
        let hold = FileHold(folders)
        defer { withExtendedLifetime(hold) {} }
        let scratch = try Scratch(beside: path)
        let database = scratch.path + "/library.sqlite"
        let createdAt = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded(.down))
        let report = try copy(to: database, progress)
        let file = scratch.path + "/backup.tar"
        let manifest = try pack(database, report, createdAt, into: file, progress)
        // A link takes no other file's place, whoever was quicker; a file system without links gets a rename.
        if link(file, path) != 0 {
            let code = errno
            guard code == EPERM || code == EOPNOTSUPP, rename(file, path) == 0 else {
                throw code == EEXIST ? LibraryError.exportExists(path: path) : LibraryError(code: code, path: path)
            }
        }
        try DurableFolder.synchronize(URL(fileURLWithPath: path).deletingLastPathComponent())
        return manifest
    }

    private func copy(to database: String, _ progress: (Progress) throws -> Void) throws -> LibraryCopy.Report {
        let copy = try open(database)
        let report = try LibraryCopy(from: store, to: copy).run {
            try progress(.rows(table: $0.table, $0.rows))
        }
        try copy.close()
        // All of it has to be in the one file.
        var log = stat()
        guard stat(database + "-wal", &log) != 0 || log.st_size == 0 else {
            throw LibraryError.exportInterrupted(reason: "the copy of the database could not be brought into one file")
        }
        return report
    }

    private func pack(
        _ database: String, _ report: LibraryCopy.Report, _ createdAt: Date, into file: String,
        _ progress: (Progress) throws -> Void
    ) throws -> BackupManifest {
        let tar = try TarWriter(path: file)
        var sums = ""
        guard let content = try SequentialFile(path: database) else { throw LibraryError(code: ENOENT, path: database) }
        sums += Self.line(try tar.add(content, as: BackupEntry.database.name), .database)
        let copy = try open(database)
        var (files, bytes, lost) = (0, Int64(0), [String]())
        var last: String?
        while case let page = try copy.removals.neededContents(after: last, limit: Self.pageSize), !page.isEmpty {
            for needed in page {
                guard let content = try original(needed) else {
                    lost.append(needed.name)
                    continue
                }
                let entry = BackupEntry.upload(needed.name)
                let hash = try tar.add(content, as: entry.name)
                sums += Self.line(hash, entry)
                files += 1
                bytes += content.byteCount
                if hash != needed.contentHash { lost.append(needed.name) }
                try progress(.files(files))
            }
            last = page.last?.name
        }
        let manifest = BackupManifest(
            program: program, createdAt: createdAt, report: report, counts: try copy.counts(), files: files,
            fileBytes: bytes, lostFiles: lost, sums: SHA256.hash(data: Data(sums.utf8)).hexadecimal)
        try copy.close()
        let now = Int(createdAt.timeIntervalSince1970)
        try tar.add(Array(sums.utf8), as: BackupEntry.sums.name, modifiedAt: now)
        try tar.add(try manifest.encoded(), as: BackupEntry.manifest.name, modifiedAt: now)
        try tar.finish()
        return manifest
    }

    /// The file, unless it is gone.
    private func original(_ needed: StoredFile) throws -> SequentialFile? {
        try SequentialFile(path: folders.uploads.appendingPathComponent(needed.name).path)
    }

    /// As sha256sum writes it.
    static func line(_ hash: ContentHash, _ entry: BackupEntry) -> String { "\(hash.rawValue)  \(entry.name)\n" }

    /// A folder that is gone with the value.
    private final class Scratch {
        let path: String

        init(beside file: String) throws {
            path = (file as NSString).deletingLastPathComponent + "/.lik-" + UUID().uuidString
            guard mkdir(path, 0o700) == 0 else { throw LibraryError(code: errno, path: file) }
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }
    }
}
