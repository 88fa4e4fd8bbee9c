import GRDB

@testable import FaceStore

extension SQLiteLibraryStore {
    /// The first value that a query gives on the connection that writes.
    func value<Value: DatabaseValueConvertible>(_ sql: String, as type: Value.Type = Value.self) throws -> Value? {
        try connection.writer.writeWithoutTransaction { try Value.fetchOne($0, sql: sql) }
    }

    /// Runs statements on the connection that writes, outside of a transaction.
    func execute(_ sql: String) throws {
        try connection.writer.writeWithoutTransaction { try $0.execute(sql: sql) }
    }
}
