import Crypto
public import FaceCore
import FaceStore
import Foundation

/// The bytes of a photo file and their SHA-256.
public struct PhotoBytes: Sendable {
    public let bytes: [UInt8]
    public let contentHash: ContentHash

    /// Reads a whole file.
    ///
    /// - Parameter limit: bytes; a larger file is refused before anything is read.
    /// - Throws: `PhotoIntakeError`.
    public init(contentsOf path: String, limit: Int) throws(PhotoIntakeError) {
        let size = try PhotoLocation(ofFileAt: path).byteCount
        guard size <= limit else { throw .tooManyBytes(size: size, limit: limit) }
        bytes = try Self.read(path, size: size)
        contentHash = Self.hash(bytes)
    }

    /// The SHA-256 of bytes.
    public static func hash(_ bytes: [UInt8]) -> ContentHash {
        let digest = SHA256.hash(data: bytes)
        return ContentHash(rawValue: digest.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined())
    }

    private static func read(_ path: String, size: Int) throws(PhotoIntakeError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(reason: String(cString: strerror(errno))) }
        defer { close(descriptor) }
        var failure: String?
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                let got = Foundation.read(descriptor, buffer.baseAddress! + count, size - count)
                if got > 0 {
                    count += got
                } else if got == 0 {
                    break
                } else if errno != EINTR {
                    failure = String(cString: strerror(errno))
                    break
                }
            }
        }
        if let failure { throw .unreadable(reason: failure) }
        return bytes
    }
}
