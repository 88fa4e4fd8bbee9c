import Foundation
internal import GRDB

/// The way from a path to an open, migrated database. Nothing is written to a file before it is known to be a library
/// that this version understands.
struct SQLiteOpening {
    let path: String
    /// Seconds to wait for other processes.
    let busyTimeout: TimeInterval

    func open() throws(FaceStoreError) -> any DatabaseWriter {
        try makeFolderAndFile()
        // Two processes that turn a new file into a library at once would trip over each other in places where SQLite
        // does not wait (the switch to WAL); they take turns here.
        let lock = FolderLock(folder: folder, patience: busyTimeout)
        defer { lock.release() }
        do {
            try inspect()
            let pool = try DatabasePool(path: path, configuration: configuration())
            // Set after the switch to WAL, which lowers it.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            try LibrarySchema.migrator.migrate(pool)
            return pool
        } catch {
            throw FaceStoreError(error, openingAt: path)
        }
    }

    private var folder: String {
        let folder = (path as NSString).deletingLastPathComponent
        return folder.isEmpty ? "." : folder
    }

    /// Faces are biometric data, so that what is made here is for this user only. The file is opened by hand only when
    /// it is new: closing a descriptor of a file drops all of the process's SQLite locks on it.
    private func makeFolderAndFile() throws(FaceStoreError) {
        if !FileManager.default.fileExists(atPath: folder) {
            do {
                try FileManager.default.createDirectory(
                    atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            } catch {
                throw .cannotOpen(path: path, reason: "its folder cannot be made")
            }
        }
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
            guard !isFolder.boolValue else { throw .cannotOpen(path: path, reason: "it is a folder") }
            guard access(path, R_OK) == 0 else { throw .cannotOpen(path: path, reason: Self.systemReason(errno)) }
            // SQLite writes files beside it, so that the folder counts too.
            guard access(path, W_OK) == 0, access(folder, W_OK) == 0 else { throw .readOnly }
            try checkSize()
            return
        }
        let descriptor = Glibc.open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor < 0 else {
            Glibc.close(descriptor)
            return
        }
        switch errno {
        case EEXIST: return
        case EROFS: throw .readOnly
        case ENOSPC, EDQUOT: throw .diskFull
        case let code: throw .cannotOpen(path: path, reason: Self.systemReason(code))
        }
    }

    /// SQLite takes a file that is shorter than its smallest page for a new one and would write over it.
    private func checkSize() throws(FaceStoreError) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw .cannotOpen(path: path, reason: Self.systemReason(errno)) }
        guard status.st_size == 0 || status.st_size >= 512 else { throw .notADatabase(path: path) }
    }

    private static func systemReason(_ code: Int32) -> String { String(cString: strerror(code)).lowercased() }

    /// Looks at the file without changing it.
    private func inspect() throws {
        var configuration = configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.read { database in
            let id = try Int32.fetchOne(database, sql: "PRAGMA application_id")
            let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
            guard tables > 0 else { return }
            guard id == LibrarySchema.applicationID else { throw FaceStoreError.notALibrary(path: path) }
            guard try !LibrarySchema.migrator.hasBeenSuperseded(database) else {
                throw FaceStoreError.newerVersion(path: path)
            }
        }
        try queue.close()
    }

    private func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(busyTimeout)
        configuration.foreignKeysEnabled = true
        configuration.prepareDatabase { database in
            // Heeded only by a file that is still empty.
            try database.execute(sql: "PRAGMA page_size = \(LibrarySchema.pageSize)")
            // What is erased is overwritten with zeros and does not stay in pages that are free.
            try database.execute(sql: "PRAGMA secure_delete = ON")
        }
        return configuration
    }
}
