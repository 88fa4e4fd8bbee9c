import Crypto
import HTTPTypes
import NIOCore

/// An answer of JSON as the cache keeps it: with all that its response needs, so that one out of the cache costs no work.
///
/// In bytes: the entity tag, the cursor and a line break, the JSON.
struct StoredAnswer: Sendable, Hashable {
    /// A weak one, `W/"0123456789abcdef"`, for the JSON may go out compressed: 64 bits of its SHA-256.
    let tag: String
    /// Where the next part of a list begins; nil where there is none.
    let nextCursor: String?
    let json: ByteBuffer

    private static let tagLength = 20

    init(_ json: ByteBuffer, nextCursor: String? = nil) {
        tag = "W/\"\(Hexadecimal.string(SHA256.hash(data: json.readableBytesView).prefix(8)))\""
        self.nextCursor = nextCursor
        self.json = json
    }

    /// Nil when the bytes are not such an answer.
    init?(_ bytes: [UInt8]) {
        guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")), end >= Self.tagLength else { return nil }
        tag = String(decoding: bytes[..<Self.tagLength], as: UTF8.self)
        nextCursor = end > Self.tagLength ? String(decoding: bytes[Self.tagLength..<end], as: UTF8.self) : nil
        json = ByteBuffer(bytes: bytes[(end + 1)...])
    }

    /// The fields of its response, but for those that belong to a request.
    var fields: HTTPFields {
        var fields = HTTPFields.json(length: json.readableBytes)
        fields[.eTag] = tag
        if let nextCursor { fields[.xNextCursor] = nextCursor }
        return fields
    }

    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.tagLength + (nextCursor?.utf8.count ?? 0) + 1 + json.readableBytes)
        bytes.append(contentsOf: tag.utf8)
        if let nextCursor { bytes.append(contentsOf: nextCursor.utf8) }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: json.readableBytesView)
        return bytes
    }
}
