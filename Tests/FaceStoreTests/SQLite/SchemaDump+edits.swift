extension SchemaDump {
    static let third = """
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
        display_name TEXT CHECK ((stored_name IS NULL) = (display_name IS NULL)), minimum_size REAL, \
        minimum_score REAL CHECK ((minimum_size IS NULL) = (minimum_score IS NULL)), \
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
            updated_at TEXT NOT NULL, deleted_at TEXT, note TEXT CHECK (length(note) BETWEEN 1 AND 10000), \
        birth_date TEXT CHECK (length(birth_date) = 10), \
        cover_face_id INTEGER REFERENCES face (id) ON DELETE SET NULL, \
        is_hidden INTEGER NOT NULL DEFAULT 0 CHECK (is_hidden IN (0, 1)), \
        revision INTEGER NOT NULL DEFAULT 0 CHECK (revision >= 0),
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
            created_at TEXT NOT NULL, is_ignored INTEGER NOT NULL DEFAULT 0
            CHECK (is_ignored IN (0, 1) AND (is_ignored = 0 OR person_id IS NULL)), \
        is_added_by_hand INTEGER NOT NULL DEFAULT 0 CHECK (is_added_by_hand IN (0, 1)), sharpness REAL, \
        visible_share REAL CHECK ((sharpness IS NULL) = (visible_share IS NULL)), \
        changed_in INTEGER NOT NULL DEFAULT 0,
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
        CREATE INDEX person_by_cover ON person (cover_face_id) WHERE cover_face_id IS NOT NULL;
        CREATE INDEX face_placed ON face (person_id) WHERE is_placed_by_user = 1;
        CREATE INDEX face_ignored ON face (id) WHERE is_ignored = 1;
        CREATE INDEX face_by_change ON face (changed_in);
        CREATE TABLE people_version (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            version INTEGER NOT NULL,
            complete_since INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE removed_face (
            face_id INTEGER PRIMARY KEY,
            changed_in INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX removed_face_by_change ON removed_face (changed_in);
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
