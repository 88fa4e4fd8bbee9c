import Foundation

/// A table of a library as a copy reads it: row by row, in the order of its key.
struct LibraryTable {
    let name: String
    let key: [String]
    let columns: [Column]
    /// A column whose values are put in last, because they name rows of a table that comes later.
    let lateColumn: String?

    struct Column: Hashable {
        enum Kind: String {
            case integer = "INTEGER"
            case real = "REAL"
            case text = "TEXT"
            case bytes = "BLOB"
        }

        var name: String
        var kind: Kind
    }

    /// All tables, each after those that it names rows of. The last one is that which says how far people have come: who
    /// has read it has read all before it.
    private static let order: [(name: String, key: [String], lateColumn: String?)] = [
        ("meta", ["key"], nil),
        ("photo", ["id"], nil),
        ("photo_location", ["path"], nil),
        ("person", ["id"], "cover_face_id"),
        ("face", ["id"], nil),
        ("embedding", ["face_id", "model"], nil),
        ("task", ["rowid"], nil),
        ("task_error", ["id"], nil),
        ("task_file", ["task_id", "ordinal"], nil),
        ("file_removal", ["id"], nil),
        ("rejection", ["face_id", "person_id"], nil),
        ("separation", ["lower_id", "higher_id"], nil),
        ("suggestion_answer", ["id"], nil),
        ("journal", ["id"], nil),
        ("journal_person", ["entry_id", "ordinal"], nil),
        ("journal_face", ["entry_id", "face_id"], nil),
        ("journal_rejection", ["entry_id", "face_id", "person_id"], nil),
        ("journal_separation", ["entry_id", "lower_id", "higher_id"], nil),
        ("person_merge", ["absorbed_id"], nil),
        ("withdrawn_face", ["id"], nil),
        ("withdrawn_embedding", ["face_id", "model"], nil),
        ("collection", ["id"], nil),
        ("membership", ["collection_id", "person_id"], nil),
        ("journal_membership", ["entry_id", "collection_id", "person_id"], nil),
        ("attendance_event", ["id"], nil),
        ("webhook", ["id"], nil),
        ("webhook_delivery", ["id"], nil),
        ("api_key", ["id"], nil),
        ("audit_entry", ["id"], nil),
        ("removed_face", ["face_id"], nil),
        ("people_version", ["id"], nil),
    ]

    /// Tables that give ids by themselves, none of them twice.
    static let withOwnIDs = [
        "photo", "person", "face", "file_removal", "suggestion_answer", "journal", "collection", "api_key",
        "audit_entry", "attendance_event", "webhook", "webhook_delivery",
    ]

    /// The tables with the columns that this version's schema gives them, which is the same in all databases.
    static func all() throws -> [LibraryTable] {
        try SQLiteLibraryStore.inMemory().connection.read { database in
            try order.map { table in
                let rows = try Row.fetchAll(
                    database, sql: "SELECT name, type FROM pragma_table_info(?) ORDER BY cid", arguments: [table.name])
                var columns = try rows.map { row in
                    Column(name: row["name"], kind: try row.value("type", as: Column.Kind.self))
                }
                // The number of a task's row tells the order of those that came at one moment.
                if table.name == "task" { columns.insert(Column(name: "rowid", kind: .integer), at: 0) }
                return LibraryTable(
                    name: table.name, key: table.key, columns: columns, lateColumn: table.lateColumn)
            }
        }
    }

    private var keyList: String { key.joined(separator: ", ") }

    private var keyColumns: [Column] { key.compactMap { name in columns.first { $0.name == name } } }

    private var isMeta: Bool { name == "meta" }

    /// What a copy says of itself is no part of the library.
    private var condition: String { isMeta ? "key <> '\(LibraryCopy.mark)'" : "1 = 1" }

    /// The rows after one of this key, in the key's order.
    func rows(after last: [StatementValue]?, limit: Int, in database: Database) throws -> [[StatementValue]] {
        let names = columns.map(\.name).joined(separator: ", ")
        let places = key.map { _ in "?" }.joined(separator: ", ")
        let start = last == nil ? "" : " AND (\(keyList)) > (\(places))"
        let sql = "SELECT \(names) FROM \(name) WHERE \(condition)\(start) ORDER BY \(keyList) LIMIT ?"
        let arguments = StatementArguments(values: (last ?? []) + [.integer(Int64(limit))])
        return try Row.fetchAll(database, sql: sql, arguments: arguments).map { values(of: $0, columns) }
    }

    /// The key of the last row; nil when there is none.
    func lastKey(in database: Database) throws -> [StatementValue]? {
        let order = key.map { "\($0) DESC" }.joined(separator: ", ")
        let sql = "SELECT \(keyList) FROM \(name) WHERE \(condition) ORDER BY \(order) LIMIT 1"
        return try Row.fetchOne(database, sql: sql).map { values(of: $0, keyColumns) }
    }

    func key(of row: [StatementValue]) -> [StatementValue] {
        key.compactMap { name in columns.firstIndex { $0.name == name }.map { row[$0] } }
    }

    /// Puts rows in, several with one statement. What the late column holds is left out.
    func insert(_ rows: [[StatementValue]], into database: Database) throws {
        let names = columns.map(\.name).joined(separator: ", ")
        let late = columns.firstIndex { $0.name == lateColumn }
        let atOnce = max(1, 2000 / columns.count)
        for start in stride(from: 0, to: rows.count, by: atOnce) {
            let some = rows[start..<min(start + atOnce, rows.count)]
            let places = "(" + columns.map { _ in "?" }.joined(separator: ", ") + ")"
            let all = some.map { _ in places }.joined(separator: ", ")
            let values = some.flatMap { row in
                row.enumerated().map { $0.offset == late ? StatementValue.integer(nil) : $0.element }
            }
            try database.cachedStatement(sql: "INSERT INTO \(name) (\(names)) VALUES \(all)")
                .execute(arguments: StatementArguments(values: values))
        }
    }

    /// Puts in what the rows' late column holds.
    func insertLateValues(of rows: [[StatementValue]], into database: Database) throws {
        guard let lateColumn, let index = columns.firstIndex(where: { $0.name == lateColumn }) else { return }
        let sql = "UPDATE \(name) SET \(lateColumn) = ? WHERE " + key.map { "\($0) = ?" }.joined(separator: " AND ")
        for row in rows {
            guard case .integer(.some) = row[index] else { continue }
            try database.cachedStatement(sql: sql)
                .execute(arguments: StatementArguments(values: [row[index]] + key(of: row)))
        }
    }

    private func values(of row: Row, _ columns: [Column]) -> [StatementValue] {
        columns.enumerated().map { index, column in
            switch column.kind {
            case .integer: .integer(row[index] as Int64?)
            case .real: .real(row[index] as Double?)
            case .text: .text(row[index] as String?)
            case .bytes: .bytes(row[index] as Data?)
            }
        }
    }
}
