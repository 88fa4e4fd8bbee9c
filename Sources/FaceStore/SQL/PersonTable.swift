import FaceCore

/// Rows of `person`.
enum PersonTable {
    static let columns = """
        id, name, note, birth_date, cover_face_id, is_hidden, revision, created_at, updated_at,
        (SELECT count(*) FROM face WHERE person_id = person.id) AS face_count
        """

    /// Whether a user said something of her that stays when she has no face.
    static let isDescribed = """
        (person.name IS NOT NULL OR person.note IS NOT NULL OR person.birth_date IS NOT NULL
            OR person.cover_face_id IS NOT NULL OR person.is_hidden = 1
            OR EXISTS (SELECT * FROM membership WHERE membership.person_id = person.id))
        """

    /// Whether the name, or what stands for it, contains a text, or the id is that text.
    static let matches = "instr(coalesce(search_key, 'person_' || id), ?) > 0 OR CAST(id AS TEXT) = ?"

    /// The face that stands for a person.
    private static let cover = """
        coalesce(cover_face_id,
            (SELECT face.id FROM face JOIN photo ON photo.id = face.photo_id WHERE face.person_id = person.id
                ORDER BY photo.stored_name IS NULL, face.box_width * face.box_height DESC, face.id LIMIT 1))
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
        _ condition: String, _ arguments: StatementArguments, in database: Database
    ) throws -> [ListedPerson] {
        try withCovers(fetch(condition, arguments, in: database), in: database)
    }

    static func withCovers(_ persons: [Person], in database: Database) throws -> [ListedPerson] {
        let statement = try database.cachedStatement(sql: "SELECT \(cover) FROM person WHERE id = ?")
        var coverOfPerson: [PersonID: Int64] = [:]
        for person in persons where person.faceCount > 0 {
            coverOfPerson[person.id] = try Int64.fetchOne(statement, arguments: [person.id.rawValue])
        }
        let covers = try ListedFaceTable.faces(Array(coverOfPerson.values), in: database)
        return persons.map { ListedPerson(person: $0, cover: coverOfPerson[$0.id].flatMap { covers[$0] }) }
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

    static func isDescribed(_ id: Int64, in database: Database) throws -> Bool {
        let sql = "SELECT EXISTS (SELECT * FROM person WHERE id = ? AND \(isDescribed))"
        return try Bool.fetchOne(database.cachedStatement(sql: sql), arguments: [id]) ?? false
    }

    /// Whether a user said anything of her, or placed a face with her.
    static func isSettled(_ id: Int64, in database: Database) throws -> Bool {
        let placed = "SELECT EXISTS (SELECT * FROM face WHERE person_id = ? AND is_placed_by_user = 1)"
        return try isDescribed(id, in: database)
            || Bool.fetchOne(database.cachedStatement(sql: placed), arguments: [id]) ?? false
    }

    /// Whether she has neither a face nor anything that a user said.
    static func isLeftOver(_ id: Int64, in database: Database) throws -> Bool {
        let sql = """
            SELECT EXISTS (SELECT * FROM person WHERE id = ? AND NOT \(isDescribed)
                AND NOT EXISTS (SELECT * FROM face WHERE person_id = person.id))
            """
        return try Bool.fetchOne(database.cachedStatement(sql: sql), arguments: [id]) ?? false
    }

    /// After faces came or went other than by an edit: takes covers away that are not theirs any more, removes those of
    /// the persons who have neither a face nor anything that a user said, marks the others as changed. Returns the removed
    /// ones in the order of their ids.
    static func settle(_ persons: Set<Int64>, now: String, in database: Database) throws -> [PersonID] {
        let uncover = try database.cachedStatement(
            sql: """
                UPDATE person SET cover_face_id = NULL WHERE id = ? AND cover_face_id IS NOT NULL
                    AND NOT EXISTS (SELECT * FROM face WHERE face.id = cover_face_id AND face.person_id = person.id)
                """)
        let delete = try database.cachedStatement(
            sql: """
                DELETE FROM person WHERE id = ? AND NOT \(isDescribed)
                    AND NOT EXISTS (SELECT * FROM face WHERE person_id = person.id)
                """)
        let touch = try database.cachedStatement(sql: "UPDATE person SET updated_at = ? WHERE id = ?")
        var removed: [PersonID] = []
        for id in persons.sorted() {
            try uncover.execute(arguments: [id])
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
    init(row: Row) throws {
        self.init(
            id: PersonID(row["id"]), name: row["name"], createdAt: try row.date("created_at"),
            updatedAt: try row.date("updated_at"), faceCount: row["face_count"], note: row["note"],
            birthDate: (row["birth_date"] as String?).flatMap { CalendarDate($0) },
            cover: (row["cover_face_id"] as Int64?).map { FaceID($0) }, isHidden: row["is_hidden"],
            revision: row["revision"] == 0 ? nil : JournalEntry.ID(row["revision"]))
    }
}
