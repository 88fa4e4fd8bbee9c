import FaceCore
import Foundation

struct SQLAttendanceRepository: AttendanceRepository {
    let connection: LibraryConnection

    func record(
        _ sighting: Sighting, window: Duration, message: (AttendanceEvent) -> String
    ) throws(FaceStoreError) -> (event: AttendanceEvent, isNew: Bool) {
        try connection.write { database in
            let present = try PersonMergeTable.present(sighting.person.rawValue, in: database)
            guard let present, try PersonTable.exists(PersonID(present), in: database) else {
                throw FaceStoreError.unknownPerson(sighting.person)
            }
            if let known = try Self.event(near: sighting, of: present, window: window, in: database) {
                return (try Self.add(sighting, to: known.row, known.event, in: database), false)
            }
            let id = EventID()
            let at = Timestamp(sighting.at).text
            try database.cachedStatement(
                sql: """
                    INSERT INTO attendance_event (event_id, person_id, seen_as_id, collection_id, place, at, last_seen,
                        times_seen, similarity)
                    VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?)
                    """
            ).execute(arguments: [
                id.name, present, present, sighting.collection?.rawValue, sighting.place, at, at, sighting.similarity,
            ])
            guard let made = try AttendanceTable.event(id, in: database) else {
                throw FaceStoreError.unexpected(detail: "the event that was just stored is gone")
            }
            try announce(made.event, row: made.row, message, in: database)
            return (made.event, true)
        }
    }

    func event(_ id: EventID) throws(FaceStoreError) -> AttendanceEvent? {
        try connection.read { try AttendanceTable.event(id, in: $0)?.event }
    }

    func events(
        _ filter: AttendanceFilter, after cursor: PageCursor?, limit: Int
    ) throws(FaceStoreError) -> Page<AttendanceEvent> {
        try connection.read { database in
            var conditions: [String] = []
            var arguments: StatementArguments = []
            if let from = filter.from {
                conditions.append("at >= ?")
                arguments += [Timestamp(from).text]
            }
            if let to = filter.to {
                conditions.append("at <= ?")
                arguments += [Timestamp(to).text]
            }
            if let person = filter.person {
                conditions.append("person_id = ?")
                arguments += [try PersonMergeTable.present(person.rawValue, in: database) ?? person.rawValue]
            }
            if let collection = filter.collection {
                conditions.append("collection_id = ?")
                arguments += [collection.rawValue]
            }
            if let place = filter.place {
                conditions.append("place = ?")
                arguments += [place]
            }
            if let cursor {
                conditions.append("(at, attendance_event.id) < (?, ?)")
                arguments += [cursor.text, cursor.id]
            }
            arguments += [limit.andOneMore]
            let condition = conditions.isEmpty ? "TRUE" : conditions.joined(separator: " AND ")
            let rows = try AttendanceTable.fetch(
                "\(condition) ORDER BY at DESC, attendance_event.id DESC LIMIT ?", arguments, in: database)
            return Page(rows, limit: limit, element: { $0.event }) { PageCursor($0.event.at, id: $0.row) }
        }
    }

    func delete(_ id: EventID) throws(FaceStoreError) {
        try connection.write { database in
            guard let known = try AttendanceTable.event(id, in: database) else { throw FaceStoreError.unknownEvent(id) }
            try database.execute(sql: "DELETE FROM attendance_event WHERE id = ?", arguments: [known.row])
        }
    }

    func prune() throws(FaceStoreError) -> Int {
        try connection.write { database in
            // A server of an older version that runs beside this one merges people and leaves their events.
            let left = try Int64.fetchAll(
                database,
                sql: """
                    SELECT DISTINCT person_id FROM attendance_event
                    WHERE NOT EXISTS (SELECT * FROM person WHERE person.id = attendance_event.person_id)
                    """)
            for person in left {
                guard let present = try PersonMergeTable.present(person, in: database) else { continue }
                try AttendanceTable.follow(person, into: present, in: database)
            }
            // Whoever the journal tells of may come back.
            try database.execute(
                sql: """
                    DELETE FROM attendance_event
                    WHERE NOT EXISTS (SELECT * FROM person WHERE person.id = attendance_event.person_id)
                        AND NOT EXISTS (SELECT * FROM journal_person WHERE journal_person.person_id IN (
                            attendance_event.person_id, attendance_event.seen_as_id))
                    """)
            return database.changesCount
        }
    }

    // MARK: -

    /// The event that a sighting belongs to: the last one before it, or else the first one after.
    private static func event(
        near sighting: Sighting, of person: Int64, window: Duration, in database: Database
    ) throws -> (row: Int64, event: AttendanceEvent)? {
        guard window > .zero else { return nil }
        let seconds = Double(window.components.seconds) + Double(window.components.attoseconds) * 1e-18
        let at = Timestamp(sighting.at).text
        let found = try AttendanceTable.fetch(
            """
            person_id = ? AND at >= ? AND at <= ? AND place = ? AND coalesce(collection_id, 0) = ?
            ORDER BY at
            """,
            [
                person, Timestamp(sighting.at.addingTimeInterval(-seconds)).text,
                Timestamp(sighting.at.addingTimeInterval(seconds)).text, sighting.place,
                sighting.collection?.rawValue ?? 0,
            ], in: database)
        return found.last { Timestamp($0.event.at).text <= at } ?? found.first
    }

    private static func add(
        _ sighting: Sighting, to row: Int64, _ event: AttendanceEvent, in database: Database
    ) throws -> AttendanceEvent {
        let lastSeen = max(event.lastSeen, Timestamp(sighting.at).date)
        let similarity = max(event.similarity, sighting.similarity)
        try database.cachedStatement(
            sql: "UPDATE attendance_event SET last_seen = ?, times_seen = times_seen + 1, similarity = ? WHERE id = ?"
        ).execute(arguments: [Timestamp(lastSeen).text, similarity, row])
        return AttendanceEvent(
            id: event.id, person: event.person, personName: event.personName, collection: event.collection,
            place: event.place, at: event.at, lastSeen: lastSeen, timesSeen: event.timesSeen + 1,
            similarity: similarity)
    }

    private func announce(
        _ event: AttendanceEvent, row: Int64, _ message: (AttendanceEvent) -> String, in database: Database
    ) throws {
        let webhooks = try WebhookTable.fetch(
            "is_active = 1 AND (collection_id IS NULL OR collection_id = ?)", [event.collection?.rawValue ?? 0],
            in: database
        ).filter { $0.events.contains(.attendance) }
        guard !webhooks.isEmpty else { return }
        let body = message(event)
        for webhook in webhooks {
            try DeliveryTable.insert(
                .attendance, to: webhook.id, body: body, event: row, now: connection.now(), in: database)
        }
    }
}
