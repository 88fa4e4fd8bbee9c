import FaceCore

/// That a face is not a person.
struct Rejection: Hashable {
    let face: Int64
    let person: Int64
}

/// Rows of `rejection`.
enum RejectionTable {
    static func exists(_ rejection: Rejection, in database: Database) throws -> Bool {
        let sql = "SELECT EXISTS (SELECT * FROM rejection WHERE face_id = ? AND person_id = ?)"
        return try Bool.fetchOne(
            database.cachedStatement(sql: sql), arguments: [rejection.face, rejection.person]) ?? false
    }

    static func insert(_ rejection: Rejection, in database: Database) throws {
        let sql = "INSERT INTO rejection (face_id, person_id) VALUES (?, ?) ON CONFLICT DO NOTHING"
        try database.cachedStatement(sql: sql).execute(arguments: [rejection.face, rejection.person])
    }

    static func delete(_ rejection: Rejection, in database: Database) throws {
        try database.cachedStatement(sql: "DELETE FROM rejection WHERE face_id = ? AND person_id = ?")
            .execute(arguments: [rejection.face, rejection.person])
    }

    static func faces(rejectedFrom person: Int64, in database: Database) throws -> [Int64] {
        let sql = "SELECT face_id FROM rejection WHERE person_id = ? ORDER BY face_id"
        return try Int64.fetchAll(database.cachedStatement(sql: sql), arguments: [person])
    }

    /// Whether a face of one of them was rejected from the other.
    static func keepApart(_ first: Int64, _ second: Int64, in database: Database) throws -> Bool {
        let sql = """
            SELECT EXISTS (
                SELECT * FROM rejection JOIN face ON face.id = rejection.face_id
                WHERE rejection.person_id = ?1 AND face.person_id = ?2
                    OR rejection.person_id = ?2 AND face.person_id = ?1)
            """
        return try Bool.fetchOne(database.cachedStatement(sql: sql), arguments: [first, second]) ?? false
    }
}

/// Rows of `separation`.
enum SeparationTable {
    static func exists(_ pair: PersonPair, in database: Database) throws -> Bool {
        let sql = "SELECT EXISTS (SELECT * FROM separation WHERE lower_id = ? AND higher_id = ?)"
        return try Bool.fetchOne(
            database.cachedStatement(sql: sql), arguments: [pair.lower.rawValue, pair.higher.rawValue]) ?? false
    }

    static func insert(_ pair: PersonPair, in database: Database) throws {
        let sql = "INSERT INTO separation (lower_id, higher_id) VALUES (?, ?) ON CONFLICT DO NOTHING"
        try database.cachedStatement(sql: sql).execute(arguments: [pair.lower.rawValue, pair.higher.rawValue])
    }

    static func delete(_ pair: PersonPair, in database: Database) throws {
        try database.cachedStatement(sql: "DELETE FROM separation WHERE lower_id = ? AND higher_id = ?")
            .execute(arguments: [pair.lower.rawValue, pair.higher.rawValue])
    }

    /// Whom a person was separated from.
    static func others(than person: Int64, in database: Database) throws -> [PersonID] {
        let sql = """
            SELECT higher_id FROM separation WHERE lower_id = ?1 UNION SELECT lower_id FROM separation WHERE higher_id = ?1
            """
        return try Int64.fetchAll(database.cachedStatement(sql: sql), arguments: [person]).map { PersonID($0) }
    }
}

/// Rows of `person_merge`: into whom people went who are gone, as far as somebody may ask for them.
enum PersonMergeTable {
    static func note(_ absorbed: Int64, into survivor: Int64, in database: Database) throws {
        let sql = """
            INSERT INTO person_merge (absorbed_id, survivor_id) VALUES (?, ?)
            ON CONFLICT (absorbed_id) DO UPDATE SET survivor_id = excluded.survivor_id
            """
        try database.cachedStatement(sql: sql).execute(arguments: [absorbed, survivor])
        try AttendanceTable.follow(absorbed, into: survivor, in: database)
    }

    /// The same, unless neither the journal nor an answer nor an event nor another such row tells of the absorbed one.
    static func noteIfKnown(_ absorbed: Int64, into survivor: Int64, in database: Database) throws {
        let sql = """
            SELECT EXISTS (SELECT * FROM journal_person WHERE person_id = ?1)
                OR EXISTS (SELECT * FROM journal_separation WHERE lower_id = ?1 OR higher_id = ?1)
                OR EXISTS (SELECT * FROM journal_rejection WHERE person_id = ?1)
                OR EXISTS (SELECT * FROM journal_membership WHERE person_id = ?1)
                OR EXISTS (SELECT * FROM withdrawn_face WHERE person_id = ?1)
                OR EXISTS (SELECT * FROM suggestion_answer WHERE first_id = ?1 OR second_id = ?1)
                OR EXISTS (SELECT * FROM person_merge WHERE survivor_id = ?1)
                OR EXISTS (SELECT * FROM attendance_event WHERE person_id = ?1)
            """
        guard try Bool.fetchOne(database.cachedStatement(sql: sql), arguments: [absorbed]) ?? false else { return }
        try note(absorbed, into: survivor, in: database)
    }

    /// After a person came back.
    static func forget(_ absorbed: Int64, in database: Database) throws {
        try database.cachedStatement(sql: "DELETE FROM person_merge WHERE absorbed_id = ?").execute(arguments: [
            absorbed
        ])
        guard database.changesCount > 0 else { return }
        let herself = try self.absorbed(by: absorbed, in: database).union([absorbed])
        try AttendanceTable.giveBack(herself, to: absorbed, in: database)
    }

    /// The one that a person is by now: she herself, or whoever she became part of; nil when that one is gone too.
    static func present(_ person: Int64, in database: Database) throws -> Int64? {
        let exists = try database.cachedStatement(sql: "SELECT EXISTS (SELECT * FROM person WHERE id = ?)")
        let next = try database.cachedStatement(sql: "SELECT survivor_id FROM person_merge WHERE absorbed_id = ?")
        var current = person
        while try Bool.fetchOne(exists, arguments: [current]) != true {
            guard let survivor = try Int64.fetchOne(next, arguments: [current]) else { return nil }
            current = survivor
        }
        return current
    }

    /// Everybody who became part of a person, over any number of steps.
    static func absorbed(by person: Int64, in database: Database) throws -> Set<Int64> {
        let direct = try database.cachedStatement(sql: "SELECT absorbed_id FROM person_merge WHERE survivor_id = ?")
        var found: Set<Int64> = []
        var open = [person]
        while let next = open.popLast() {
            for id in try Int64.fetchAll(direct, arguments: [next]) where found.insert(id).inserted { open.append(id) }
        }
        return found
    }

    static func delete(_ people: Set<Int64>, in database: Database) throws {
        let statement = try database.cachedStatement(
            sql: "DELETE FROM person_merge WHERE absorbed_id = ?1 OR survivor_id = ?1")
        for id in people { try statement.execute(arguments: [id]) }
    }
}
