/// Where PostgreSQL keeps the ids that come next.
extension PostgresSession {
    func lastID(of table: String, in database: Database) throws -> Int64 {
        let sql =
            table == "journal"
            ? "SELECT last FROM journal_counter"
            : "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM \(table)_id_seq"
        return try Int64.fetchOne(database, sql: sql) ?? 0
    }

    func setLastID(_ id: Int64, of table: String, in database: Database) throws {
        if table == "journal" {
            try database.execute(sql: "UPDATE journal_counter SET last = ?", arguments: [id])
        } else {
            // A sequence cannot stand at 0, only before 1.
            _ = try Int64.fetchOne(
                database, sql: "SELECT setval('\(table)_id_seq', greatest(?1, 1), ?1 > 0)", arguments: [id])
        }
    }

    func followGivenIDs(in database: Database) throws {
        for (table, column) in [("task", "rowid"), ("task_error", "id")] {
            let sql = """
                SELECT setval('\(table)_\(column)_seq', greatest(coalesce(max(\(column)), 0), 1), count(*) > 0) FROM \(table)
                """
            _ = try Int64.fetchOne(database, sql: sql)
        }
    }
}
