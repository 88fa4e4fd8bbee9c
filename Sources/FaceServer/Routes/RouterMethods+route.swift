import HTTPTypes
import Hummingbird

typealias RouteHandler = @Sendable (Request, ServerRequestContext) async throws -> Response

extension RouterMethods where Context == ServerRequestContext {
    /// Adds a path with all that it takes: HEAD wherever GET is, and for every other method an answer that says which
    /// ones there are.
    func route(_ path: RouterPath, _ handlers: [HTTPRequest.Method: RouteHandler]) {
        var handlers = handlers
        if let get = handlers[.get], handlers[.head] == nil {
            handlers[.head] = { request, context in try await get(request, context).createHeadResponse() }
        }
        let allowed = handlers.keys.sorted { $0.rawValue < $1.rawValue }
        for (method, handler) in handlers { on(path, method: method, use: handler) }
        for method in HTTPRequest.Method.common where handlers[method] == nil {
            on(path, method: method) { _, _ -> Response in throw APIError.methodNotAllowed(allowed: allowed) }
        }
    }
}

extension HTTPRequest.Method {
    fileprivate static let common: [Self] = [.get, .head, .post, .put, .delete, .patch, .options, .trace]
}

extension ServerRequestContext {
    /// The number that stands in the path for `{id}`.
    ///
    /// - Throws: `error` when it is none: there is nothing under such a name.
    func number(orThrow error: (String) -> APIError) throws(APIError) -> Int64 {
        let text = parameters.get("id") ?? ""
        guard let number = Int64(text), number > 0, String(number) == text else { throw error(String(text.prefix(64))) }
        return number
    }
}
