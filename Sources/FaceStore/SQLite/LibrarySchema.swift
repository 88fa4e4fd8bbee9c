internal import GRDB

/// The tables of a library, as migrations: each has a name, is never changed once it was published, and new ones go to the
/// end. They are written in SQLite's words; `PostgresSchema` puts the same into PostgreSQL's.
enum LibrarySchema {
    /// Written into the header of the file (`LikF` in ASCII): tells a library from the databases of other programs.
    static let applicationID: Int32 = 0x4C69_6B46

    /// Bytes. Three embeddings of 512 float32 numbers fill a page of this size to three quarters; one page of SQLite's
    /// usual size holds one of them and is half empty.
    static let pageSize = 8192

    static let migrations: [(name: String, statements: [String])] = [
        ("001 photos, faces, persons, tasks", firstTables),
        ("002 uploads, deletion", uploadsAndDeletion),
        ("003 edits, journal", editsAndJournal),
        ("004 keys, audit", keysAndAudit),
        ("005 collections", collections),
        ("006 attendance, webhooks", attendanceAndWebhooks),
    ]

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        for (index, migration) in migrations.enumerated() {
            migrator.registerMigration(migration.name) { database in
                if index == 0 { try database.execute(sql: "PRAGMA application_id = \(applicationID)") }
                for sql in migration.statements { try database.execute(sql: sql) }
            }
        }
        return migrator
    }

    /// Ids are never used twice (AUTOINCREMENT): what a client keeps of a deleted person must not show somebody else.
    /// States are checked for what belongs to them and not for a list of names, so that a later migration can add one
    /// without rewriting the table. Embeddings are apart from faces: lists of faces stay quick to read, and a face can
    /// have embeddings of two models while a library changes over.
    private static let firstTables = [libraryAndPhotos, personsAndFaces, tasks]

    private static let libraryAndPhotos = """
        CREATE TABLE meta (
            key TEXT PRIMARY KEY NOT NULL,
            value TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE photo (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            content_hash TEXT NOT NULL UNIQUE,
            byte_count INTEGER NOT NULL CHECK (byte_count >= 0),
            format TEXT,
            width INTEGER CHECK (width > 0),
            height INTEGER CHECK (height > 0),
            taken_at TEXT,
            taken_at_offset_minutes INTEGER,
            camera TEXT,
            state TEXT NOT NULL,
            model TEXT,
            failure TEXT,
            added_at TEXT NOT NULL,
            CHECK ((format IS NULL) = (width IS NULL) AND (format IS NULL) = (height IS NULL)),
            CHECK (state <> 'analyzed' OR (model IS NOT NULL AND format IS NOT NULL AND failure IS NULL)),
            CHECK (state <> 'failed' OR failure IS NOT NULL)
        ) STRICT;
        CREATE INDEX photo_by_state ON photo (state);

        CREATE TABLE photo_location (
            path TEXT PRIMARY KEY NOT NULL,
            photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
            byte_count INTEGER NOT NULL CHECK (byte_count >= 0),
            modified_at_nanoseconds INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX photo_location_by_photo ON photo_location (photo_id);
        """

    private static let personsAndFaces = """
        CREATE TABLE person (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT CHECK (length(name) BETWEEN 1 AND 255),
            search_key TEXT,
            created_at TEXT NOT NULL,
            updated_at TEXT NOT NULL,
            CHECK ((name IS NULL) = (search_key IS NULL))
        ) STRICT;
        CREATE INDEX person_by_creation ON person (created_at, id);

        CREATE TABLE face (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            photo_id INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
            ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
            person_id INTEGER REFERENCES person (id) ON DELETE SET NULL,
            is_placed_by_user INTEGER NOT NULL DEFAULT 0 CHECK (is_placed_by_user IN (0, 1)),
            box_x REAL NOT NULL,
            box_y REAL NOT NULL,
            box_width REAL NOT NULL,
            box_height REAL NOT NULL,
            landmark_layout TEXT NOT NULL,
            landmarks TEXT NOT NULL CHECK (json_array_length(landmarks) = 5),
            detection_score REAL NOT NULL,
            attributes TEXT CHECK (attributes IS NULL OR json_valid(attributes)),
            created_at TEXT NOT NULL,
            UNIQUE (photo_id, ordinal)
        ) STRICT;
        CREATE INDEX face_by_person ON face (person_id);

        CREATE TABLE embedding (
            face_id INTEGER NOT NULL REFERENCES face (id) ON DELETE CASCADE,
            model TEXT NOT NULL,
            precision TEXT NOT NULL CHECK (precision IN ('float32', 'float16')),
            dimension INTEGER NOT NULL CHECK (dimension > 0),
            vector BLOB NOT NULL,
            UNIQUE (face_id, model),
            CHECK (length(vector) = dimension * CASE precision WHEN 'float32' THEN 4 ELSE 2 END)
        ) STRICT;
        """

    private static let tasks = """
        CREATE TABLE task (
            id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),
            kind TEXT NOT NULL,
            state TEXT NOT NULL,
            total_photos INTEGER NOT NULL DEFAULT 0 CHECK (total_photos >= 0),
            processed_photos INTEGER NOT NULL DEFAULT 0 CHECK (processed_photos >= 0),
            total_faces INTEGER NOT NULL DEFAULT 0 CHECK (total_faces >= 0),
            unique_persons INTEGER NOT NULL DEFAULT 0 CHECK (unique_persons >= 0),
            error_message TEXT,
            created_at TEXT NOT NULL,
            completed_at TEXT,
            CHECK ((state IN ('completed', 'failed', 'cancelled')) = (completed_at IS NOT NULL)),
            CHECK (state <> 'failed' OR error_message IS NOT NULL)
        ) STRICT;
        CREATE INDEX task_by_creation ON task (created_at);

        CREATE TABLE task_error (
            id INTEGER PRIMARY KEY,
            task_id TEXT NOT NULL REFERENCES task (id) ON DELETE CASCADE,
            file TEXT NOT NULL,
            error TEXT NOT NULL
        ) STRICT;
        CREATE INDEX task_error_by_task ON task_error (task_id);
        """
}
