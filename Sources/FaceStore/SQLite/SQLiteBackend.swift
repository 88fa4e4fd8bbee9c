internal import GRDB
import Synchronization

/// The connections to one SQLite database.
final class SQLiteBackend: DatabaseBackend {
    let writer: any DatabaseWriter
    /// Asked before each access, because a closed `DatabaseQueue` crashes when it is read.
    private let isClosed = Atomic(false)

    init(writer: any DatabaseWriter) {
        self.writer = writer
    }

    func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try checkOpen()
        return try writer.read { try body(Database(SQLiteSession($0))) }
    }

    /// One immediate transaction at a time.
    func write<Value>(alone: Bool, _ body: (Database) throws -> Value) throws -> Value {
        try checkOpen()
        return try writer.write { try body(Database(SQLiteSession($0))) }
    }

    /// Empties the log beside the database, which still holds pages as they were before the last writes. Somebody who
    /// reads at the moment may prevent it; the log is then reused, and emptied when the library is closed.
    func dropOldPages() {
        guard let pool = writer as? DatabasePool else { return }
        _ = try? pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    }

    /// A database in memory goes with its last user instead, who may be at work in another thread.
    ///
    /// The log is brought into the file first: GRDB closes its writer before its readers, and the last connection of SQLite
    /// to close, which would do so, may only read then.
    func close() throws {
        isClosed.store(true, ordering: .sequentiallyConsistent)
        dropOldPages()
        try (writer as? DatabasePool)?.close()
    }

    func failure(of error: any Error) -> FaceStoreError { FaceStoreError(error) }

    private func checkOpen() throws(FaceStoreError) {
        guard !isClosed.load(ordering: .sequentiallyConsistent) else { throw .closed }
    }
}
