public import FaceCore
public import Foundation

/// The messages that wait to be sent, shared by all processes: each is in one's hands at a time, until he is done with it or
/// his lease ends.
public protocol WebhookQueue: Sendable {
    /// The active webhooks for which something is due.
    func webhooksWithWork() throws(FaceStoreError) -> [WebhookID]

    /// Takes what has been due for a webhook for the longest time into one's hands; nil when nothing is, or it is off.
    func claim(of webhook: WebhookID, lease: Duration) throws(FaceStoreError) -> ClaimedDelivery?

    /// Notes what came of a claim. After a delivery those messages to the webhook are due at once whose last attempt nobody
    /// answered: its receiver is back. That happens three times to a message at most, so that one which itself keeps the
    /// receiver from answering goes by its own times again.
    ///
    /// One that somebody wants sent again meanwhile is not given up, whatever the outcome says. A webhook is switched off
    /// only if it still has the address that the message went to.
    ///
    /// - Returns: false when the message is in other hands by now, or gone; nothing has changed then.
    @discardableResult
    func finish(_ claim: ClaimedDelivery, _ outcome: DeliveryOutcome) throws(FaceStoreError) -> Bool

    /// Forgets messages that ended long ago, and those that were given up or wait for a webhook that is off.
    ///
    /// - Parameters:
    ///   - delivered: seconds since the end of those that arrived.
    ///   - dead: seconds since the end of those that were given up, and since what waits came.
    /// - Returns: how many.
    @discardableResult
    func prune(deliveredFor delivered: Double, deadFor dead: Double) throws(FaceStoreError) -> Int
}
