public import FaceCore
public import Foundation

/// What webhooks are told of.
public enum WebhookEvent: String, Sendable, Hashable, CaseIterable {
    /// Somebody was recognised somewhere, for the first time within the window.
    case attendance
}

/// An address that is told of events.
public struct Webhook: Sendable, Hashable {
    public let id: WebhookID
    /// Of 1 to 255 characters.
    public let name: String
    public let url: String
    /// Only events of this collection; nil for all.
    public let collection: CollectionID?
    public let events: Set<WebhookEvent>
    /// One that is off is told of nothing that happens meanwhile, and what waits for it goes on waiting.
    public let isActive: Bool
    /// With which messages are signed.
    public let secret: String
    /// The one before the last rotation; nil when there was none.
    public let formerSecret: String?
    public let createdAt: Date
    public let updatedAt: Date
    public let rotatedAt: Date?

    public init(
        id: WebhookID, name: String, url: String, collection: CollectionID?, events: Set<WebhookEvent>, isActive: Bool,
        secret: String, formerSecret: String?, createdAt: Date, updatedAt: Date, rotatedAt: Date?
    ) {
        self.id = id
        self.name = name
        self.url = url
        self.collection = collection
        self.events = events
        self.isActive = isActive
        self.secret = secret
        self.formerSecret = formerSecret
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.rotatedAt = rotatedAt
    }
}

/// What a webhook is to be.
public struct NewWebhook: Sendable, Hashable {
    public var name: String
    public var url: String
    public var collection: CollectionID?
    public var events: Set<WebhookEvent>
    public var isActive: Bool

    public init(
        name: String, url: String, collection: CollectionID? = nil, events: Set<WebhookEvent> = [.attendance],
        isActive: Bool = true
    ) {
        self.name = name
        self.url = url
        self.collection = collection
        self.events = events
        self.isActive = isActive
    }
}

/// What is to change of a webhook; what is nil stays.
public struct WebhookChange: Sendable, Hashable {
    public var name: String?
    public var url: String?
    /// Nil within: all collections.
    public var collection: CollectionID??
    public var events: Set<WebhookEvent>?
    public var isActive: Bool?

    public init(
        name: String? = nil, url: String? = nil, collection: CollectionID?? = nil, events: Set<WebhookEvent>? = nil,
        isActive: Bool? = nil
    ) {
        self.name = name
        self.url = url
        self.collection = collection
        self.events = events
        self.isActive = isActive
    }
}
