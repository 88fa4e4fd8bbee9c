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
        let crossOrigin = policy.crossOriginFields(for: request.head)
        if request.method == .options, request.headers[.accessControlRequestMethod] != nil {
            return preflight(crossOrigin)
        }
        var response: Response
        do {
            if let refusal = policy.originRefusal(of: request.head) { throw refusal }
            if !isHealth, !isOpen(path), let refusal = policy.keyRefusal(of: request.head) {
                if refusal == .keyWrong { try await delay.waitAfterFailure(from: context.address) }
                if refusal == .keyMissing, path == "/", request.wantsPage { return .seeOther("/login") }
                throw refusal
            }
            response = try await next(request, context)
        } catch {
            guard let crossOrigin else { throw error }
            // A page that may use the API may also read why it was refused.
            response = APIError(answering: error).response(in: context.language, requestID: context.requestID)
            response.headers.append(contentsOf: crossOrigin)
            return response
        }
        if let crossOrigin { response.headers.append(contentsOf: crossOrigin) }
        return response
    }

    private func preflight(_ crossOrigin: HTTPFields?) -> Response {
        var fields: HTTPFields = [.contentLength: "0", .vary: "Origin"]
        if let crossOrigin {
            fields = crossOrigin
            fields[.accessControlAllowMethods] = "GET, POST, PUT, DELETE"
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
