import FaceCore

/// A row of `person` as the journal keeps it: all of it but the id.
struct PersonImage: Codable, Hashable {
    var name: String?
    var note: String?
    var birthDate: String?
    var cover: Int64?
    var isHidden = false
    var createdAt: String
    var updatedAt: String
    var deletedAt: String?
    var revision: Int64 = 0
    /// Whether she had no face: who stood empty before an edit stands empty again after its undo.
    var isEmpty = false

    static func load(_ id: Int64, in database: Database) throws -> PersonImage? {
        let sql = """
            SELECT *, NOT EXISTS (SELECT * FROM face WHERE face.person_id = person.id) AS is_empty
            FROM person WHERE id = ?
            """
        return try Row.fetchOne(database.cachedStatement(sql: sql), arguments: [id]).map { row in
            PersonImage(
                name: row["name"], note: row["note"], birthDate: row["birth_date"], cover: row["cover_face_id"],
                isHidden: row["is_hidden"], createdAt: row["created_at"], updatedAt: row["updated_at"],
                deletedAt: row["deleted_at"], revision: row["revision"], isEmpty: row["is_empty"])
        }
    }

    /// Makes the row, under an id if one is given.
    func insert(_ id: Int64?, in database: Database) throws -> Int64 {
        let sql = """
            INSERT INTO person (id, name, search_key, note, birth_date, cover_face_id, is_hidden, created_at, updated_at,
                deleted_at, revision)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        try database.cachedStatement(sql: sql).execute(arguments: [
            id, name, name.map(PersonName.searchKey(of:)), note, birthDate, cover, isHidden, createdAt, updatedAt,
            deletedAt, revision,
        ])
        return id ?? database.lastInsertedRowID
    }

    func update(_ id: Int64, in database: Database) throws {
        let sql = """
            UPDATE person SET name = ?, search_key = ?, note = ?, birth_date = ?, cover_face_id = ?, is_hidden = ?,
                created_at = ?, updated_at = ?, deleted_at = ?, revision = ?
            WHERE id = ?
            """
        try database.cachedStatement(sql: sql).execute(arguments: [
            name, name.map(PersonName.searchKey(of:)), note, birthDate, cover, isHidden, createdAt, updatedAt,
            deletedAt, revision, id,
        ])
    }

    /// What a merge takes from somebody who is absorbed, where there is nothing of the kind yet.
    mutating func fill(from other: PersonImage) {
        name = name ?? other.name
        note = note ?? other.note
        birthDate = birthDate ?? other.birthDate
        cover = cover ?? other.cover
    }
}

/// Whose a face is, as the journal keeps it.
struct FaceImage: Hashable {
    var person: Int64?
    var isPlaced = false
    var isIgnored = false
}
