import FaceStore
public import HTTPTypes

/// Who may do what: which names the server answers to, which foreign pages may use it, and who has a key.
///
/// One question for every request, also for one that wants to become a WebSocket.
public struct AccessPolicy: Sendable {
    private let hosts: Set<String>
    private let origins: CrossOriginRule
    let key: ServerKey?
    let ring: KeyRing?

    public init(_ configuration: ServerConfiguration) {
        self.init(configuration, ring: nil)
    }

    /// - Parameter ring: the library's keys; nil leaves these out.
    init(_ configuration: ServerConfiguration, ring: KeyRing?) {
        self.ring = ring
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
        if let refusal = hostRefusal(of: head) ?? originRefusal(of: head) { return refusal }
        do throws(APIError) {
            _ = try grant(of: head)
            return nil
        } catch {
            return error
        }
    }

    /// Whether a request is let in whoever sends it: there are no keys.
    func isOpenToAll(_ head: HTTPRequest) -> Bool {
        guard hostRefusal(of: head) == nil, originRefusal(of: head) == nil, let grant = try? grant(of: head) else {
            return false
        }
        if case .anybody = grant.holder { return true }
        return false
    }

    /// Whether somebody may become a WebSocket, by which the library is read.
    func allowsWatching(_ head: HTTPRequest) -> Bool {
        guard hostRefusal(of: head) == nil, originRefusal(of: head) == nil else { return false }
        guard let grant = try? grant(of: head) else { return false }
        return grant.allows(.read) && grant.collection == nil
    }

    /// Has `end` called when the key that a WebSocket was let in by is in force no longer.
    func watchKey(of head: HTTPRequest, _ end: @escaping @Sendable () -> Void) -> KeyWatch? {
        guard let ring, let grant = try? grant(of: head) else {
            // It was in force a moment ago.
            if ring != nil { end() }
            return nil
        }
        switch grant.holder {
        case .key(let held): return ring.watch(held, end)
        // Whoever came while the server was open goes when it is open no longer.
        case .anybody: return ring.watchOpenness(end)
        case .serverKey, .stranger: return nil
        }
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

    /// Whom a request comes from by its key.
    ///
    /// - Throws: `APIError.keyMissing`, `.keyWrong`; `.library` while the library's keys cannot be read.
    func grant(of head: HTTPRequest) throws(APIError) -> Grant {
        let condition = ring?.condition ?? .none
        if key == nil, condition == .none { return Grant(holder: .anybody) }
        var wasTried = false
        if let authorization = head.headerFields[.authorization] {
            wasTried = true
            let parts = authorization.split(separator: " ", maxSplits: 1)
            if parts.count == 2, parts[0].lowercased() == "bearer",
                let grant = grant(presented: String(parts[1]).trimmedOfSpaces)
            {
                return grant
            }
        }
        if let presented = head.headerFields[.xAPIKey] {
            wasTried = true
            if let grant = grant(presented: presented) { return grant }
        }
        if let session = SessionCookie.value(in: head.headerFields), let grant = grant(session: session) {
            return grant
        }
        if condition == .unread, let ring { throw .library(ring.lastFailure) }
        throw wasTried ? .keyWrong : .keyMissing
    }

    /// What somebody may do who presents a key; nil when there is none like it.
    func grant(presented: String) -> Grant? {
        if let key, key.isRight(presented) { return Grant(holder: .serverKey) }
        return ring?.key(presented).map { Grant(holder: .key($0)) }
    }

    private func grant(session: String) -> Grant? {
        guard let secret = SessionCookie.keySession(session) else {
            return key?.isValid(session: session) == true ? Grant(holder: .serverKey) : nil
        }
        return ring?.key(session: secret).map { Grant(holder: .key($0)) }
    }

    /// Whether a browser has a session. What else it presents is not looked at: the answer would tell right keys from wrong
    /// ones.
    func isLoggedIn(_ head: HTTPRequest) -> Bool {
        SessionCookie.value(in: head.headerFields).flatMap(grant(session:)) != nil
    }

    /// Whether the server wants a key.
    var wantsKey: Bool { key != nil || (ring?.condition ?? .none) != .none }

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
