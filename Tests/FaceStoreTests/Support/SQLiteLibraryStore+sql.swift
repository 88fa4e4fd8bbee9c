import GRDB
import Testing

@testable import FaceStore

extension SQLiteLibraryStore {
    /// SQLite itself.
    var writer: any DatabaseWriter {
        get throws { try #require(connection.backend as? SQLiteBackend).writer }
    }

    /// The first value that a query gives on the connection that writes.
    func value<Value: DatabaseValueConvertible>(_ sql: String, as type: Value.Type = Value.self) throws -> Value? {
        try writer.writeWithoutTransaction { try Value.fetchOne($0, sql: sql) }
    }

    /// Runs statements on the connection that writes, outside of a transaction.
    func execute(_ sql: String) throws {
        try writer.writeWithoutTransaction { try $0.execute(sql: sql) }
    }
}
