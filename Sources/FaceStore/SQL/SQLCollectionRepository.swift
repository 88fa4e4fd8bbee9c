import FaceCore

struct SQLCollectionRepository: CollectionRepository {
    let connection: LibraryConnection

    func all() throws(FaceStoreError) -> [PersonCollection] {
        try connection.read { try Self.fetch("1 = 1", [], in: $0) }
    }

    func collection(_ id: CollectionID) throws(FaceStoreError) -> PersonCollection? {
        try connection.read { try Self.fetch("id = ?", [id.rawValue], in: $0).first }
    }

    func version(of id: CollectionID) throws(FaceStoreError) -> Int64? {
        try connection.read { database in
            let sql = "SELECT members_version FROM collection WHERE id = ?"
            return try Int64.fetchOne(database.cachedStatement(sql: sql), arguments: [id.rawValue])
        }
    }

    func create(name: String, threshold: PersonCollection.Threshold) throws(FaceStoreError) -> PersonCollection {
        let name = try PersonName(name).text
        let (similarity, rate) = try Self.columns(of: threshold)
        return try connection.write { database in
            try Self.checkIsFree(name, for: nil, in: database)
            let now = connection.now()
            try database.execute(
                sql: """
                    INSERT INTO collection (name, similarity, false_accept_rate, created_at, updated_at)
                    VALUES (?, ?, ?, ?, ?)
                    """,
                arguments: [name, similarity, rate, now, now])
            return try Self.known(CollectionID(database.lastInsertedRowID), in: database)
        }
    }

    func change(
        _ id: CollectionID, name: String?, threshold: PersonCollection.Threshold?
    ) throws(FaceStoreError) -> PersonCollection {
        let name: String? = if let name { try PersonName(name).text } else { nil }
        let columns: (Double?, Double?)? = if let threshold { try Self.columns(of: threshold) } else { nil }
        return try connection.write { database in
            try Self.checkExists(id, in: database)
            if let name {
                try Self.checkIsFree(name, for: id, in: database)
                try database.execute(
                    sql: "UPDATE collection SET name = ? WHERE id = ?", arguments: [name, id.rawValue])
            }
            if let (similarity, rate) = columns {
                try database.execute(
                    sql: "UPDATE collection SET similarity = ?, false_accept_rate = ? WHERE id = ?",
                    arguments: [similarity, rate, id.rawValue])
            }
            try database.execute(
                sql: "UPDATE collection SET updated_at = ?, members_version = members_version + 1 WHERE id = ?",
                arguments: [connection.now(), id.rawValue])
            return try Self.known(id, in: database)
        }
    }

    func delete(_ id: CollectionID) throws(FaceStoreError) {
        try connection.write { database in
            try Self.checkExists(id, in: database)
            try database.execute(sql: "DELETE FROM collection WHERE id = ?", arguments: [id.rawValue])
            // Lists of people by collection are of another version now.
            _ = try PeopleVersion.next(in: database)
        }
    }

    func members(of id: CollectionID) throws(FaceStoreError) -> [PersonID]? {
        try connection.read { database in
            let exists = "SELECT EXISTS (SELECT * FROM collection WHERE id = ?)"
            guard try Bool.fetchOne(database, sql: exists, arguments: [id.rawValue]) == true else { return nil }
            let sql = "SELECT person_id FROM membership WHERE collection_id = ? ORDER BY person_id"
            return try Int64.fetchAll(database.cachedStatement(sql: sql), arguments: [id.rawValue])
                .map { PersonID($0) }
        }
    }

    func collections(of person: PersonID) throws(FaceStoreError) -> [PersonCollection] {
        try connection.read { database in
            try Self.fetch(
                "id IN (SELECT collection_id FROM membership WHERE person_id = ?)", [person.rawValue], in: database)
        }
    }

