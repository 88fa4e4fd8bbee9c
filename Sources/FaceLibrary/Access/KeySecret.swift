import Crypto
public import FaceStore
import Foundation

/// A key of the API as its holder has it: 256 random bits, so that a plain hash of it tells nothing and nobody guesses it.
/// It is shown once and kept nowhere.
public struct KeySecret: Sendable, Hashable {
    /// `lik_` and 43 letters, digits, `-` and `_` (Base64 for URLs, RFC 4648).
    public let text: String

    /// A new one.
    public init() {
        let key = SymmetricKey(size: .bits256)
        let base64 = key.withUnsafeBytes { Data($0).base64EncodedString() }
        text =
            "lik_"
            + base64.replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
    }

    /// What somebody presents as one.
    public init(presented text: String) { self.text = text }

    /// What a browser gets in the key's place: from it the key cannot be told (HKDF, RFC 5869).
    public var session: String {
        let derived = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: Data(text.utf8)), info: Data("lik key session 1".utf8),
            outputByteCount: 32)
        return derived.withUnsafeBytes { Self.hexadecimal($0) }
    }

    /// What the library keeps of it.
    public var digests: KeyDigests {
        KeyDigests(
            key: Self.hexadecimal(SHA256.hash(data: Data(text.utf8))),
            session: Self.hexadecimal(SHA256.hash(data: Data(session.utf8))), hint: String(text.prefix(8)))
    }

    private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
