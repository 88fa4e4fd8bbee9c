import Foundation

/// A database that libraries can lie in.
protocol DatabaseBackend: Sendable {
    /// Runs a read in one snapshot of the database.
    func read<Value>(_ body: (Database) throws -> Value) throws -> Value

    /// Runs a write in one transaction, which is rolled back when the body throws.
    ///
    /// - Parameter alone: whether no other such write of anybody may run at the same time. One that may not be alone has
    ///   to lock what it changes.
    func write<Value>(alone: Bool, _ body: (Database) throws -> Value) throws -> Value

    /// Makes what was erased unreadable in the database's own files, as far as that is in the hands of a client.
    func dropOldPages()

    func close() throws

    /// What an error that came out of a body means to a user.
    func failure(of error: any Error) -> FaceStoreError
}

/// A library's database and what all repositories on it share.
final class LibraryConnection: Sendable {
    let backend: any DatabaseBackend
    /// How new embeddings are written.
    let precision: EmbeddingPrecision
    /// Gives the present moment.
    let clock: @Sendable () -> Date

    init(backend: any DatabaseBackend, precision: EmbeddingPrecision, clock: @escaping @Sendable () -> Date) {
        self.backend = backend
        self.precision = precision
        self.clock = clock
    }

    /// The present moment as it is stored.
    func now() -> String { Timestamp(clock()).text }

    /// Runs a read in one snapshot of the database.
    func read<Value>(_ body: (Database) throws -> Value) throws(FaceStoreError) -> Value {
        do { return try backend.read(body) } catch { throw backend.failure(of: error) }
    }

    /// Runs a write in one transaction, which is rolled back when the body throws.
    func write<Value>(_ body: (Database) throws -> Value) throws(FaceStoreError) -> Value {
        do { return try backend.write(alone: true, body) } catch { throw backend.failure(of: error) }
    }

    /// Runs a write that locks what it changes, beside others.
    func writeBesideOthers<Value>(_ body: (Database) throws -> Value) throws(FaceStoreError) -> Value {
        do { return try backend.write(alone: false, body) } catch { throw backend.failure(of: error) }
    }

    /// After something was erased.
    func dropOldPages() { backend.dropOldPages() }

    func close() throws(FaceStoreError) {
        do { try backend.close() } catch { throw backend.failure(of: error) }
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
