import FaceCore

struct SQLWebhookRepository: WebhookRepository {
    let connection: LibraryConnection
    /// Each may occupy a thread that sends.
    var capacity = 64

    func all() throws(FaceStoreError) -> [Webhook] {
        try connection.read { try WebhookTable.fetch("1 = 1", [], in: $0) }
    }

    func webhook(_ id: WebhookID) throws(FaceStoreError) -> Webhook? {
        try connection.read { try WebhookTable.fetch("id = ?", [id.rawValue], in: $0).first }
    }

    func create(_ webhook: NewWebhook, secret: String) throws(FaceStoreError) -> Webhook {
        let name = try PersonName(webhook.name).text
        return try connection.write { database in
            guard try Int.fetchOne(database, sql: "SELECT count(*) FROM webhook") ?? 0 < capacity else {
                throw FaceStoreError.tooManyWebhooks(limit: capacity)
            }
            try Self.check(webhook.collection, in: database)
            let now = connection.now()
            try database.execute(
                sql: """
                    INSERT INTO webhook (name, url, collection_id, events, is_active, secret, created_at, updated_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    name, webhook.url, webhook.collection?.rawValue, WebhookTable.text(webhook.events),
                    webhook.isActive, secret, now, now,
                ])
            return try WebhookTable.known(WebhookID(database.lastInsertedRowID), in: database)
        }
    }

    func change(_ id: WebhookID, _ change: WebhookChange) throws(FaceStoreError) -> Webhook {
        let name: String? = if let name = change.name { try PersonName(name).text } else { nil }
        return try connection.write { database in
            let present = try WebhookTable.known(id, in: database)
            let collection = change.collection ?? present.collection
            if change.collection != nil { try Self.check(collection, in: database) }
            try database.execute(
                sql: """
                    UPDATE webhook SET name = ?, url = ?, collection_id = ?, events = ?, is_active = ?, updated_at = ?
                    WHERE id = ?
                    """,
                arguments: [
                    name ?? present.name, change.url ?? present.url, collection?.rawValue,
                    WebhookTable.text(change.events ?? present.events), change.isActive ?? present.isActive,
                    connection.now(), id.rawValue,
                ])
            return try WebhookTable.known(id, in: database)
        }
    }

    func rotate(_ id: WebhookID, secret: String) throws(FaceStoreError) -> Webhook {
        try connection.write { database in
            _ = try WebhookTable.known(id, in: database)
            try database.execute(
                sql: "UPDATE webhook SET former_secret = secret, secret = ?, rotated_at = ? WHERE id = ?",
                arguments: [secret, connection.now(), id.rawValue])
            return try WebhookTable.known(id, in: database)
        }
    }

    func delete(_ id: WebhookID) throws(FaceStoreError) {
        try connection.write { database in
            _ = try WebhookTable.known(id, in: database)
            try database.execute(sql: "DELETE FROM webhook WHERE id = ?", arguments: [id.rawValue])
        }
    }

    // MARK: Messages

    func deliveries(
        of id: WebhookID, state: WebhookDelivery.State?, after cursor: PageCursor?, limit: Int
    ) throws(FaceStoreError) -> Page<WebhookDelivery> {
        try connection.read { database in
            _ = try WebhookTable.known(id, in: database)
            let ofState = state == nil ? "" : "state = ? AND "
            let first: StatementArguments = state.map { [$0.rawValue] } ?? []
            let rest: StatementArguments = [id.rawValue, cursor?.id ?? .max, limit.andOneMore]
            let rows = try DeliveryTable.fetch(
                """
                \(ofState)webhook_id = ? AND webhook_delivery.id < ? ORDER BY webhook_delivery.id DESC LIMIT ?
                """, first + rest, in: database)
            return Page(rows, limit: limit, element: { $0.delivery }) { PageCursor(id: $0.row) }
        }
    }

    func addTest(to id: WebhookID, body: String) throws(FaceStoreError) -> WebhookDelivery {
        try connection.write { database in
            _ = try WebhookTable.known(id, in: database)
            let delivery = try DeliveryTable.insert(
                .test, to: id, body: body, event: nil, now: connection.now(), in: database)
            return try DeliveryTable.known(delivery, of: id, in: database).delivery
        }
    }

    func retry(_ delivery: DeliveryID, of id: WebhookID) throws(FaceStoreError) -> WebhookDelivery {
        try connection.write { database in
            _ = try WebhookTable.known(id, in: database)
            let known = try DeliveryTable.known(delivery, of: id, in: database)
            // Whoever is sending it at the moment has it until he is done.
            try database.execute(
                sql: """
                    UPDATE webhook_delivery SET state = 'pending', due_at = ?, ended_at = NULL, attempts = 0 WHERE id = ?
                    """,
                arguments: [connection.now(), known.row])
            return try DeliveryTable.known(delivery, of: id, in: database).delivery
        }
    }

    private static func check(_ collection: CollectionID?, in database: Database) throws {
        guard let collection else { return }
        let exists = "SELECT EXISTS (SELECT * FROM collection WHERE id = ?)"
        guard try Bool.fetchOne(database, sql: exists, arguments: [collection.rawValue]) == true else {
            throw FaceStoreError.unknownCollection(collection)
        }
    }
}
