import Crypto

/// One file of the web page, ready to be served.
public struct PageFile: Sendable, Hashable {
    /// Where a browser asks for it: `/`, `/login`, `/page/app.js`, `/openapi.yaml`.
    public let path: String
    /// With the character set where it is text.
    public let contentType: String
    public let bytes: [UInt8]
    /// A strong entity tag in its quotation marks: the first 128 bits of the bytes' SHA-256, in hexadecimal.
    public let etag: String
    /// Whether a browser without the server's key may have it: the log-in form and what that form is made of.
    public let isOpen: Bool

    init(path: String, contentType: String, bytes: [UInt8], isOpen: Bool) {
        self.path = path
        self.contentType = contentType
        self.bytes = bytes
        self.isOpen = isOpen
        etag = PageFile.etag(of: bytes)
    }

    private static func etag(of bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef")
        let hash = SHA256.hash(data: bytes).prefix(16)
        return "\"" + hash.map { "\(digits[Int($0 >> 4)])\(digits[Int($0 & 15)])" }.joined() + "\""
    }
}