    func add(_ people: [PersonID], to id: CollectionID) throws(FaceStoreError) {
        try connection.write { database in
            try Self.checkExists(id, in: database)
            for person in people {
                guard try PersonTable.exists(person, in: database) else { throw FaceStoreError.unknownPerson(person) }
                try MembershipTable.insert(
                    Membership(collection: id.rawValue, person: person.rawValue), in: database)
            }
            if !people.isEmpty { _ = try PeopleVersion.next(in: database) }
        }
    }

    func remove(_ people: [PersonID], from id: CollectionID) throws(FaceStoreError) -> Int {
        try connection.write { database in
            try Self.checkExists(id, in: database)
            var count = 0
            for person in people {
                let membership = Membership(collection: id.rawValue, person: person.rawValue)
                guard try MembershipTable.exists(membership, in: database) else { continue }
                try MembershipTable.delete(membership, in: database)
                count += 1
                // Nothing else may hold somebody without a face.
                if try PersonTable.isLeftOver(person.rawValue, in: database) {
                    try database.execute(sql: "DELETE FROM person WHERE id = ?", arguments: [person.rawValue])
                }
            }
            if count > 0 { _ = try PeopleVersion.next(in: database) }
            return count
        }
    }

    // MARK: Rows

    private static func fetch(
        _ condition: String, _ arguments: StatementArguments, in database: Database
    ) throws -> [PersonCollection] {
        // Deleted people are few: a large collection is counted without a look at each of its people.
        let sql = """
            SELECT *,
                (SELECT count(*) FROM membership WHERE membership.collection_id = collection.id)
                    - (SELECT count(*) FROM person JOIN membership ON membership.person_id = person.id
                        WHERE person.deleted_at IS NOT NULL AND membership.collection_id = collection.id)
                    AS member_count
            FROM collection WHERE \(condition) ORDER BY name, id
            """
        return try Row.fetchAll(database.cachedStatement(sql: sql), arguments: arguments)
            .map(PersonCollection.init(row:))
    }

    private static func known(_ id: CollectionID, in database: Database) throws -> PersonCollection {
        guard let collection = try fetch("id = ?", [id.rawValue], in: database).first else {
            throw FaceStoreError.unknownCollection(id)
        }
        return collection
    }

    /// Counts nobody, unlike `known`.
    private static func checkExists(_ id: CollectionID, in database: Database) throws {
        let sql = "SELECT EXISTS (SELECT * FROM collection WHERE id = ?)"
        guard try Bool.fetchOne(database.cachedStatement(sql: sql), arguments: [id.rawValue]) == true else {
            throw FaceStoreError.unknownCollection(id)
        }
    }

    private static func checkIsFree(_ name: String, for id: CollectionID?, in database: Database) throws {
        let owner = try Int64.fetchOne(
            database, sql: "SELECT id FROM collection WHERE name = ?", arguments: [name])
        guard owner == nil || owner == id?.rawValue else { throw FaceStoreError.collectionNameIsTaken(name) }
    }

    private static func columns(of threshold: PersonCollection.Threshold) throws(FaceStoreError) -> (Double?, Double?) {
        switch threshold {
        case .pack: return (nil, nil)
        case .similarity(let value):
            guard (-1...1).contains(value) else { throw .invalidThreshold }
            return (value, nil)
        case .falseAcceptRate(let value):
            guard value > 0, value <= 1 else { throw .invalidThreshold }
            return (nil, value)
        }
    }
}

extension PersonCollection {
    fileprivate init(row: Row) throws {
        let similarity: Double? = row["similarity"]
        let rate: Double? = row["false_accept_rate"]
        let count: Int64 = row["member_count"]
        self.init(
            id: CollectionID(row["id"]), name: row["name"],
            threshold: similarity.map { .similarity($0) } ?? rate.map { .falseAcceptRate($0) } ?? .pack,
            memberCount: Int(count), membersVersion: row["members_version"], createdAt: try row.date("created_at"),
            updatedAt: try row.date("updated_at"))
    }
}
