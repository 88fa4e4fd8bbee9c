import FaceCore
import FaceLibrary
import FaceStore
import HTTPTypes
import Hummingbird

/// The addresses that are told of events, and what became of the messages to them.
struct WebhookRoutes: Sendable {
    let library: Library
    let calls: BlockingCalls
    let bodyLimit: Int

    func add(to routes: RouteTable) {
        routes.route("/api/webhooks", [.get: .admin(list), .post: .admin(create)])
        routes.route("/api/webhooks/{id}", [.get: .admin(show), .patch: .admin(change), .delete: .admin(delete)])
        routes.route("/api/webhooks/{id}/rotate", [.post: .admin(rotate)])
        routes.route("/api/webhooks/{id}/test", [.post: .admin(test)])
        routes.route("/api/webhooks/{id}/deliveries", [.get: .admin(deliveries)])
        routes.route("/api/webhooks/{id}/deliveries/{delivery}/retry", [.post: .admin(retry)])
    }

    // MARK: Webhooks

    @Sendable private func list(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let library = library
        let webhooks = try await calls.run { try library.webhooks() }
        var writer = JSONWriter()
        writer.array(webhooks) { json, webhook in json.object { $0.writeFields(of: webhook) } }
        return .json(writer.buffer)
    }

    @Sendable private func create(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let body = try JSONBody(await request.body(upTo: bodyLimit))
        guard let name = try? body.text("name") else { throw APIError.nameMissing }
        guard let url = try body.text("url") else { throw APIError.missingParameter(name: "url") }
        let webhook = NewWebhook(
            name: name, url: url, collection: try body.id("collection"), events: try Self.events(body) ?? [.attendance],
            isActive: try body.flag("active") ?? true)
        return try await answerWithSecret { try $0.createWebhook(webhook) }
    }

    @Sendable private func show(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let id = try Self.id(context)
        let library = library
        let webhook = try await calls.run { try library.webhook(id) }
        return .json { $0.writeFields(of: webhook) }
    }

    /// Changes what the body names and leaves the rest; a collection of null is all of them.
    @Sendable private func change(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let id = try Self.id(context)
        let body = try JSONBody(await request.body(upTo: bodyLimit))
        var change = WebhookChange(
            name: try body.text("name"), url: try body.text("url"), events: try Self.events(body),
            isActive: try body.flag("active"))
        if body.has("collection") { change.collection = .some(try body.id("collection")) }
        let (library, wanted) = (library, change)
        let webhook = try await calls.run { try library.changeWebhook(id, wanted) }
        return .json { $0.writeFields(of: webhook) }
    }

    @Sendable private func delete(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let id = try Self.id(context)
        let library = library
        try await calls.run { () throws in try library.deleteWebhook(id) }
        return .json { $0.field("message", Sentences(context.language).webhookDeleted) }
    }

    @Sendable private func rotate(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let id = try Self.id(context)
        return try await answerWithSecret { try $0.rotateWebhook(id) }
    }

    // MARK: Messages

    @Sendable private func test(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let id = try Self.id(context)
        let library = library
        let delivery = try await calls.run { try library.testWebhook(id) }
        return .json(status: .accepted) { $0.writeFields(of: delivery) }
    }

    @Sendable private func deliveries(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let id = try Self.id(context)
        let query = QueryParameters(request)
        let limit = try query.integer("limit", in: 1...1000) ?? 100
        let cursor = try query.cursor()
        var state: WebhookDelivery.State?
        if let text = try query.text("state") {
            state = WebhookDelivery.State(rawValue: text)
            guard state != nil else { throw APIError.invalidParameter(name: "state") }
        }
        let (library, wanted) = (library, state)
        let page = try await calls.run { try library.deliveries(of: id, state: wanted, after: cursor, limit: limit) }
        var writer = JSONWriter()
        writer.array(page.elements) { json, delivery in json.object { $0.writeFields(of: delivery) } }
        var response = Response.json(writer.buffer)
        if let next = page.next { response.headers[.xNextCursor] = next.description }
        return response
    }

    @Sendable private func retry(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let id = try Self.id(context)
        let text = context.parameters.get("delivery") ?? ""
        guard let delivery = DeliveryID(name: text) else { throw LibraryError.unknownDelivery(String(text.prefix(64))) }
        let library = library
        let queued = try await calls.run { try library.retry(delivery, of: id) }
        return .json(status: .accepted) { $0.writeFields(of: queued) }
    }

    // MARK: -

    /// The secret goes out once, and no cache on the way keeps it.
    private func answerWithSecret(
        _ change: @escaping @Sendable (Library) throws -> Webhook
    ) async throws -> Response {
        let library = library
        let webhook = try await calls.run { try change(library) }
        var response = Response.json { json in
            json.writeFields(of: webhook)
            json.field("secret", webhook.secret)
        }
        response.headers[.cacheControl] = "no-store"
        return response
    }

    private static func events(_ body: JSONBody) throws(APIError) -> Set<WebhookEvent>? {
        guard let names = try body.texts("events") else { return nil }
        var events: Set<WebhookEvent> = []
        for name in names {
            guard let event = WebhookEvent(rawValue: name) else { throw .invalidParameter(name: "events") }
            events.insert(event)
        }
        guard !events.isEmpty else { throw .invalidParameter(name: "events") }
        return events
    }

    private static func id(_ context: ServerRequestContext) throws(APIError) -> WebhookID {
        WebhookID(try context.number { .library(.unknownWebhook($0)) })
    }
}

extension JSONWriter {
    fileprivate mutating func writeFields(of webhook: Webhook) {
        field("id", webhook.id)
        field("name", webhook.name)
        field("url", webhook.url)
        field("collection", webhook.collection)
        field("events", array: webhook.events.map(\.rawValue).sorted()) { $0.value($1) }
        field("active", webhook.isActive)
        field("created_at", webhook.createdAt)
        field("updated_at", webhook.updatedAt)
        field("rotated_at", webhook.rotatedAt)
    }

    fileprivate mutating func writeFields(of delivery: WebhookDelivery) {
        field("id", delivery.id.name)
        field("webhook", delivery.webhook)
        field("type", delivery.kind.rawValue)
        field("event", delivery.event?.name)
        field("state", delivery.state.rawValue)
        field("attempts", delivery.attempts)
        field("next_attempt_at", delivery.dueAt)
        field("created_at", delivery.createdAt)
        field("last_attempt_at", delivery.attemptedAt)
        field("ended_at", delivery.endedAt)
        name("status")
        if let status = delivery.status { value(status) } else { null() }
        field("error", delivery.failure)
    }
}
