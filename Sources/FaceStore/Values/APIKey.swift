public import FaceCore
public import Foundation

/// What a key may be used for.
public enum KeyScope: String, Sendable, Hashable, CaseIterable, Codable {
    /// Looking at people, photos and tasks.
    case read
    /// Uploads, edits and deletions.
    case write
    /// Sending images to be recognised, of which nothing is kept.
    case recognise
    /// Keys and the log of requests; and everything that the others may.
    case admin
}

/// How many requests a key may make: a bucket of tokens, one a request, that fills up at a steady pace.
public struct KeyRateLimit: Sendable, Hashable {
    /// Tokens that come in a minute.
    public let requestsPerMinute: Int
    /// Tokens that the bucket holds: how many requests may come at once.
    public let burst: Int

    /// Nil unless both are positive; without a burst it is what comes in a minute.
    public init?(requestsPerMinute: Int, burst: Int? = nil) {
        guard requestsPerMinute > 0, burst ?? 1 > 0 else { return nil }
        self.requestsPerMinute = requestsPerMinute
        self.burst = burst ?? requestsPerMinute
    }
}

/// The hashes by which a key is known: SHA-256 as 64 lower-case hexadecimal digits. A key is random and long, so that
/// nothing slower is needed.
public struct KeyDigests: Sendable, Hashable {
    /// Of the key itself.
    public let key: String
    /// Of what a browser gets for it.
    public let session: String
    /// The beginning of the key, by which people tell it from others.
    public let hint: String

    public init(key: String, session: String, hint: String) {
        self.key = key
        self.session = session
        self.hint = hint
    }
}

/// A key of the API, all but the secret itself.
public struct APIKey: Sendable, Hashable {
    public let id: KeyID
    /// Of 1 to 255 characters; no two that are not revoked have one name.
    public let name: String
    public let scopes: Set<KeyScope>
    /// The one collection that it is for; nil for the whole library.
    public let collection: CollectionID?
    /// Nil: as many requests as it likes.
    public let limit: KeyRateLimit?
    public let digests: KeyDigests
    public let createdAt: Date
    /// When its secret was last replaced.
    public let rotatedAt: Date?
    /// When it ended for good.
    public let revokedAt: Date?

    public init(
        id: KeyID, name: String, scopes: Set<KeyScope>, collection: CollectionID? = nil, limit: KeyRateLimit?,
        digests: KeyDigests, createdAt: Date, rotatedAt: Date? = nil, revokedAt: Date? = nil
    ) {
        self.collection = collection
        self.id = id
        self.name = name
        self.scopes = scopes
        self.limit = limit
        self.digests = digests
        self.createdAt = createdAt
        self.rotatedAt = rotatedAt
        self.revokedAt = revokedAt
    }

    /// Whether the key may be used for something.
    public func allows(_ scope: KeyScope) -> Bool { scopes.contains(scope) || scopes.contains(.admin) }
}

/// A key that is about to be made.
public struct NewAPIKey: Sendable, Hashable {
    public var name: String
    public var scopes: Set<KeyScope>
    /// The one collection that it is for; nil for the whole library.
    public var collection: CollectionID?
    public var limit: KeyRateLimit?

    public init(
        name: String, scopes: Set<KeyScope>, collection: CollectionID? = nil, limit: KeyRateLimit? = nil
    ) {
        self.collection = collection
        self.name = name
        self.scopes = scopes
        self.limit = limit
    }
}
