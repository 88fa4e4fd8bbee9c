import Foundation
internal import GRDB
import Synchronization

/// The connections to one database and what all repositories on it share.
final class SQLiteConnection: Sendable {
    let writer: any DatabaseWriter
    /// How new embeddings are written.
    let precision: EmbeddingPrecision
    /// Gives the present moment.
    let clock: @Sendable () -> Date
    /// Asked before each access, because a closed `DatabaseQueue` crashes when it is read.
    private let isClosed = Atomic(false)

    init(writer: any DatabaseWriter, precision: EmbeddingPrecision, clock: @escaping @Sendable () -> Date) {
        self.writer = writer
        self.precision = precision
        self.clock = clock
    }

    /// The present moment as it is stored.
    func now() -> String { Timestamp(clock()).text }

    /// Runs a read in one snapshot of the database.
    func read<Value>(_ body: (Database) throws -> Value) throws(FaceStoreError) -> Value {
        try checkOpen()
        do { return try writer.read(body) } catch { throw FaceStoreError(error) }
    }

    /// Runs a write in one immediate transaction, which is rolled back when the body throws.
    func write<Value>(_ body: (Database) throws -> Value) throws(FaceStoreError) -> Value {
        try checkOpen()
        do { return try writer.write(body) } catch { throw FaceStoreError(error) }
    }

    /// Empties the log beside the database, which still holds pages as they were before the last writes. Somebody who
    /// reads at the moment may prevent it; the log is then reused, and emptied when the library is closed.
    func dropOldPages() {
        guard let pool = writer as? DatabasePool else { return }
        _ = try? pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    }

    /// A database in memory goes with its last user instead, who may be at work in another thread.
    func close() throws(FaceStoreError) {
        isClosed.store(true, ordering: .sequentiallyConsistent)
        guard let pool = writer as? DatabasePool else { return }
        do { try pool.close() } catch { throw FaceStoreError(error) }
    }

    private func checkOpen() throws(FaceStoreError) {
        guard !isClosed.load(ordering: .sequentiallyConsistent) else { throw .closed }
    }
}

extension Row {
    /// A moment that the store has written.
    func date(_ column: String) throws -> Date {
        let text: String = self[column]
        guard let timestamp = Timestamp(text) else {
            throw FaceStoreError.unexpected(detail: "\(column) is no timestamp: \(text)")
        }
        return timestamp.date
    }

    /// A value of an enumeration whose cases are stored by their names.
    func value<Value: RawRepresentable<String>>(_ column: String, as type: Value.Type) throws -> Value {
        let text: String = self[column]
        guard let value = Value(rawValue: text) else {
            throw FaceStoreError.unexpected(detail: "\(column) has the unknown value \(text)")
        }
        return value
    }
}
