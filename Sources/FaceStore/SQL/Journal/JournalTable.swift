import FaceCore

/// Rows of `journal` and of the tables that hang on it.
enum JournalTable {
    /// How many entries are kept; older ones are dropped and cannot be undone any more.
    static let capacity = 10_000

    static func insert(_ kind: JournalEntry.Kind, now: String, in database: Database) throws -> Int64 {
        try database.cachedStatement(sql: "INSERT INTO journal (kind, state, created_at) VALUES (?, 'done', ?)")
            .execute(arguments: [kind.rawValue, now])
        return database.lastInsertedRowID
    }

    static func drop(beyond capacity: Int, in database: Database) throws {
        try database.cachedStatement(
            sql: "DELETE FROM journal WHERE id <= (SELECT id FROM journal ORDER BY id DESC LIMIT 1 OFFSET ?)"
        ).execute(arguments: [capacity])
    }

    static func entry(_ id: Int64, in database: Database) throws -> JournalEntry {
        guard let entry = try fetch("id = ?", [id], in: database).first else {
            throw FaceStoreError.unexpected(detail: "journal entry \(id) is gone")
        }
        return entry
    }

    static func fetch(
        _ condition: String, _ arguments: StatementArguments, in database: Database
    ) throws -> [JournalEntry] {
        let persons = try database.cachedStatement(
            sql: "SELECT person_id FROM journal_person WHERE entry_id = ? ORDER BY ordinal")
        let named = try database.cachedStatement(
            sql: """
                SELECT person_id, row_before, row_after FROM journal_person
                WHERE entry_id = ? AND (row_before IS NOT NULL OR row_after IS NOT NULL) ORDER BY ordinal LIMIT ?
                """)
        let sql = "SELECT * FROM journal WHERE \(condition)"
        return try Row.fetchAll(database.cachedStatement(sql: sql), arguments: arguments).map { row in
            JournalEntry(
                id: JournalEntry.ID(row["id"]), kind: try row.value("kind", as: JournalEntry.Kind.self),
                state: try row.value("state", as: JournalEntry.State.self), createdAt: try row.date("created_at"),
                persons: try Int64.fetchAll(persons, arguments: [row["id"] as Int64]).map { PersonID($0) },
                faceCount: row["face_count"],
                names: try Row.fetchAll(named, arguments: [row["id"] as Int64, JournalEntry.namesKept]).map(names))
        }
    }

    private static func names(_ row: Row) throws -> JournalEntry.Names {
        let id: Int64 = row["person_id"]
        func name(_ column: String) throws -> String? {
            guard let json: String = row[column] else { return nil }
            return try JSONColumn.decode(PersonImage.self, from: json).name ?? Person.placeholder(for: PersonID(id))
        }
        return JournalEntry.Names(
            person: PersonID(id), before: try name("row_before"), after: try name("row_after"))
    }

    // MARK: Whose turn it is

    static func nextToUndo(in database: Database) throws -> Int64? {
        try Int64.fetchOne(database.cachedStatement(sql: "SELECT max(id) FROM journal WHERE state = 'done'"))
    }

    static func nextToRedo(in database: Database) throws -> Int64? {
        try Int64.fetchOne(database.cachedStatement(sql: "SELECT min(id) FROM journal WHERE state = 'undone'"))
    }

    static func set(_ state: JournalEntry.State, of id: Int64, in database: Database) throws {
        try database.cachedStatement(sql: "UPDATE journal SET state = ? WHERE id = ?")
            .execute(arguments: [state.rawValue, id])
    }

    /// What was undone cannot be redone once something else was done.
    static func closeUndone(in database: Database) throws {
        for id in try Int64.fetchAll(database.cachedStatement(sql: "SELECT id FROM journal WHERE state = 'undone'")) {
            try close(id, in: database)
        }
    }

    /// An entry can be neither undone nor redone from now on; nothing is kept of how things were.
    static func close(_ id: Int64, in database: Database) throws {
        try database.cachedStatement(
            sql: """
                UPDATE journal SET state = 'closed', model_before = NULL, dimension_before = NULL, model_after = NULL,
                    dimension_after = NULL
                WHERE id = ?
                """
        ).execute(arguments: [id])
        try database.cachedStatement(
            sql: """
                UPDATE journal_person SET row_before = NULL, row_after = NULL, survivor_id = NULL WHERE entry_id = ?
                """
        ).execute(arguments: [id])
        for table in ["journal_face", "journal_rejection", "journal_separation", "withdrawn_face"] {
            try database.cachedStatement(sql: "DELETE FROM \(table) WHERE entry_id = ?").execute(arguments: [id])
        }
    }

    // MARK: Erasure

    /// Closes every entry that tells of one of the people, and erases what the journal keeps of them.
    static func erase(_ people: Set<Int64>, in database: Database) throws {
        let entries = try database.cachedStatement(
            sql: "SELECT DISTINCT entry_id FROM journal_person WHERE person_id = ?")
        for person in people.sorted() {
            for entry in try Int64.fetchAll(entries, arguments: [person]) {
                try close(entry, in: database)
                try database.cachedStatement(sql: "DELETE FROM journal_person WHERE entry_id = ?").execute(arguments: [
                    entry
                ])
                try database.cachedStatement(sql: "UPDATE journal SET face_count = 0 WHERE id = ?").execute(arguments: [
                    entry
                ])
            }
            for condition in [
                "journal_rejection WHERE person_id = ?", "journal_separation WHERE lower_id = ?",
                "journal_separation WHERE higher_id = ?", "withdrawn_face WHERE person_id = ?",
            ] {
                try database.cachedStatement(sql: "DELETE FROM \(condition)").execute(arguments: [person])
            }
        }
        try PersonMergeTable.delete(people, in: database)
    }
}
