import Foundation
internal import GRDB

/// A row of a result. Reading a column that is not there, or a value that is missing as one that must be there, is a mistake
/// in the program.
struct Row {
    enum Storage {
        case sqlite(GRDB.Row)
        case postgres(PostgresRow)
    }

    let storage: Storage

    subscript<Value: ColumnValue>(_ column: String) -> Value {
        switch storage {
        case .sqlite(let row): return row[column]
        case .postgres(let row): return Self.present(row.value(row.index(of: column)), column)
        }
    }

    subscript<Value: ColumnValue>(_ column: String) -> Value? {
        switch storage {
        case .sqlite(let row): row[column]
        case .postgres(let row): row.value(row.index(of: column))
        }
    }

    subscript<Value: ColumnValue>(_ index: Int) -> Value {
        switch storage {
        case .sqlite(let row): return row[index]
        case .postgres(let row): return Self.present(row.value(index), "column \(index)")
        }
    }

    subscript<Value: ColumnValue>(_ index: Int) -> Value? {
        switch storage {
        case .sqlite(let row): row[index]
        case .postgres(let row): row.value(index)
        }
    }

    func isNull(_ column: String) -> Bool {
        switch storage {
        case .sqlite(let row): row[column] == nil
        case .postgres(let row): row.isNull(row.index(of: column))
        }
    }

    /// The bytes of a column without a copy of them.
    func withUnsafeData<Result>(atIndex index: Int, _ body: (Data?) throws -> Result) throws -> Result {
        switch storage {
        case .sqlite(let row): try row.withUnsafeData(atIndex: index, body)
        case .postgres(let row): try body(row.value(index))
        }
    }

    private static func present<Value>(_ value: Value?, _ column: String) -> Value {
        guard let value else { preconditionFailure("\(column) has no value of the type \(Value.self)") }
        return value
    }
}

/// What can be read from a column.
protocol ColumnValue: DatabaseValueConvertible {
    /// - Returns: nil when the column holds something else.
    init?(postgres column: PostgresColumn)
}

extension Row {
    static func fetchAll(_ database: Database, sql: String, arguments: StatementArguments = []) throws -> [Row] {
        try fetchAll(database.statement(sql), arguments: arguments)
    }

    static func fetchAll(_ statement: Statement, arguments: StatementArguments = []) throws -> [Row] {
        let cursor = try statement.rows(arguments)
        var rows: [Row] = []
        while let row = try cursor.next() { rows.append(row.kept) }
        return rows
    }

    static func fetchOne(_ database: Database, sql: String, arguments: StatementArguments = []) throws -> Row? {
        try fetchOne(database.statement(sql), arguments: arguments)
    }

    static func fetchOne(_ statement: Statement, arguments: StatementArguments = []) throws -> Row? {
        let cursor = try statement.rows(arguments)
        // SQLite's row is empty once its cursor has gone.
        return try withExtendedLifetime(cursor) { try cursor.next()?.kept }
    }

    static func fetchCursor(_ database: Database, sql: String, arguments: StatementArguments = []) throws -> RowCursor {
        try database.statement(sql).rows(arguments)
    }

    static func fetchCursor(_ statement: Statement, arguments: StatementArguments = []) throws -> RowCursor {
        try statement.rows(arguments)
    }

    /// SQLite reads all rows into one place.
    private var kept: Row {
        if case .sqlite(let row) = storage { Row(storage: .sqlite(row.copy())) } else { self }
    }
}

extension ColumnValue {
    /// The first column of the first row; nil when there is no row, or no value.
    static func fetchOne(_ database: Database, sql: String, arguments: StatementArguments = []) throws -> Self? {
        try fetchOne(database.statement(sql), arguments: arguments)
    }

    static func fetchOne(_ statement: Statement, arguments: StatementArguments = []) throws -> Self? {
        let cursor = try statement.rows(arguments)
        return try withExtendedLifetime(cursor) { try cursor.next().flatMap { $0[0] as Self? } }
    }

    /// The first column of all rows.
    static func fetchAll(_ database: Database, sql: String, arguments: StatementArguments = []) throws -> [Self] {
        try fetchAll(database.statement(sql), arguments: arguments)
    }

    static func fetchAll(_ statement: Statement, arguments: StatementArguments = []) throws -> [Self] {
        let cursor = try statement.rows(arguments)
        var values: [Self] = []
        while let row = try cursor.next() { values.append(row[0]) }
        return values
    }
}

extension ColumnValue where Self: Hashable {
    static func fetchSet(_ database: Database, sql: String, arguments: StatementArguments = []) throws -> Set<Self> {
        Set(try fetchAll(database, sql: sql, arguments: arguments))
    }

    static func fetchSet(_ statement: Statement, arguments: StatementArguments = []) throws -> Set<Self> {
        Set(try fetchAll(statement, arguments: arguments))
    }
}
