import Foundation
internal import GRDB

/// SQLite inside a transaction.
final class SQLiteSession: DatabaseSession {
    private let database: GRDB.Database

    init(_ database: GRDB.Database) {
        self.database = database
    }

    /// There is one writer at a time.
    var lockingClause: String { "" }

    func run(_ sql: String, _ arguments: StatementArguments, isKept: Bool) throws -> StatementEffect {
        if isKept {
            try database.cachedStatement(sql: sql).execute(arguments: arguments.forSQLite)
        } else {
            try database.execute(sql: sql, arguments: arguments.forSQLite)
        }
        return StatementEffect(changes: database.changesCount, insertedID: database.lastInsertedRowID)
    }

    func rows(_ sql: String, _ arguments: StatementArguments, isKept: Bool) throws -> RowCursor {
        let statement = isKept ? try database.cachedStatement(sql: sql) : try database.makeStatement(sql: sql)
        let cursor = try GRDB.Row.fetchCursor(statement, arguments: arguments.forSQLite)
        return RowCursor { try cursor.next().map { Row(storage: .sqlite($0)) } }
    }
}

extension StatementArguments {
    fileprivate var forSQLite: GRDB.StatementArguments {
        named.isEmpty
            ? GRDB.StatementArguments(positional.map(\.forSQLite))
            : GRDB.StatementArguments(named.mapValues(\.forSQLite))
    }
}

extension StatementValue {
    fileprivate var forSQLite: DatabaseValue {
        switch self {
        case .integer(let number): number.databaseValue
        case .real(let number): number.databaseValue
        case .text(let text): text.databaseValue
        case .bytes(let data): data.databaseValue
        case .binary(let data): data.databaseValue
        }
    }
}
