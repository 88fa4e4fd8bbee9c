import HTTPTypes
import Hummingbird

/// Lets in whom the access policy lets in, and answers browsers that ask whether a foreign page may use the API.
struct AccessGate: RouterMiddleware {
    let policy: AccessPolicy
    let delay: FailureDelay
    /// Paths that want no key.
    let isOpen: @Sendable (String) -> Bool

    func handle(
        _ request: Request, context: ServerRequestContext,
        next: (Request, ServerRequestContext) async throws -> Response
    ) async throws -> Response {
        let path = request.uri.path
        let isHealth = path == "/health" || path == "/health/ready"
        // Probes ask for an address rather than for a name.
        if !isHealth, let refusal = policy.hostRefusal(of: request.head) { throw refusal }
        if request.method == .options, request.headers[.accessControlRequestMethod] != nil {
            return preflight(isAllowed: policy.crossOriginFields(for: request.head) != nil)
        }
        if let refusal = policy.originRefusal(of: request.head) { throw refusal }
        if !isHealth, !isOpen(path), let refusal = policy.keyRefusal(of: request.head) {
            if refusal == .keyWrong { try await delay.waitAfterFailure(from: context.address) }
            if refusal == .keyMissing, path == "/", request.wantsPage { return .seeOther("/login") }
            throw refusal
        }
        return try await next(request, context)
    }

    /// Which origin is allowed, `RequestFrame` adds.
    private func preflight(isAllowed: Bool) -> Response {
        var fields: HTTPFields = [:]
        if isAllowed {
            fields[.accessControlAllowMethods] = "GET, POST, PUT, PATCH, DELETE"
            fields[.accessControlAllowHeaders] = "Authorization, Content-Type, X-API-Key, X-Request-ID"
            fields[.accessControlMaxAge] = "600"
        }
        return Response(status: .noContent, headers: fields)
    }
}

extension Request {
    /// Whether a browser asks for something to show, rather than a program for data.
    var wantsPage: Bool { headers[.accept]?.contains("text/html") ?? false }
}
