public import Foundation

/// An integer that names a row of one kind, so that a face's number is never taken for a person's.
public struct Identifier<Kind>: Sendable, Hashable, Codable, RawRepresentable, Comparable, CustomStringConvertible {
    public let rawValue: Int64

    public init(rawValue: Int64) { self.rawValue = rawValue }
    public init(_ rawValue: Int64) { self.rawValue = rawValue }
    public var description: String { String(rawValue) }

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    public init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(Int64.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

public enum PhotoKind: Sendable {}
public enum FaceKind: Sendable {}
public enum PersonKind: Sendable {}
public enum KeyKind: Sendable {}
public enum CollectionKind: Sendable {}
public enum WebhookKind: Sendable {}

public typealias PhotoID = Identifier<PhotoKind>
public typealias FaceID = Identifier<FaceKind>
public typealias PersonID = Identifier<PersonKind>
public typealias KeyID = Identifier<KeyKind>
public typealias CollectionID = Identifier<CollectionKind>
public typealias WebhookID = Identifier<WebhookKind>
public typealias TaskID = UUID
/// Of an event of attendance.
public typealias EventID = UUID
/// Of a message to a webhook, the same at each attempt to send it.
public typealias DeliveryID = UUID

/// The SHA-256 of a file's bytes, as 64 lower-case hexadecimal digits: what makes two files the same photo.
public struct ContentHash: Sendable, Hashable, Codable, RawRepresentable, CustomStringConvertible {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }
    public var description: String { rawValue }

    public init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}
