extension SchemaDump {
    static let fifth =
        fourth.replacing("revoked_at TEXT\n)", with: "revoked_at TEXT\n, collection_id INTEGER)") + """
            CREATE TABLE collection (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 255),
                similarity REAL,
                false_accept_rate REAL CHECK (false_accept_rate > 0 AND false_accept_rate <= 1),
                members_version INTEGER NOT NULL DEFAULT 0,
                created_at TEXT NOT NULL,
                updated_at TEXT NOT NULL,
                CHECK (similarity IS NULL OR false_accept_rate IS NULL)
            ) STRICT;
            CREATE TABLE membership (
                collection_id INTEGER NOT NULL REFERENCES collection (id) ON DELETE CASCADE,
                person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
                PRIMARY KEY (collection_id, person_id)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX membership_by_person ON membership (person_id);
            CREATE TABLE journal_membership (
                entry_id INTEGER NOT NULL REFERENCES journal (id) ON DELETE CASCADE,
                collection_id INTEGER NOT NULL,
                person_id INTEGER NOT NULL,
                is_added INTEGER NOT NULL CHECK (is_added IN (0, 1)),
                PRIMARY KEY (entry_id, collection_id, person_id)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX journal_membership_by_person ON journal_membership (person_id);

            """
}
