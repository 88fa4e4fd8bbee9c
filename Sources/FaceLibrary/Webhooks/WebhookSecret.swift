import Crypto
import FaceCore
import FaceStore
import Foundation

/// What messages to a webhook are signed with, and its receiver verifies them with: 256 random bits, written as
/// `whsec_` and Base64, as Standard Webhooks has it.
struct WebhookSecret: Sendable, Hashable {
    let text: String

    /// A new one.
    init() {
        let key = SymmetricKey(size: .bits256)
        text = Self.prefix + key.withUnsafeBytes { Data($0).base64EncodedString() }
    }

    /// One that is kept.
    init(_ text: String) { self.text = text }

    private static let prefix = "whsec_"

    /// The signature of a message by version 1 of Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`.
    ///
    /// - Parameter seconds: since 1970, when the message is sent.
    /// - Returns: `v1,` and Base64.
    func signature(of body: String, id: String, seconds: Int64) -> String {
        let encoded = text.hasPrefix(Self.prefix) ? String(text.dropFirst(Self.prefix.count)) : text
        let key = SymmetricKey(data: Data(base64Encoded: encoded) ?? Data(encoded.utf8))
        let code = HMAC<SHA256>.authenticationCode(for: Data("\(id).\(seconds).\(body)".utf8), using: key)
        return "v1," + Data(code).base64EncodedString()
    }
}

extension Webhook {
    /// How long messages carry a signature by the former secret too, so that a receiver has time to learn the new one.
    private static let overlap: TimeInterval = 86_400

    /// The secrets that count, the present one first.
    func secrets(at moment: Date) -> [WebhookSecret] {
        guard let formerSecret, let rotatedAt, moment < rotatedAt.addingTimeInterval(Self.overlap) else {
            return [WebhookSecret(secret)]
        }
        return [WebhookSecret(secret), WebhookSecret(formerSecret)]
    }
}
