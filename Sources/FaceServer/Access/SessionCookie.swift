import HTTPTypes

/// The cookie that lets the page and its WebSocket in after the log-in form.
enum SessionCookie {
    static let name = "lik_session"

    static func value(in fields: HTTPFields) -> String? {
        for field in fields[values: .cookie] {
            for pair in field.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                if parts.count == 2, String(parts[0]).trimmedOfSpaces == name {
                    return String(parts[1]).trimmedOfSpaces
                }
            }
        }
        return nil
    }

    /// What stands before the session of a key that is not the server's own.
    private static let keyMark = "key."

    /// The session that a key gives (`KeySecret.session`) as a cookie's value.
    static func value(ofKeySession session: String) -> String { keyMark + session }

    /// The key's session in a cookie's value; nil when it is one of the server's own key.
    static func keySession(_ value: String) -> String? {
        value.hasPrefix(keyMark) ? String(value.dropFirst(keyMark.count)) : nil
    }

    /// The value of `Set-Cookie` that begins a session.
    ///
    /// - Parameter isSecure: whether the browser speaks TLS with us or with a proxy in front of us.
    static func beginning(_ session: String, isSecure: Bool) -> String {
        "\(name)=\(session); Max-Age=\(ServerKey.sessionLifetime)" + attributes(isSecure: isSecure)
    }

    /// The value of `Set-Cookie` that ends it.
    static func ending(isSecure: Bool) -> String {
        "\(name)=; Max-Age=0" + attributes(isSecure: isSecure)
    }

    private static func attributes(isSecure: Bool) -> String {
        "; Path=/; HttpOnly; SameSite=Strict" + (isSecure ? "; Secure" : "")
    }
}
