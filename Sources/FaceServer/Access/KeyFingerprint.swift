import Crypto
import Foundation

/// The SHA-256 of a key, to find it by. What is compared and hashed is never the key itself, so that the time of a wrong
/// one tells nothing of how much of it is right; and two fingerprints are compared in the same time wherever they differ.
struct KeyFingerprint: Sendable, Hashable {
    private let words: (UInt64, UInt64, UInt64, UInt64)

    init(of text: String) {
        var text = text
        words = text.withUTF8 { bytes in
            SHA256.hash(data: bytes).withUnsafeBytes { $0.loadUnaligned(as: (UInt64, UInt64, UInt64, UInt64).self) }
        }
    }

    /// Nil unless the text is 64 hexadecimal digits.
    init?(hexadecimal text: String) {
        guard let bytes = Hexadecimal.bytes(text), bytes.count == SHA256.byteCount else { return nil }
        words = bytes.withUnsafeBytes { $0.loadUnaligned(as: (UInt64, UInt64, UInt64, UInt64).self) }
    }

    static func == (first: Self, second: Self) -> Bool {
        let (a, b) = (first.words, second.words)
        return (a.0 ^ b.0) | (a.1 ^ b.1) | (a.2 ^ b.2) | (a.3 ^ b.3) == 0
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
        hasher.combine(words.1)
        hasher.combine(words.2)
        hasher.combine(words.3)
    }
}
