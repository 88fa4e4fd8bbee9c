extension SchemaDump {
    static let second = """
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
            added_at TEXT NOT NULL, stored_name TEXT, \
        display_name TEXT CHECK ((stored_name IS NULL) = (display_name IS NULL)), \
        minimum_size REAL, minimum_score REAL CHECK ((minimum_size IS NULL) = (minimum_score IS NULL)), \
        lacks_erased_faces INTEGER NOT NULL DEFAULT 0
            CHECK (lacks_erased_faces IN (0, 1)),
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
        CREATE TABLE person (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT CHECK (length(name) BETWEEN 1 AND 255),
            search_key TEXT,
            created_at TEXT NOT NULL,
            updated_at TEXT NOT NULL, deleted_at TEXT,
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
            completed_at TEXT, minimum_size REAL, minimum_score REAL,
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
        CREATE UNIQUE INDEX photo_by_stored_name ON photo (stored_name) WHERE stored_name IS NOT NULL;
        CREATE INDEX photo_by_capture ON photo (taken_at) WHERE taken_at IS NOT NULL;
        CREATE INDEX person_by_deletion ON person (deleted_at) WHERE deleted_at IS NOT NULL;
        CREATE TABLE file_removal (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            scope TEXT NOT NULL,
            stored_name TEXT,
            photo_id INTEGER,
            CHECK (stored_name IS NOT NULL OR photo_id IS NOT NULL)
        ) STRICT;
        CREATE INDEX task_in_work ON task (created_at) WHERE state = 'processing';
        CREATE TABLE task_file (
            task_id TEXT NOT NULL REFERENCES task (id) ON DELETE CASCADE,
            ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
            display_name TEXT NOT NULL,
            stored_name TEXT NOT NULL,
            content_hash TEXT NOT NULL,
            byte_count INTEGER NOT NULL CHECK (byte_count >= 0),
            state TEXT NOT NULL,
            photo_id INTEGER REFERENCES photo (id) ON DELETE SET NULL,
            face_count INTEGER NOT NULL DEFAULT 0 CHECK (face_count >= 0),
            failure TEXT,
            lease INTEGER NOT NULL DEFAULT 0,
            attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
            worker TEXT,
            leased_until TEXT,
            PRIMARY KEY (task_id, ordinal),
            CHECK ((state = 'in_work') = (leased_until IS NOT NULL) AND (state = 'in_work') = (worker IS NOT NULL)),
            CHECK ((state = 'failed') = (failure IS NOT NULL)),
            CHECK (photo_id IS NULL OR state = 'done')
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX task_file_open ON task_file (task_id, state) WHERE state IN ('queued', 'in_work');
        CREATE INDEX task_file_needed ON task_file (stored_name) WHERE state IN ('queued', 'in_work');
        CREATE INDEX task_file_by_photo ON task_file (photo_id);

        """
}
