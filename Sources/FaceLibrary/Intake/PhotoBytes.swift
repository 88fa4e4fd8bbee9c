import Crypto
public import FaceCore
import Imaging

/// The bytes of a photo file and their SHA-256.
public struct PhotoBytes: Sendable {
    public let bytes: [UInt8]
    public let contentHash: ContentHash

    /// Reads a whole file; of one whose beginning is of no photo nothing but the beginning.
    ///
    /// - Parameter limit: bytes; a larger file is refused before its bulk is read.
    /// - Throws: `PhotoIntakeError.unreadable`, `.tooManyBytes` or `.notAPhoto`.
    public init(contentsOf path: String, limit: Int) throws(PhotoIntakeError) {
        do {
            bytes = try PhotoFileReader(path: path).bytes(atMost: limit)
        } catch {
            throw PhotoIntakeError(error)
        }
        contentHash = Self.hash(bytes)
    }

    /// The SHA-256 of bytes.
    public static func hash(_ bytes: [UInt8]) -> ContentHash {
        let digest = SHA256.hash(data: bytes)
        return ContentHash(rawValue: digest.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined())
    }
}
