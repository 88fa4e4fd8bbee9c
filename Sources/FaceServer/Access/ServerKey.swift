import Crypto
import Foundation

/// The key that a server wants from its clients, and the sessions that it gives browsers for it.
///
/// A session is no secret of the server's memory: it is its end and a code that only the key makes of it (HMAC-SHA256),
/// so it outlives a restart and ends with the key.
struct ServerKey: Sendable {
    private let digest: SHA256.Digest
    private let sessionKey: SymmetricKey

    /// How long a session lasts, in seconds.
    static let sessionLifetime = 30 * 24 * 3600

    init(_ key: String) {
        digest = SHA256.hash(data: Data(key.utf8))
        sessionKey = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: Data(key.utf8)), info: Data("lik session 1".utf8), outputByteCount: 32)
    }

    /// Compares in a time that tells nothing about the key: digests of one length are compared, all of their bytes.
    func isRight(_ presented: String) -> Bool {
        SHA256.hash(data: Data(presented.utf8)) == digest
    }

    func makeSession(now: Date = Date()) -> String {
        let end = String(Int64(now.timeIntervalSince1970) + Int64(Self.sessionLifetime))
        let code = HMAC<SHA256>.authenticationCode(for: Data(end.utf8), using: sessionKey)
        return end + "." + Hexadecimal.string(code)
    }

    func isValid(session: String, now: Date = Date()) -> Bool {
        let parts = session.split(separator: ".", maxSplits: 1)
        guard parts.count == 2, let end = Int64(parts[0]), let code = Hexadecimal.bytes(parts[1]) else { return false }
        let isOurs = HMAC<SHA256>.isValidAuthenticationCode(
            code, authenticating: Data(parts[0].utf8), using: sessionKey)
        return isOurs && end > Int64(now.timeIntervalSince1970)
    }
}

/// Bytes as pairs of lower-case hexadecimal digits.
enum Hexadecimal {
    private static let digits = Array("0123456789abcdef".utf8)

    static func string(_ bytes: some Sequence<UInt8>) -> String {
        String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// Nil when the text is not that.
    static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        let values = text.utf8.map { digits.firstIndex(of: $0) }
        guard values.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: values.count, by: 2).reduce(into: [UInt8]?([])) { bytes, index in
            guard let high = values[index], let low = values[index + 1] else {
                bytes = nil
                return
            }
            bytes?.append(UInt8(high << 4 | low))
        }
    }
}
