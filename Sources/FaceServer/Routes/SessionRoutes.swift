import FaceLibrary
import HTTPTypes
import Hummingbird

/// The log-in form, which gives a browser a cookie for a key.
struct SessionRoutes: Sendable {
    let policy: AccessPolicy
    let delay: FailureDelay
    let metrics: MetricsRegistry
    let form: PageFile?
    let bodyLimit: Int

    func add(to routes: RouteTable) {
        routes.route("/login", [.get: .open(showForm), .post: .open(logIn)])
        routes.route("/logout", [.post: .open(logOut)])
    }

    @Sendable private func showForm(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        guard let form, policy.wantsKey, !policy.isLoggedIn(request.head) else { return .seeOther("/") }
        return PageAnswer(form).response(to: request)
    }

    @Sendable private func logIn(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let type = request.headers[.contentType].map { ParameterizedField($0).value.lowercased() }
        guard type == "application/x-www-form-urlencoded" else {
            throw APIError.wrongMediaType(expected: "application/x-www-form-urlencoded")
        }
        let body = try await request.body(upTo: bodyLimit)
        guard let presented = try QueryParameters(encoded: String(decoding: body, as: UTF8.self)).text("key") else {
            throw APIError.missingParameter(name: "key")
        }
        guard policy.wantsKey else { return .seeOther("/") }
        let session: String
        switch policy.grant(presented: presented)?.holder {
        case .serverKey?: session = policy.key?.makeSession() ?? ""
        case .key?: session = SessionCookie.value(ofKeySession: KeySecret(presented: presented).session)
        case nil, .anybody?, .stranger?:
            metrics.add(.authenticationFailures)
            try await delay.waitAfterFailure(from: context.address)
            return .seeOther("/login?error=key")
        }
        var response = Response.seeOther("/")
        response.headers[.setCookie] = SessionCookie.beginning(session, isSecure: request.isSecure)
        return response
    }

    @Sendable private func logOut(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        var response = Response.seeOther("/login")
        response.headers[.setCookie] = SessionCookie.ending(isSecure: request.isSecure)
        return response
    }
}

extension Request {
    /// Whether the browser speaks TLS, which ends at a proxy in front of us.
    fileprivate var isSecure: Bool {
        headers[.xForwardedProto]?.lowercased() == "https" || headers[.origin]?.hasPrefix("https://") == true
    }
}
