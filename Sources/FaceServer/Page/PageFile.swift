import Crypto
import NIOCore

/// One file of the web page, ready to be served.
public struct PageFile: Sendable, Hashable {
    /// Where a browser asks for it: `/`, `/login`, `/page/app.js`, `/openapi.yaml`.
    public let path: String
    /// With the character set where it is text.
    public let contentType: String
    public let bytes: [UInt8]
    /// The same compressed with gzip; nil for what is compressed already, or would not get smaller.
    public let packed: [UInt8]?
    /// A strong entity tag in its quotation marks: the first 128 bits of the bytes' SHA-256, in hexadecimal.
    public let etag: String
    /// Whether a browser without the server's key may have it: the log-in form and what that form is made of.
    public let isOpen: Bool
    /// Whether the path changes with the bytes, so that a browser need never ask for it again.
    public let isImmutable: Bool

    init(path: String, contentType: String, bytes: [UInt8], isOpen: Bool, isImmutable: Bool = false) {
        self.path = path
        self.contentType = contentType
        self.bytes = bytes
        self.isOpen = isOpen
        self.isImmutable = isImmutable
        packed = Self.packed(bytes, contentType)
        etag = "\"\(Self.digest(bytes))\""
    }

    /// The first 128 bits of the SHA-256 of bytes, in hexadecimal.
    static func digest(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef")
        return SHA256.hash(data: bytes).prefix(16).map { "\(digits[Int($0 >> 4)])\(digits[Int($0 & 15)])" }.joined()
    }

    private static func packed(_ bytes: [UInt8], _ contentType: String) -> [UInt8]? {
        guard !contentType.hasPrefix("image/png"), let packed = GzipEncoding.gzip(ByteBuffer(bytes: bytes)),
            packed.readableBytes < bytes.count
        else { return nil }
        return Array(packed.readableBytesView)
    }
}
