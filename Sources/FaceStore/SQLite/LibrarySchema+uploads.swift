extension LibrarySchema {
    /// A photo has at most one uploaded file; the one of a duplicate is not kept. A deleted person keeps her row and her
    /// faces until she is erased, so that nothing has to be put together again when she is restored.
    static let uploadsAndDeletion = [uploadedPhotos, deletedPersons, queue]

    private static let uploadedPhotos = """
        ALTER TABLE photo ADD COLUMN stored_name TEXT;
        ALTER TABLE photo ADD COLUMN display_name TEXT CHECK ((stored_name IS NULL) = (display_name IS NULL));
        ALTER TABLE photo ADD COLUMN minimum_size REAL;
        ALTER TABLE photo ADD COLUMN minimum_score REAL CHECK ((minimum_size IS NULL) = (minimum_score IS NULL));
        ALTER TABLE photo ADD COLUMN lacks_erased_faces INTEGER NOT NULL DEFAULT 0
            CHECK (lacks_erased_faces IN (0, 1));
        CREATE UNIQUE INDEX photo_by_stored_name ON photo (stored_name) WHERE stored_name IS NOT NULL;
        CREATE INDEX photo_by_capture ON photo (taken_at) WHERE taken_at IS NOT NULL;
        """

    private static let deletedPersons = """
        ALTER TABLE person ADD COLUMN deleted_at TEXT;
        CREATE INDEX person_by_deletion ON person (deleted_at) WHERE deleted_at IS NOT NULL;

        CREATE TABLE file_removal (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            scope TEXT NOT NULL,
            stored_name TEXT,
            photo_id INTEGER,
            CHECK (stored_name IS NOT NULL OR photo_id IS NOT NULL)
        ) STRICT;
        """

    private static let queue = """
        ALTER TABLE task ADD COLUMN minimum_size REAL;
        ALTER TABLE task ADD COLUMN minimum_score REAL;
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
