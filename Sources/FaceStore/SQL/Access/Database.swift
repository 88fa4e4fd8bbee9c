/// A database inside a transaction, whichever it is. To be used by one thread, and not after the transaction.
///
/// The statements of `SQL/` are written once, in the words that SQLite and PostgreSQL share. Where PostgreSQL lacks a word
/// of SQLite's it is given one (`PostgresSchema`), or its session rewrites it (`PostgresStatement`).
final class Database {
    private let session: any DatabaseSession
    /// Rows that the last statement changed.
    private(set) var changesCount = 0
    /// The id of the row that was inserted last.
    private(set) var lastInsertedRowID: Int64 = 0

    init(_ session: any DatabaseSession) {
        self.session = session
    }

    /// Takes rows for itself that others then pass over, where the database lets several transactions write at once; to
    /// be put at the end of a query.
    var lockingClause: String { session.lockingClause }

    /// The highest id that a table gave to a row, be the row still there or not; of tables that never give one twice.
    func lastID(of table: String) throws -> Int64 { try session.lastID(of: table, in: self) }

    /// Makes a table that never gives an id twice go on after this one.
    func setLastID(_ id: Int64, of table: String) throws { try session.setLastID(id, of: table, in: self) }

    /// Makes the other tables that number their rows go on after the rows they hold.
    func followGivenIDs() throws { try session.followGivenIDs(in: self) }

    /// A statement that is likely to be used again: it is compiled once a connection.
    func cachedStatement(sql: String) throws -> Statement { Statement(database: self, sql: sql, isKept: true) }

    /// Runs a statement, or several with semicolons in between.
    func execute(sql: String, arguments: StatementArguments = []) throws {
        try run(Statement(database: self, sql: sql, isKept: false), arguments)
    }

    fileprivate func run(_ statement: Statement, _ arguments: StatementArguments) throws {
        let effect = try session.run(statement.sql, arguments, isKept: statement.isKept)
        changesCount = effect.changes
        if let id = effect.insertedID { lastInsertedRowID = id }
    }

    fileprivate func rows(of statement: Statement, _ arguments: StatementArguments) throws -> RowCursor {
        try session.rows(statement.sql, arguments, isKept: statement.isKept)
    }
}

/// The part of a database that differs between SQLite and PostgreSQL.
protocol DatabaseSession: AnyObject {
    var lockingClause: String { get }

    func run(_ sql: String, _ arguments: StatementArguments, isKept: Bool) throws -> StatementEffect

    func rows(_ sql: String, _ arguments: StatementArguments, isKept: Bool) throws -> RowCursor

    func lastID(of table: String, in database: Database) throws -> Int64

    func setLastID(_ id: Int64, of table: String, in database: Database) throws

    func followGivenIDs(in database: Database) throws
}

/// What a statement did.
struct StatementEffect {
    var changes: Int
    var insertedID: Int64?
}

/// One statement, to be run any number of times with values for its placeholders.
struct Statement {
    fileprivate let database: Database
    fileprivate let sql: String
    fileprivate let isKept: Bool

    func execute(arguments: StatementArguments = []) throws { try database.run(self, arguments) }

    func rows(_ arguments: StatementArguments) throws -> RowCursor { try database.rows(of: self, arguments) }
}

extension Database {
    /// A statement that is used once.
    func statement(_ sql: String) -> Statement { Statement(database: self, sql: sql, isKept: false) }
}

/// The rows of a query, one after the other.
final class RowCursor {
    private let advance: () throws -> Row?

    init(_ advance: @escaping () throws -> Row?) {
        self.advance = advance
    }

    /// The next row, to be read before the one after it is asked for; nil after the last.
    func next() throws -> Row? { try advance() }
}
