import FaceCore
import Foundation

/// Rows of `attendance_event`.
enum AttendanceTable {
    /// Events that meet a condition, with their people, who are not deleted.
    static func fetch(
        _ condition: String, _ arguments: StatementArguments, in database: Database
    ) throws -> [(row: Int64, event: AttendanceEvent)] {
        let sql = """
            SELECT attendance_event.*, person.name AS person_name
            FROM attendance_event JOIN person ON person.id = attendance_event.person_id AND person.deleted_at IS NULL
            WHERE \(condition)
            """
        return try Row.fetchAll(database.cachedStatement(sql: sql), arguments: arguments).map {
            ($0["id"], try AttendanceEvent(row: $0))
        }
    }

    static func event(_ id: EventID, in database: Database) throws -> (row: Int64, event: AttendanceEvent)? {
        try fetch("attendance_event.event_id = ?", [id.name], in: database).first
    }

    // MARK: People

    /// The events of somebody who was merged into another one become that one's.
    static func follow(_ absorbed: Int64, into survivor: Int64, in database: Database) throws {
        try database.cachedStatement(sql: "UPDATE attendance_event SET person_id = ? WHERE person_id = ?")
            .execute(arguments: [survivor, absorbed])
    }

    /// The events of which somebody brought the people along that came back with her are hers again.
    static func giveBack(_ herself: Set<Int64>, to person: Int64, in database: Database) throws {
        let statement = try database.cachedStatement(
            sql: "UPDATE attendance_event SET person_id = ? WHERE seen_as_id = ?")
        for id in herself.sorted() { try statement.execute(arguments: [person, id]) }
    }

    /// Forgets the events of people, and what was to be told of them.
    static func erase(_ people: Set<Int64>, in database: Database) throws {
        let statement = try database.cachedStatement(
            sql: "DELETE FROM attendance_event WHERE person_id = ?1 OR seen_as_id = ?1")
        for id in people.sorted() { try statement.execute(arguments: [id]) }
    }
}

extension AttendanceEvent {
    fileprivate init(row: Row) throws {
        let text: String = row["event_id"]
        guard let id = EventID(name: text) else { throw FaceStoreError.unexpected(detail: "an event has no id") }
        let person = PersonID(row["person_id"])
        let timesSeen: Int64 = row["times_seen"]
        self.init(
            id: id, person: person, personName: row["person_name"] ?? Person.placeholder(for: person),
            collection: (row["collection_id"] as Int64?).map { CollectionID($0) }, place: row["place"],
            at: try row.date("at"), lastSeen: try row.date("last_seen"), timesSeen: Int(timesSeen),
            similarity: row["similarity"])
    }
}
