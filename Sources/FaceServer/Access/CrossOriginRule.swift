import HTTPTypes

/// Which pages of other origins may use the API. Browsers say where a request comes from; other clients say nothing and
/// are taken for no page.
struct CrossOriginRule: Sendable {
    private let allowed: Set<String>
    private let allowsAll: Bool

    /// - Parameter allowed: origins such as `https://photos.example`, or `*`.
    init(allowed: [String]) {
        self.allowed = Set(allowed.map { Self.normal($0) })
        allowsAll = allowed.contains("*")
    }

    /// Whether a page of another origin sent the request and is not among the allowed ones.
    func isForeign(_ head: HTTPRequest) -> Bool {
        if let origin = head.headerFields[.origin] {
            return !(isOwn(origin, head) || isAllowed(origin))
        }
        // A browser that hides the origin still tells the relation of the two sites.
        guard let site = head.headerFields[.secFetchSite] else { return false }
        return site != "same-origin" && site != "none"
    }

    /// The fields that let the sender's page read the answer; nil for a page that is not allowed to, and for our own.
    func fields(for head: HTTPRequest) -> HTTPFields? {
        guard let origin = head.headerFields[.origin], isAllowed(origin), !isOwn(origin, head) else { return nil }
        return [
            .accessControlAllowOrigin: origin, .vary: "Origin",
            .accessControlExposeHeaders: "X-Request-ID, X-Next-Cursor, ETag, Content-Range",
        ]
    }

    private func isAllowed(_ origin: String) -> Bool {
        allowsAll || allowed.contains(Self.normal(origin))
    }

    /// The scheme is left out: behind a proxy that ends TLS, ours is another than the browser's.
    private func isOwn(_ origin: String, _ head: HTTPRequest) -> Bool {
        guard let authority = head.authority else { return false }
        let origin = Self.normal(origin)
        return origin == Self.normal("http://" + authority) || origin == Self.normal("https://" + authority)
    }

    /// In lower case, without the port that the scheme implies.
    private static func normal(_ origin: String) -> String {
        let origin = origin.lowercased()
        if origin.hasPrefix("http://"), origin.hasSuffix(":80") { return String(origin.dropLast(3)) }
        if origin.hasPrefix("https://"), origin.hasSuffix(":443") { return String(origin.dropLast(4)) }
        return origin
    }
}
