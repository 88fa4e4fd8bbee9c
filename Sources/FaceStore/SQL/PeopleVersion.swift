/// The counter that tells whether who is who may have changed: it rises with every transaction that changes faces, their
/// persons, their embeddings or what users said of them.
enum PeopleVersion {
    static func current(_ database: Database) throws -> Int64 {
        try Int64.fetchOne(database.cachedStatement(sql: "SELECT version FROM people_version")) ?? 0
    }

    /// The version that this transaction's changes are written under.
    static func next(in database: Database) throws -> Int64 {
        try database.cachedStatement(sql: "UPDATE people_version SET version = version + 1").execute()
        return try current(database)
    }

    /// Faces whose rows are about to be removed; told to those who catch up later.
    static func noteRemoval(ofFacesWhere condition: String, _ arguments: StatementArguments, in database: Database)
        throws
    {
        let version = try next(in: database)
        let sql = """
            INSERT INTO removed_face (face_id, changed_in) SELECT id, \(version) FROM face WHERE \(condition)
            ON CONFLICT (face_id) DO UPDATE SET changed_in = excluded.changed_in
            """
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
        try forgetOldRemovals(in: database)
    }

    /// How many removals are remembered at least; who has missed more reads everything anew.
    static let rememberedRemovals = 100_000

    private static func forgetOldRemovals(in database: Database) throws {
        let count = try Int.fetchOne(database.cachedStatement(sql: "SELECT count(*) FROM removed_face")) ?? 0
        guard count > 2 * rememberedRemovals else { return }
        let oldest = "SELECT changed_in FROM removed_face ORDER BY changed_in DESC LIMIT 1 OFFSET \(rememberedRemovals)"
        try database.execute(
            sql: """
                UPDATE people_version SET complete_since = max(complete_since, (\(oldest)));
                DELETE FROM removed_face WHERE changed_in <= (SELECT complete_since FROM people_version);
                """)
    }

    /// From here on nobody can catch up with what was before: everything is another.
    static func startAnew(in database: Database) throws {
        let version = try next(in: database)
        try database.cachedStatement(sql: "UPDATE people_version SET complete_since = ?").execute(arguments: [version])
    }
}
