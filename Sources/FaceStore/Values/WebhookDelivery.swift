public import FaceCore
public import Foundation

/// A message to a webhook, and how far it got.
public struct WebhookDelivery: Sendable, Hashable {
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// It waits for its next attempt, or is being sent.
        case pending
        case delivered
        /// Given up.
        case dead
    }

    public enum Kind: String, Sendable, Hashable {
        case attendance
        /// Sent on request, to see whether messages arrive.
        case test
    }

    public let id: DeliveryID
    public let webhook: WebhookID
    public let kind: Kind
    /// What it tells of; nil for a test.
    public let event: EventID?
    public let state: State
    /// Attempts that ended.
    public let attempts: Int
    /// When it is sent the next time; nil when it is not.
    public let dueAt: Date?
    public let createdAt: Date
    /// When the last attempt ended.
    public let attemptedAt: Date?
    /// When it was delivered or given up.
    public let endedAt: Date?
    /// What the receiver last answered with; nil when he did not.
    public let status: Int?
    /// Why the last attempt failed, as a sentence; nil when it did not.
    public let failure: String?

    public init(
        id: DeliveryID, webhook: WebhookID, kind: Kind, event: EventID?, state: State, attempts: Int, dueAt: Date?,
        createdAt: Date, attemptedAt: Date?, endedAt: Date?, status: Int?, failure: String?
    ) {
        self.id = id
        self.webhook = webhook
        self.kind = kind
        self.event = event
        self.state = state
        self.attempts = attempts
        self.dueAt = dueAt
        self.createdAt = createdAt
        self.attemptedAt = attemptedAt
        self.endedAt = endedAt
        self.status = status
        self.failure = failure
    }
}

/// A message in the hands of who sends it.
public struct ClaimedDelivery: Sendable, Hashable {
    public let id: DeliveryID
    public let webhook: Webhook
    /// JSON, the same at every attempt.
    public let body: String
    /// Attempts that ended before.
    public let attempts: Int
    /// When it was claimed, by the clock that all processes share.
    public let claimedAt: Date
    /// Which claim this is: a later one ends it.
    public let lease: Int64

    public init(id: DeliveryID, webhook: Webhook, body: String, attempts: Int, claimedAt: Date, lease: Int64) {
        self.claimedAt = claimedAt
        self.id = id
        self.webhook = webhook
        self.body = body
        self.attempts = attempts
        self.lease = lease
    }
}

/// What came of an attempt to send a message.
public enum DeliveryOutcome: Sendable, Hashable {
    case delivered(status: Int)
    /// It is sent again after so many seconds.
    case failed(status: Int?, reason: String, after: Double)
    /// It is given up; the webhook is switched off when its receiver says that there is none any more.
    case dead(status: Int?, reason: String, endsWebhook: Bool)
}
