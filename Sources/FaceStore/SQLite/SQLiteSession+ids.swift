/// Where SQLite keeps the ids that come next (AUTOINCREMENT).
extension SQLiteSession {
    func lastID(of table: String, in database: Database) throws -> Int64 {
        try Int64.fetchOne(database, sql: "SELECT seq FROM sqlite_sequence WHERE name = ?", arguments: [table]) ?? 0
    }

    func setLastID(_ id: Int64, of table: String, in database: Database) throws {
        try database.execute(sql: "DELETE FROM sqlite_sequence WHERE name = ?", arguments: [table])
        try database.execute(sql: "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", arguments: [table, id])
    }

    /// The rows of other tables are numbered from the highest there is.
    func followGivenIDs(in database: Database) {}
}
