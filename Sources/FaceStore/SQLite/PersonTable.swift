import FaceCore
internal import GRDB

/// Rows of `person`.
enum PersonTable {
    private static let columns = """
        id, name, created_at, updated_at, (SELECT count(*) FROM face WHERE person_id = person.id) AS face_count
        """

    /// The face that stands for a person.
    private static let cover = """
        (SELECT face.id FROM face JOIN photo ON photo.id = face.photo_id WHERE face.person_id = person.id
            ORDER BY photo.stored_name IS NULL, face.box_width * face.box_height DESC, face.id LIMIT 1)
        """

    /// Persons who are not deleted and meet a condition, newest first.
    static func fetch(
        _ condition: String, paging: String = "", _ arguments: StatementArguments, in database: Database
    ) throws -> [Person] {
        let sql = """
            SELECT \(columns) FROM person WHERE deleted_at IS NULL AND (\(condition))
            ORDER BY created_at DESC, id DESC \(paging)
            """
        return try Row.fetchAll(database.cachedStatement(sql: sql), arguments: arguments).map(Person.init(row:))
    }

    /// The same with covers.
    static func list(
        _ condition: String, paging: String = "", _ arguments: StatementArguments, in database: Database
    ) throws -> [ListedPerson] {
        let sql = """
            SELECT \(columns), \(cover) AS cover FROM person WHERE deleted_at IS NULL AND (\(condition))
            ORDER BY created_at DESC, id DESC \(paging)
            """
        let rows = try Row.fetchAll(database.cachedStatement(sql: sql), arguments: arguments)
        let covers = try ListedFaceTable.faces(rows.compactMap { $0["cover"] }, in: database)
        return try rows.map { row in
            let cover: Int64? = row["cover"]
            return ListedPerson(person: try Person(row: row), cover: cover.flatMap { covers[$0] })
        }
    }

    /// Deleted persons who meet a condition, last deleted first.
    static func deleted(
        _ condition: String, _ arguments: StatementArguments, in database: Database
    ) throws -> [DeletedPerson] {
        let sql = """
            SELECT \(columns), deleted_at FROM person WHERE deleted_at IS NOT NULL AND (\(condition))
            ORDER BY deleted_at DESC, id DESC
            """
        return try Row.fetchAll(database.cachedStatement(sql: sql), arguments: arguments).map { row in
            DeletedPerson(person: try Person(row: row), deletedAt: try row.date("deleted_at"))
        }
    }

    static func person(_ id: PersonID, in database: Database) throws -> Person? {
        try fetch("id = ?", [id.rawValue], in: database).first
    }

    static func known(_ id: PersonID, in database: Database) throws -> Person {
        guard let person = try person(id, in: database) else { throw FaceStoreError.unknownPerson(id) }
        return person
    }

    static func exists(_ id: PersonID, in database: Database) throws -> Bool {
        let statement = try database.cachedStatement(
            sql: "SELECT EXISTS (SELECT * FROM person WHERE id = ? AND deleted_at IS NULL)")
        return try Bool.fetchOne(statement, arguments: [id.rawValue]) ?? false
    }

    static func insert(name: PersonName?, now: String, in database: Database) throws -> PersonID {
        let sql = "INSERT INTO person (name, search_key, created_at, updated_at) VALUES (?, ?, ?, ?)"
        try database.cachedStatement(sql: sql).execute(arguments: [name?.text, name?.searchKey, now, now])
        return PersonID(database.lastInsertedRowID)
    }

    static func rename(_ id: PersonID, to name: PersonName, now: String, in database: Database) throws {
        let sql = "UPDATE person SET name = ?, search_key = ?, updated_at = ? WHERE id = ? AND deleted_at IS NULL"
        try database.cachedStatement(sql: sql)
            .execute(arguments: [name.text, name.searchKey, now, id.rawValue])
        guard database.changesCount > 0 else { throw FaceStoreError.unknownPerson(id) }
    }

    /// After faces came or went: removes those of the persons who have neither a face nor a name, marks the others as
    /// changed. Returns the removed ones in the order of their ids.
    static func settle(_ persons: Set<Int64>, now: String, in database: Database) throws -> [PersonID] {
        let delete = try database.cachedStatement(
            sql: """
                DELETE FROM person WHERE id = ? AND name IS NULL
                    AND NOT EXISTS (SELECT * FROM face WHERE person_id = person.id)
                """)
        let touch = try database.cachedStatement(sql: "UPDATE person SET updated_at = ? WHERE id = ?")
        var removed: [PersonID] = []
        for id in persons.sorted() {
            try delete.execute(arguments: [id])
            if database.changesCount > 0 {
                removed.append(PersonID(id))
            } else {
                try touch.execute(arguments: [now, id])
            }
        }
        return removed
    }
}

extension Person {
    fileprivate init(row: Row) throws {
        self.init(
            id: PersonID(row["id"]), name: row["name"], createdAt: try row.date("created_at"),
            updatedAt: try row.date("updated_at"), faceCount: row["face_count"])
    }
}
