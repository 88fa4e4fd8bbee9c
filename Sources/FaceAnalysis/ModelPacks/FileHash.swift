import Crypto
import FaceCore
import Foundation

/// The SHA-256 of files and bytes, as 64 lower-case hexadecimal digits.
enum FileHash {
    /// Bytes that are held in memory at a time.
    static let chunk = 1 << 20

    static func of(_ bytes: some DataProtocol) -> String { hex(SHA256.hash(data: bytes)) }

    /// Reads the file in chunks; models have hundreds of megabytes.
    static func ofFile(at url: URL) throws(ModelPackError) -> String {
        let input = try InputFile(url)
        var hash = SHA256()
        while let bytes = try input.read(atMost: chunk) { hash.update(data: bytes) }
        return hex(hash.finalize())
    }

    static func hex(_ digest: SHA256.Digest) -> String {
        let digits = Array("0123456789abcdef")
        var text = ""
        for byte in digest {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return text
    }
}
