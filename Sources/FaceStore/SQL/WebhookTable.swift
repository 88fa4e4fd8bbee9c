import FaceCore
import Foundation

/// Rows of `webhook`.
enum WebhookTable {
    static func fetch(
        _ condition: String, _ arguments: StatementArguments, in database: Database
    ) throws -> [Webhook] {
        let sql = "SELECT * FROM webhook WHERE \(condition) ORDER BY id"
        return try Row.fetchAll(database.cachedStatement(sql: sql), arguments: arguments).map(Webhook.init(row:))
    }

    static func known(_ id: WebhookID, in database: Database) throws -> Webhook {
        guard let webhook = try fetch("id = ?", [id.rawValue], in: database).first else {
            throw FaceStoreError.unknownWebhook(id)
        }
        return webhook
    }

    static func text(_ events: Set<WebhookEvent>) -> String {
        events.map(\.rawValue).sorted().joined(separator: " ")
    }
}

extension Webhook {
    fileprivate init(row: Row) throws {
        let events: String = row["events"]
        self.init(
            id: WebhookID(row["id"]), name: row["name"], url: row["url"],
            collection: (row["collection_id"] as Int64?).map { CollectionID($0) },
            // What a later version tells of, this one does not know.
            events: Set(events.split(separator: " ").compactMap { WebhookEvent(rawValue: String($0)) }),
            isActive: row["is_active"], secret: row["secret"], formerSecret: row["former_secret"],
            createdAt: try row.date("created_at"), updatedAt: try row.date("updated_at"),
            rotatedAt: row.isNull("rotated_at") ? nil : try row.date("rotated_at"))
    }
}

/// Rows of `webhook_delivery`.
enum DeliveryTable {
    @discardableResult
    static func insert(
        _ kind: WebhookDelivery.Kind, to webhook: WebhookID, body: String, event: Int64?, now: String,
        in database: Database
    ) throws -> DeliveryID {
        let id = DeliveryID()
        try database.cachedStatement(
            sql: """
                INSERT INTO webhook_delivery (delivery_id, webhook_id, event_row, kind, body, state, due_at, created_at)
                VALUES (?, ?, ?, ?, ?, 'pending', ?, ?)
                """
        ).execute(arguments: [id.name, webhook.rawValue, event, kind.rawValue, body, now, now])
        return id
    }

    static func fetch(
        _ condition: String, _ arguments: StatementArguments, in database: Database
    ) throws -> [(row: Int64, delivery: WebhookDelivery)] {
        let sql = """
            SELECT webhook_delivery.*, attendance_event.event_id AS event_id
            FROM webhook_delivery LEFT JOIN attendance_event ON attendance_event.id = webhook_delivery.event_row
            WHERE \(condition)
            """
        return try Row.fetchAll(database.cachedStatement(sql: sql), arguments: arguments).map {
            ($0["id"], try WebhookDelivery(row: $0))
        }
    }

    static func known(
        _ id: DeliveryID, of webhook: WebhookID, in database: Database
    ) throws -> (row: Int64, delivery: WebhookDelivery) {
        let found = try fetch(
            "webhook_delivery.delivery_id = ? AND webhook_id = ?", [id.name, webhook.rawValue], in: database)
        guard let known = found.first else { throw FaceStoreError.unknownDelivery(id) }
        return known
    }

    static func id(_ text: String) throws -> DeliveryID {
        guard let id = DeliveryID(name: text) else { throw FaceStoreError.unexpected(detail: "a delivery has no id") }
        return id
    }
}

extension WebhookDelivery {
    fileprivate init(row: Row) throws {
        let attempts: Int64 = row["attempts"]
        func date(_ column: String) throws -> Date? { row.isNull(column) ? nil : try row.date(column) }
        self.init(
            id: try DeliveryTable.id(row["delivery_id"]), webhook: WebhookID(row["webhook_id"]),
            kind: try row.value("kind", as: Kind.self),
            event: (row["event_id"] as String?).flatMap { EventID(name: $0) },
            state: try row.value("state", as: State.self), attempts: Int(attempts), dueAt: try date("due_at"),
            createdAt: try row.date("created_at"), attemptedAt: try date("attempted_at"), endedAt: try date("ended_at"),
            status: (row["status"] as Int64?).map { Int($0) }, failure: row["failure"])
    }
}
