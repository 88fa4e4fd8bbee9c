import Crypto
import FaceCore
import Foundation

/// Copies a library from one database into another, be they of one kind or of two.
///
/// What is read is the library at one moment, whoever writes to it meanwhile. What is written is written in pieces, each in
/// one transaction; a copy that was broken off is continued, from the last row of each table, when it is begun again.
/// At the end both libraries are read anew and compared.
public struct LibraryCopy {
    /// How far a copy is.
    public struct Progress: Sendable, Hashable {
        public var table: String
        /// Rows of the table so far.
        public var rows: Int
    }

    /// What was copied: of each table the number of its rows and a SHA-256 over all of them, in hexadecimal digits.
    public struct Report: Sendable, Hashable, Codable {
        public struct Table: Sendable, Hashable, Codable {
            public var name: String
            public var rows: Int
            public var digest: String
        }

        public var tables: [Table]

        public init(tables: [Table]) {
            self.tables = tables
        }
    }

    /// The purpose of a copy that is part of nothing.
    public static let plain = "1"
    /// The key in `meta` of a library that is not copied to its end yet.
    static let mark = "unfinished_copy"
    /// Rows of a piece.
    var rowsAtOnce = 1000

    private let source: LibraryConnection
    private let target: LibraryConnection
    private let purpose: String

    /// - Parameter purpose: what it is part of; a library that was begun for another purpose is not gone on with.
    /// - Throws: `LibraryCopyError.cannotBeCopied` when a store is of a kind that has no tables.
    public init(
        from source: any LibraryStore, to target: any LibraryStore, purpose: String = Self.plain
    ) throws(LibraryCopyError) {
        guard let source = (source as? any TableStore)?.connection, let target = (target as? any TableStore)?.connection
        else { throw .cannotBeCopied }
        self.source = source
        self.target = target
        self.purpose = purpose
    }

    /// Whether a library is what a copy that was broken off has left, and not to be used.
    public static func isUnfinished(_ store: any LibraryStore) throws(FaceStoreError) -> Bool {
        try unfinishedPurpose(of: store) != nil
    }

    /// What a library was begun for that is not copied to its end; nil for any other.
    public static func unfinishedPurpose(of store: any LibraryStore) throws(FaceStoreError) -> String? {
        guard let connection = (store as? any TableStore)?.connection else { return nil }
        return try connection.read { try marked($0) }
    }

    /// Whether nothing is in a library yet, so that something can be copied into it.
    ///
    /// - Throws: `LibraryCopyError.cannotBeCopied`, `FaceStoreError`.
    public static func isEmpty(_ store: any LibraryStore) throws -> Bool {
        guard let connection = (store as? any TableStore)?.connection else { throw LibraryCopyError.cannotBeCopied }
        let tables = try LibraryTable.all()
        return try connection.read { try isEmpty($0, tables) }
    }

    /// The names of the steps that led to this version's tables, in their order: libraries of the same steps have the
    /// same tables.
    public static var schema: [String] { LibrarySchema.migrations.map(\.name) }

    /// Marks the target as unfinished, which keeps everybody else from using it until `run` has ended.
    ///
    /// - Throws: `LibraryCopyError.notEmpty` when the target holds a library that is no unfinished copy; `FaceStoreError`.
    public func reserve() throws {
        do {
            try begin(try LibraryTable.all())
        } catch let error as any UserFacingError {
            throw error
        } catch {
            throw target.backend.failure(of: error)
        }
    }

    /// Copies and compares.
    ///
    /// - Parameters:
    ///   - expected: what is known of the source; nil where nothing is.
    ///   - progress: is called after each piece; what it throws breaks the copy off.
    /// - Throws: `LibraryCopyError.notEmpty` when the target holds a library that is no unfinished copy, `.differs` when the
    ///   two are not equal in the end, or not what was expected; `FaceStoreError`.
    @discardableResult
    public func run(
        expecting expected: Report? = nil, _ progress: (Progress) throws -> Void = { _ in }
    ) throws -> Report {
        do {
            return try copyAndCompare(expected, progress)
        } catch let error as any UserFacingError {
            throw error
        } catch {
            // What both kinds of databases tell is understood by either's own.
            let meant = source.backend.failure(of: error)
            if case .unexpected = meant { throw target.backend.failure(of: error) }
            throw meant
        }
    }

