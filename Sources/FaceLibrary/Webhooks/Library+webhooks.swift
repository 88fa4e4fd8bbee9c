public import FaceCore
public import FaceStore
public import Foundation

/// The addresses that are told of events.
extension Library {
    /// All webhooks, in the order in which they were made.
    public func webhooks() throws(LibraryError) -> [Webhook] {
        try storing { () throws(FaceStoreError) in try store.webhooks.all() }
    }

    /// - Throws: `LibraryError.unknownWebhook`.
    public func webhook(_ id: WebhookID) throws(LibraryError) -> Webhook {
        let webhook = try storing { () throws(FaceStoreError) in try store.webhooks.webhook(id) }
        guard let webhook else { throw .unknownWebhook(id.description) }
        return webhook
    }

    /// Makes a webhook, with a secret of its own.
    ///
    /// - Throws: `LibraryError.badWebhookAddress`, `.refusedWebhookAddress`; `.store` with
    ///   `FaceStoreError.tooManyWebhooks`, `.unknownCollection`, or what is wrong with the name.
    public func createWebhook(_ webhook: NewWebhook) throws(LibraryError) -> Webhook {
        try WebhookAddress.check(webhook.url, mayBePrivate: options.webhooksMayBePrivate)
        return try storing { () throws(FaceStoreError) in
            try store.webhooks.create(webhook, secret: WebhookSecret().text)
        }
    }

    /// - Throws: as `createWebhook`, and `LibraryError.store` with `FaceStoreError.unknownWebhook`.
    public func changeWebhook(_ id: WebhookID, _ change: WebhookChange) throws(LibraryError) -> Webhook {
        if let url = change.url { try WebhookAddress.check(url, mayBePrivate: options.webhooksMayBePrivate) }
        let webhook = try storing { () throws(FaceStoreError) in try store.webhooks.change(id, change) }
        announcements.ring()
        return webhook
    }

    /// Gives a webhook another secret. For a day messages carry a signature by each of the two.
    ///
    /// - Throws: `LibraryError.store` with `FaceStoreError.unknownWebhook`.
    public func rotateWebhook(_ id: WebhookID) throws(LibraryError) -> Webhook {
        try storing { () throws(FaceStoreError) in try store.webhooks.rotate(id, secret: WebhookSecret().text) }
    }

    /// - Throws: `LibraryError.store` with `FaceStoreError.unknownWebhook`.
    public func deleteWebhook(_ id: WebhookID) throws(LibraryError) {
        try storing { () throws(FaceStoreError) in try store.webhooks.delete(id) }
    }

    /// Sends a webhook a message that tells of nothing; it waits like any other.
    ///
    /// - Throws: `LibraryError.unknownWebhook`.
    public func testWebhook(_ id: WebhookID) throws(LibraryError) -> WebhookDelivery {
        let body = WebhookMessage.test(of: try webhook(id), at: Date())
        let delivery = try storing { () throws(FaceStoreError) in try store.webhooks.addTest(to: id, body: body) }
        announcements.ring()
        return delivery
    }

    /// Messages to a webhook, newest first.
    ///
    /// - Throws: `LibraryError.store` with `FaceStoreError.unknownWebhook`.
    public func deliveries(
        of id: WebhookID, state: WebhookDelivery.State?, after cursor: PageCursor?, limit: Int
    ) throws(LibraryError) -> Page<WebhookDelivery> {
        try storing { () throws(FaceStoreError) in
            try store.webhooks.deliveries(of: id, state: state, after: cursor, limit: limit)
        }
    }

    /// Sends a message again, whatever became of it.
    ///
    /// - Throws: `LibraryError.store` with `FaceStoreError.unknownWebhook`, `.unknownDelivery`.
    public func retry(_ delivery: DeliveryID, of id: WebhookID) throws(LibraryError) -> WebhookDelivery {
        let queued = try storing { () throws(FaceStoreError) in try store.webhooks.retry(delivery, of: id) }
        announcements.ring()
        return queued
    }
}
