import Foundation
import Synchronization

/// A library's schema in a PostgreSQL database.
///
/// Writes that read before they write (nearly all of them) are one at a time, whoever makes them: each begins with an
/// advisory lock that ends with its transaction, so that what was written for SQLite's one writer holds here too. What
/// must not wait for that, the claiming of photos, locks its rows instead.
final class PostgresBackend: DatabaseBackend {
    let links: PostgresLinks

    init(links: PostgresLinks) {
        self.links = links
    }

    private static let reading = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    private static let writing = "BEGIN"

    /// Libraries in one database are apart by their schemas.
    private var writingAlone: String {
        "BEGIN; SELECT pg_advisory_xact_lock(\(PostgresSchema.lockNumber), hashtext('\(links.server.schema)'))"
    }

    func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try transaction(Self.reading, body)
    }

    func write<Value>(alone: Bool, _ body: (Database) throws -> Value) throws -> Value {
        try transaction(alone ? writingAlone : Self.writing, body)
    }

    private func transaction<Value>(_ opening: String, _ body: (Database) throws -> Value) throws -> Value {
        try links.lend(opening: opening) { link in
            do {
                let value = try body(Database(PostgresSession(link, links.statements)))
                try link.run("COMMIT")
                return value
            } catch {
                // A connection that cannot even do that is not used again.
                try? link.run("ROLLBACK")
                throw error
            }
        }
    }

    /// Dead rows are the server's business: autovacuum frees them.
    func dropOldPages() {}

    func close() { links.close() }

    func failure(of error: any Error) -> FaceStoreError {
        switch error {
        case let error as FaceStoreError: error
        case let error as PostgresError: FaceStoreError(error)
        default: .unexpected(detail: String(describing: error))
        }
    }
}

/// PostgreSQL inside a transaction.
final class PostgresSession: DatabaseSession {
    private let link: PostgresLink
    private let known: PostgresStatements

    init(_ link: PostgresLink, _ known: PostgresStatements) {
        self.link = link
        self.known = known
    }

    var lockingClause: String { "FOR UPDATE SKIP LOCKED" }

    func run(_ sql: String, _ arguments: StatementArguments, isKept: Bool) throws -> StatementEffect {
        var effect = StatementEffect(changes: 0, insertedID: nil)
        for statement in statements(sql, isKept) {
            let rows = try link.rows(statement.text, statement.values(from: arguments), isKept: isKept)
            effect.changes = rows.changes
            if statement.givesID, rows.count > 0 {
                effect.insertedID = PostgresRow(rows: rows, number: rows.count - 1).value(0)
            }
        }
        return effect
    }

    func rows(_ sql: String, _ arguments: StatementArguments, isKept: Bool) throws -> RowCursor {
        guard let statement = statements(sql, isKept).first else {
            throw FaceStoreError.unexpected(detail: "no statement in \(sql)")
        }
        let rows = try link.rows(statement.text, statement.values(from: arguments), isKept: isKept)
        var next = 0
        return RowCursor {
            guard next < rows.count else { return nil }
            defer { next += 1 }
            return Row(storage: .postgres(PostgresRow(rows: rows, number: next)))
        }
    }

    private func statements(_ sql: String, _ isKept: Bool) -> [PostgresStatement] {
        isKept ? known.statements(of: sql) : PostgresStatement.statements(of: sql)
    }
}

/// The statements that are used again and again, in PostgreSQL's words.
final class PostgresStatements: Sendable {
    private let known = Mutex<[String: [PostgresStatement]]>([:])

    func statements(of sql: String) -> [PostgresStatement] {
        if let statements = known.withLock({ $0[sql] }) { return statements }
        let statements = PostgresStatement.statements(of: sql)
        known.withLock { $0[sql] = statements }
        return statements
    }
}
