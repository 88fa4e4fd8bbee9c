import HTTPTypes
import Hummingbird

/// The log-in form, which gives a browser a cookie for the server's key.
struct SessionRoutes: Sendable {
    let policy: AccessPolicy
    let delay: FailureDelay
    let metrics: MetricsRegistry
    let form: PageFile?
    let bodyLimit: Int

    func add(to router: some RouterMethods<ServerRequestContext>) {
        router.route("/login", [.get: showForm, .post: logIn])
        router.route("/logout", [.post: logOut])
    }

    @Sendable private func showForm(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        guard let form, policy.key != nil, policy.keyRefusal(of: request.head) != nil else { return .seeOther("/") }
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
        guard let key = policy.key else { return .seeOther("/") }
        guard key.isRight(presented) else {
            metrics.add(.authenticationFailures)
            try await delay.waitAfterFailure(from: context.address)
            return .seeOther("/login?error=key")
        }
        var response = Response.seeOther("/")
        response.headers[.setCookie] = SessionCookie.beginning(key.makeSession(), isSecure: request.isSecure)
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
