extension LibrarySchema {
    /// A revoked key keeps its row: the log of requests names it, and a server that ever had a key does not stand open
    /// because the last one was revoked. Of the secrets only hashes are here.
    ///
    /// The log's rows name keys without a foreign key: it tells of what is gone by now.
    static let keysAndAudit = [
        """
        CREATE TABLE api_key (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 255),
            scopes TEXT NOT NULL,
            digest TEXT NOT NULL CHECK (length(digest) = 64),
            session_digest TEXT NOT NULL CHECK (length(session_digest) = 64),
            hint TEXT NOT NULL,
            requests_per_minute INTEGER CHECK (requests_per_minute > 0),
            burst INTEGER CHECK ((burst IS NULL) = (requests_per_minute IS NULL) AND (burst IS NULL OR burst > 0)),
            created_at TEXT NOT NULL,
            rotated_at TEXT,
            revoked_at TEXT
        ) STRICT;
        CREATE UNIQUE INDEX api_key_by_digest ON api_key (digest);

        CREATE TABLE audit_entry (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at TEXT NOT NULL,
            key_id INTEGER,
            key_name TEXT NOT NULL,
            method TEXT NOT NULL,
            path TEXT NOT NULL,
            status INTEGER NOT NULL,
            address TEXT NOT NULL,
            request_id TEXT NOT NULL
        ) STRICT;
        CREATE INDEX audit_entry_by_key ON audit_entry (key_id, id);
        """
    ]
}
