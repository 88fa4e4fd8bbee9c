package import Foundation
package import HTTPTypes

/// By what a client knows whether what it has is still right.
package struct EntityVersion: Sendable {
    /// With its quotation marks, and `W/` before them where it is a weak one.
    package var etag: String
    package var modifiedAt: Date?

    package init(etag: String, modifiedAt: Date? = nil) {
        self.etag = etag
        self.modifiedAt = modifiedAt
    }

    /// Whether the request says that it has this version (RFC 9110, 13.2.2): the tags decide where there are some, weak or
    /// strong, else the date.
    package func isKnown(by fields: HTTPFields) -> Bool {
        if let tags = fields[.ifNoneMatch] {
            return tags.split(separator: ",").contains { tag in
                let tag = String(tag).trimmedOfSpaces
                return tag == "*" || Self.opaque(tag) == Self.opaque(etag)
            }
        }
        guard let since = fields[.ifModifiedSince].flatMap(HTTPDate.date), let modifiedAt else { return false }
        return modifiedAt.timeIntervalSince1970.rounded(.down) <= since.timeIntervalSince1970
    }

    /// The range that counts: none when the rest of a file was asked for that has changed since.
    package func range(in fields: HTTPFields, length: Int) -> ByteRange {
        if let condition = fields[.ifRange] {
            let isSame =
                condition.hasPrefix("\"")
                ? condition == etag : HTTPDate.date(from: condition) == modifiedAt.map(Self.wholeSeconds)
            guard isSame else { return .whole }
        }
        return ByteRange(fields[.range], length: length)
    }

    package var fields: HTTPFields {
        var fields: HTTPFields = [.eTag: etag]
        if let modifiedAt { fields[.lastModified] = HTTPDate.string(from: modifiedAt) }
        return fields
    }

    private static func opaque(_ tag: String) -> Substring { tag.hasPrefix("W/") ? tag.dropFirst(2) : tag[...] }

    private static func wholeSeconds(_ date: Date) -> Date {
        Date(timeIntervalSince1970: date.timeIntervalSince1970.rounded(.down))
    }
}
