public import FaceCore

/// The addresses that are told of events, and what they were told.
public protocol WebhookRepository: Sendable {
    /// All of them, in the order in which they were made.
    func all() throws(FaceStoreError) -> [Webhook]

    func webhook(_ id: WebhookID) throws(FaceStoreError) -> Webhook?

    /// - Throws: `FaceStoreError.tooManyWebhooks`, `.unknownCollection`, `.nameIsEmpty`, `.nameIsTooLong`,
    ///   `.nameHasControlCharacters`.
    func create(_ webhook: NewWebhook, secret: String) throws(FaceStoreError) -> Webhook

    /// - Throws: as `create`, and `FaceStoreError.unknownWebhook`.
    func change(_ id: WebhookID, _ change: WebhookChange) throws(FaceStoreError) -> Webhook

    /// Puts another secret in the place of the present one, which is kept as the former one.
    ///
    /// - Throws: `FaceStoreError.unknownWebhook`.
    func rotate(_ id: WebhookID, secret: String) throws(FaceStoreError) -> Webhook

    /// Forgets a webhook and all that it was or would have been told.
    ///
    /// - Throws: `FaceStoreError.unknownWebhook`.
    func delete(_ id: WebhookID) throws(FaceStoreError)

    /// Messages to a webhook, newest first, at most `limit`, after a cursor if one is given.
    ///
    /// - Parameter state: only those in it; nil for all.
    /// - Throws: `FaceStoreError.unknownWebhook`.
    func deliveries(
        of id: WebhookID, state: WebhookDelivery.State?, after cursor: PageCursor?, limit: Int
    ) throws(FaceStoreError) -> Page<WebhookDelivery>

    /// Queues a message that tells of nothing.
    ///
    /// - Throws: `FaceStoreError.unknownWebhook`.
    func addTest(to id: WebhookID, body: String) throws(FaceStoreError) -> WebhookDelivery

    /// Queues a message again, be it delivered, dead or waiting, with as many attempts as a new one.
    ///
    /// - Throws: `FaceStoreError.unknownWebhook`, `.unknownDelivery`.
    func retry(_ delivery: DeliveryID, of id: WebhookID) throws(FaceStoreError) -> WebhookDelivery
}
