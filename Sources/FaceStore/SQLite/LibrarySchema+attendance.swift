extension LibrarySchema {
    /// An event keeps whom it was seen as, and whose it is by now: who was merged into somebody brings her events along, and
    /// takes them with her when she comes back. It names people and collections without a foreign key, for both may go and
    /// be brought back.
    ///
    /// A delivery is a message as it goes out, written by the transaction that brought the event, so that none is lost. A
    /// lease keeps it to who is sending it. The secret of a webhook is kept as it is: who signs needs it.
    static let attendanceAndWebhooks = [
        """
        CREATE TABLE attendance_event (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            event_id TEXT NOT NULL UNIQUE CHECK (length(event_id) = 36),
            person_id INTEGER NOT NULL,
            seen_as_id INTEGER NOT NULL,
            collection_id INTEGER,
            place TEXT NOT NULL CHECK (length(place) <= 200),
            at TEXT NOT NULL,
            last_seen TEXT NOT NULL,
            times_seen INTEGER NOT NULL CHECK (times_seen > 0),
            similarity REAL NOT NULL
        ) STRICT;
        CREATE INDEX attendance_event_by_time ON attendance_event (at, id);
        CREATE INDEX attendance_event_by_person ON attendance_event (person_id, at);
        CREATE INDEX attendance_event_by_origin ON attendance_event (seen_as_id);

        CREATE TABLE webhook (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 255),
            url TEXT NOT NULL,
            collection_id INTEGER,
            events TEXT NOT NULL,
            is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),
            secret TEXT NOT NULL,
            former_secret TEXT,
            created_at TEXT NOT NULL,
            updated_at TEXT NOT NULL,
            rotated_at TEXT,
            CHECK (former_secret IS NULL OR rotated_at IS NOT NULL)
        ) STRICT;

        CREATE TABLE webhook_delivery (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            delivery_id TEXT NOT NULL UNIQUE CHECK (length(delivery_id) = 36),
            webhook_id INTEGER NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
            event_row INTEGER REFERENCES attendance_event (id) ON DELETE CASCADE,
            kind TEXT NOT NULL,
            body TEXT NOT NULL,
            state TEXT NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
            due_at TEXT,
            lease INTEGER NOT NULL DEFAULT 0,
            leased_until TEXT,
            created_at TEXT NOT NULL,
            attempted_at TEXT,
            ended_at TEXT,
            status INTEGER,
            failure TEXT,
            hastened INTEGER NOT NULL DEFAULT 0,
            CHECK ((state = 'pending') = (due_at IS NOT NULL) AND (state = 'pending') = (ended_at IS NULL))
        ) STRICT;
        CREATE INDEX webhook_delivery_due ON webhook_delivery (webhook_id, due_at) WHERE state = 'pending';
        CREATE INDEX webhook_delivery_by_state ON webhook_delivery (webhook_id, state, id);
        CREATE INDEX webhook_delivery_by_event ON webhook_delivery (event_row) WHERE event_row IS NOT NULL;
        CREATE INDEX webhook_delivery_ended ON webhook_delivery (ended_at) WHERE ended_at IS NOT NULL;
        """
    ]
}
