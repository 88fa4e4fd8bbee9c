extension LibrarySchema {
    /// What users say of people, and the journal of it. Nothing here leans on triggers or on SQLite's sessions: every row
    /// of the journal is written by the transaction of the edit, so that another database can hold the same tables.
    ///
    /// The journal's rows name faces and people without a foreign key: it tells of what is gone by now, and ids are never
    /// used twice.
    static let editsAndJournal = [describedPeople, constraints, journal, withdrawnFaces]

    private static let describedPeople = """
        ALTER TABLE person ADD COLUMN note TEXT CHECK (length(note) BETWEEN 1 AND 10000);
        ALTER TABLE person ADD COLUMN birth_date TEXT CHECK (length(birth_date) = 10);
        ALTER TABLE person ADD COLUMN cover_face_id INTEGER REFERENCES face (id) ON DELETE SET NULL;
        ALTER TABLE person ADD COLUMN is_hidden INTEGER NOT NULL DEFAULT 0 CHECK (is_hidden IN (0, 1));
        ALTER TABLE person ADD COLUMN revision INTEGER NOT NULL DEFAULT 0 CHECK (revision >= 0);
        CREATE INDEX person_by_cover ON person (cover_face_id) WHERE cover_face_id IS NOT NULL;

        ALTER TABLE face ADD COLUMN is_ignored INTEGER NOT NULL DEFAULT 0
            CHECK (is_ignored IN (0, 1) AND (is_ignored = 0 OR person_id IS NULL));
        ALTER TABLE face ADD COLUMN is_added_by_hand INTEGER NOT NULL DEFAULT 0 CHECK (is_added_by_hand IN (0, 1));
        ALTER TABLE face ADD COLUMN sharpness REAL;
        ALTER TABLE face ADD COLUMN visible_share REAL CHECK ((sharpness IS NULL) = (visible_share IS NULL));
        ALTER TABLE face ADD COLUMN changed_in INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX face_placed ON face (person_id) WHERE is_placed_by_user = 1;
        CREATE INDEX face_ignored ON face (id) WHERE is_ignored = 1;
        CREATE INDEX face_by_change ON face (changed_in);

        CREATE TABLE people_version (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            version INTEGER NOT NULL,
            complete_since INTEGER NOT NULL
        ) STRICT;
        INSERT INTO people_version (id, version, complete_since) VALUES (1, 0, 0);

        CREATE TABLE removed_face (
            face_id INTEGER PRIMARY KEY,
            changed_in INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX removed_face_by_change ON removed_face (changed_in);
        """

    private static let constraints = """
        CREATE TABLE rejection (
            face_id INTEGER NOT NULL REFERENCES face (id) ON DELETE CASCADE,
            person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
            PRIMARY KEY (face_id, person_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX rejection_by_person ON rejection (person_id);

        CREATE TABLE separation (
            lower_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
            higher_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
            PRIMARY KEY (lower_id, higher_id),
            CHECK (lower_id < higher_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX separation_by_higher ON separation (higher_id);

        CREATE TABLE suggestion_answer (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL,
            first_id INTEGER NOT NULL,
            second_id INTEGER NOT NULL DEFAULT 0,
            digest TEXT NOT NULL DEFAULT '',
            choice TEXT NOT NULL,
            dissimilarity REAL NOT NULL,
            answered_at TEXT NOT NULL,
            UNIQUE (kind, first_id, second_id, digest)
        ) STRICT;
        CREATE INDEX suggestion_answer_by_second ON suggestion_answer (second_id);
        CREATE INDEX suggestion_answer_by_first ON suggestion_answer (first_id);
        """

    private static let journal = """
        CREATE TABLE journal (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL,
            state TEXT NOT NULL,
            created_at TEXT NOT NULL,
            face_count INTEGER NOT NULL DEFAULT 0 CHECK (face_count >= 0),
            model_before TEXT,
            dimension_before INTEGER,
            model_after TEXT,
            dimension_after INTEGER,
            CHECK ((model_before IS NULL) = (model_after IS NULL))
        ) STRICT;
        CREATE INDEX journal_open ON journal (state, id) WHERE state <> 'closed';

        CREATE TABLE journal_person (
            entry_id INTEGER NOT NULL REFERENCES journal (id) ON DELETE CASCADE,
            ordinal INTEGER NOT NULL,
            person_id INTEGER NOT NULL,
            row_before TEXT,
            row_after TEXT,
            survivor_id INTEGER,
            PRIMARY KEY (entry_id, ordinal)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX journal_person_by_person ON journal_person (person_id);

        CREATE TABLE journal_face (
            entry_id INTEGER NOT NULL REFERENCES journal (id) ON DELETE CASCADE,
            face_id INTEGER NOT NULL,
            is_added INTEGER NOT NULL CHECK (is_added IN (0, 1)),
            person_before INTEGER,
            is_placed_before INTEGER NOT NULL,
            is_ignored_before INTEGER NOT NULL,
            person_after INTEGER,
            is_placed_after INTEGER NOT NULL,
            is_ignored_after INTEGER NOT NULL,
            PRIMARY KEY (entry_id, face_id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE journal_rejection (
            entry_id INTEGER NOT NULL REFERENCES journal (id) ON DELETE CASCADE,
            face_id INTEGER NOT NULL,
            person_id INTEGER NOT NULL,
            is_added INTEGER NOT NULL CHECK (is_added IN (0, 1)),
            PRIMARY KEY (entry_id, face_id, person_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX journal_rejection_by_person ON journal_rejection (person_id);

        CREATE TABLE journal_separation (
            entry_id INTEGER NOT NULL REFERENCES journal (id) ON DELETE CASCADE,
            lower_id INTEGER NOT NULL,
            higher_id INTEGER NOT NULL,
            is_added INTEGER NOT NULL CHECK (is_added IN (0, 1)),
            PRIMARY KEY (entry_id, lower_id, higher_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX journal_separation_by_lower ON journal_separation (lower_id);
        CREATE INDEX journal_separation_by_higher ON journal_separation (higher_id);

        CREATE TABLE person_merge (
            absorbed_id INTEGER PRIMARY KEY,
            survivor_id INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX person_merge_by_survivor ON person_merge (survivor_id);
        """

    /// A face that was drawn by hand and then undone waits here to be brought back; it goes with its photo.
    private static let withdrawnFaces = """
        CREATE TABLE withdrawn_face (
            id INTEGER PRIMARY KEY,
            entry_id INTEGER NOT NULL REFERENCES journal (id) ON DELETE CASCADE,
            photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
            person_id INTEGER,
            box_x REAL NOT NULL,
            box_y REAL NOT NULL,
            box_width REAL NOT NULL,
            box_height REAL NOT NULL,
            landmark_layout TEXT NOT NULL,
            landmarks TEXT NOT NULL,
            detection_score REAL NOT NULL,
            attributes TEXT,
            sharpness REAL,
            visible_share REAL,
            created_at TEXT NOT NULL
        ) STRICT;
        CREATE INDEX withdrawn_face_by_entry ON withdrawn_face (entry_id);
        CREATE INDEX withdrawn_face_by_photo ON withdrawn_face (photo_id);
        CREATE INDEX withdrawn_face_by_person ON withdrawn_face (person_id);

        CREATE TABLE withdrawn_embedding (
            face_id INTEGER NOT NULL REFERENCES withdrawn_face (id) ON DELETE CASCADE,
            model TEXT NOT NULL,
            precision TEXT NOT NULL,
            dimension INTEGER NOT NULL,
            vector BLOB NOT NULL,
            UNIQUE (face_id, model)
        ) STRICT;
        """
}
