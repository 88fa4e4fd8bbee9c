import FaceCore
import Foundation
import HTTPTransfer

/// Which addresses a webhook may have. Where a name leads is looked at when a connection is made.
enum WebhookAddress {
    private static let maximumLength = 2000

    /// - Parameter mayBePrivate: takes plain HTTP, and addresses of this machine and of private networks.
    /// - Throws: `LibraryError.badWebhookAddress`, `.refusedWebhookAddress`.
    static func check(_ url: String, mayBePrivate: Bool) throws(LibraryError) {
        guard url.utf8.count <= maximumLength, url.utf8.allSatisfy({ (33...126).contains($0) }),
            let parts = URLComponents(string: url), let host = parts.host, !host.isEmpty,
            ["http", "https"].contains(parts.scheme?.lowercased())
        else { throw .badWebhookAddress(reason: "It has to begin with https:// and name a host.") }
        guard parts.user == nil, parts.password == nil else {
            throw .badWebhookAddress(reason: "It must not hold a user or a password; messages are signed.")
        }
        if mayBePrivate { return }
        guard parts.scheme?.lowercased() == "https" else {
            throw .badWebhookAddress(
                reason:
                    "It has to begin with https://, for messages name people; http:// needs LIK_WEBHOOKS_PRIVATE=allow."
            )
        }
        let name = host.lowercased().trimmingCharacters(in: CharacterSet(charactersIn: "[]."))
        let isOwn = name == "localhost" || name.hasSuffix(".localhost")
        guard !isOwn, address(name)?.isPublic != false else { throw .refusedWebhookAddress(host: host) }
    }

    /// The address that a text is; nil for a name.
    private static func address(_ text: String) -> NetworkAddress? {
        var (four, six) = (in_addr(), in6_addr())
        if inet_pton(AF_INET, text, &four) == 1 {
            return NetworkAddress(bytes: withUnsafeBytes(of: four) { Array($0) })
        }
        if inet_pton(AF_INET6, text, &six) == 1 {
            return NetworkAddress(bytes: withUnsafeBytes(of: six) { Array($0) })
        }
        return nil
    }
}
