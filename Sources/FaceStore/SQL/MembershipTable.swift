import FaceCore

/// That somebody is in a collection.
struct Membership: Hashable {
    let collection: Int64
    let person: Int64
}

/// Rows of `membership`.
enum MembershipTable {
    static func exists(_ membership: Membership, in database: Database) throws -> Bool {
        let sql = "SELECT EXISTS (SELECT * FROM membership WHERE collection_id = ? AND person_id = ?)"
        return try Bool.fetchOne(
            database.cachedStatement(sql: sql), arguments: [membership.collection, membership.person]) ?? false
    }

    /// Nothing happens when the collection is gone.
    static func insert(_ membership: Membership, in database: Database) throws {
        let sql = """
            INSERT INTO membership (collection_id, person_id) SELECT id, ? FROM collection WHERE id = ?
            ON CONFLICT DO NOTHING
            """
        try database.cachedStatement(sql: sql).execute(arguments: [membership.person, membership.collection])
        if database.changesCount > 0 { try noteChange(of: membership.collection, in: database) }
    }

    static func delete(_ membership: Membership, in database: Database) throws {
        try database.cachedStatement(sql: "DELETE FROM membership WHERE collection_id = ? AND person_id = ?")
            .execute(arguments: [membership.collection, membership.person])
        if database.changesCount > 0 { try noteChange(of: membership.collection, in: database) }
    }

    /// The collections that somebody is in.
    static func collections(of person: Int64, in database: Database) throws -> [Int64] {
        let sql = "SELECT collection_id FROM membership WHERE person_id = ? ORDER BY collection_id"
        return try Int64.fetchAll(database.cachedStatement(sql: sql), arguments: [person])
    }

    private static func noteChange(of collection: Int64, in database: Database) throws {
        try database.cachedStatement(
            sql: "UPDATE collection SET members_version = members_version + 1 WHERE id = ?"
        ).execute(arguments: [collection])
    }
}
