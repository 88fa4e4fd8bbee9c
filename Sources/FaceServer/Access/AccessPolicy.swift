public import HTTPTypes

/// Who may do what: which names the server answers to, which foreign pages may use it, and who has the key.
///
/// One question for every request, also for one that wants to become a WebSocket.
public struct AccessPolicy: Sendable {
    private let hosts: Set<String>
    private let origins: CrossOriginRule
    let key: ServerKey?

    public init(_ configuration: ServerConfiguration) {
        hosts = Set(configuration.hosts.map { Self.name(ofHost: $0) })
        origins = CrossOriginRule(allowed: configuration.corsOrigins)
        key = configuration.apiKey.map { ServerKey($0) }
    }

    /// Whether the request is let in, whatever its path.
    public func allows(_ head: HTTPRequest) -> Bool {
        refusal(of: head) == nil
    }

    /// Why a request is not let in; nil when it is.
    package func refusal(of head: HTTPRequest) -> APIError? {
        hostRefusal(of: head) ?? originRefusal(of: head) ?? keyRefusal(of: head)
    }

    func hostRefusal(of head: HTTPRequest) -> APIError? {
        guard !hosts.isEmpty else { return nil }
        guard let host = head.authority, hosts.contains(Self.name(ofHost: host)) else { return .unknownHost }
        return nil
    }

    /// Requests that change something, and those that become a WebSocket, may only come from our own pages, from pages
    /// that are allowed to, and from what is no browser.
    func originRefusal(of head: HTTPRequest) -> APIError? {
        let isReading = head.method == .get || head.method == .head || head.method == .options
        guard !isReading || head.headerFields[.secWebSocketKey] != nil else { return nil }
        return origins.isForeign(head) ? .foreignOrigin : nil
    }

    func keyRefusal(of head: HTTPRequest) -> APIError? {
        guard let key else { return nil }
        var wasTried = false
        if let authorization = head.headerFields[.authorization] {
            wasTried = true
            let parts = authorization.split(separator: " ", maxSplits: 1)
            if parts.count == 2, parts[0].lowercased() == "bearer", key.isRight(String(parts[1]).trimmedOfSpaces) {
                return nil
            }
        }
        if let presented = head.headerFields[.xAPIKey] {
            wasTried = true
            if key.isRight(presented) { return nil }
        }
        if let session = SessionCookie.value(in: head.headerFields), key.isValid(session: session) { return nil }
        return wasTried ? .keyWrong : .keyMissing
    }

    /// The fields that let a page of a foreign origin read the answer; nil when it may not.
    func crossOriginFields(for head: HTTPRequest) -> HTTPFields? { origins.fields(for: head) }

    /// `photos.example:8080` → `photos.example`; `[::1]:8080` → `[::1]`.
    private static func name(ofHost host: String) -> String {
        var name = host.lowercased()[...]
        if let bracket = name.lastIndex(of: "]") {
            name = name[...bracket]
        } else if name.split(separator: ":", omittingEmptySubsequences: false).count == 2 {
            name = name.prefix { $0 != ":" }
        }
        while name.last == "." { name.removeLast() }
        return String(name)
    }
}

extension HTTPField.Name {
    static let xAPIKey = Self("X-API-Key")!
    static let xRequestID = Self("X-Request-ID")!
    static let xNextCursor = Self("X-Next-Cursor")!
    static let xForwardedProto = Self("X-Forwarded-Proto")!
    static let secFetchSite = Self("Sec-Fetch-Site")!
    static let referrerPolicy = Self("Referrer-Policy")!
}