    private func copyAndCompare(_ known: Report?, _ progress: (Progress) throws -> Void) throws -> Report {
        let tables = try LibraryTable.all()
        try begin(tables)
        // One snapshot for all of it. The target is compared afterwards: a server does not let a client keep a snapshot and
        // ask nothing for long.
        let report = try source.backend.read { from in
            for table in tables { try copy(table, from, progress) }
            for table in tables where table.lateColumn != nil {
                try forEachPiece(of: table, after: nil, in: from) { rows in
                    try target.write { try table.insertLateValues(of: rows, into: $0) }
                }
            }
            try target.write { into in
                for table in LibraryTable.withOwnIDs { try into.setLastID(from.lastID(of: table), of: table) }
                try into.followGivenIDs()
            }
            return Report(tables: try tables.map { try digest($0, from) })
        }
        let copied = try target.backend.read { into in try tables.map { try digest($0, into) } }
        for expected in [report, known ?? report] {
            if let (table, _) = zip(expected.tables, copied).first(where: { $0 != $1 }) {
                throw LibraryCopyError.differs(table: table.name)
            }
        }
        try target.write { try $0.execute(sql: "DELETE FROM meta WHERE key = ?", arguments: [Self.mark]) }
        return report
    }

    private static func marked(_ database: Database) throws -> String? {
        try String.fetchOne(database, sql: "SELECT value FROM meta WHERE key = ?", arguments: [mark])
    }

    private func begin(_ tables: [LibraryTable]) throws {
        try target.backend.write(alone: true) { into in
            if let begun = try Self.marked(into) {
                guard begun == purpose else { throw LibraryCopyError.notEmpty }
                return
            }
            guard try Self.isEmpty(into, tables) else { throw LibraryCopyError.notEmpty }
            try into.execute(sql: "DELETE FROM people_version")
            try into.execute(sql: "INSERT INTO meta (key, value) VALUES (?, ?)", arguments: [Self.mark, purpose])
        }
    }

    private static func isEmpty(_ database: Database, _ tables: [LibraryTable]) throws -> Bool {
        for table in tables where table.name != "people_version" {
            guard try table.lastKey(in: database) == nil else { return false }
        }
        // Each library says from its beginning how far people have come.
        return try Int.fetchOne(database, sql: "SELECT count(*) FROM people_version WHERE version <> 0") == 0
    }

    private func copy(_ table: LibraryTable, _ from: Database, _ progress: (Progress) throws -> Void) throws {
        let last = try target.read { try table.lastKey(in: $0) }
        var count = 0
        try forEachPiece(of: table, after: last, in: from) { rows in
            try target.write { try table.insert(rows, into: $0) }
            count += rows.count
            try progress(Progress(table: table.name, rows: count))
        }
    }

    private func forEachPiece(
        of table: LibraryTable, after last: [StatementValue]?, in database: Database,
        _ body: ([[StatementValue]]) throws -> Void
    ) throws {
        var last = last
        while true {
            let rows = try table.rows(after: last, limit: rowsAtOnce, in: database)
            guard let end = rows.last else { return }
            try body(rows)
            last = table.key(of: end)
        }
    }

    private func digest(_ table: LibraryTable, _ database: Database) throws -> Report.Table {
        var hash = SHA256()
        var count = 0
        try forEachPiece(of: table, after: nil, in: database) { rows in
            count += rows.count
            for value in rows.joined() { value.add(to: &hash) }
        }
        let digest = hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return Report.Table(name: table.name, rows: count, digest: digest)
    }
}
