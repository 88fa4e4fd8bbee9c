import FaceStore
import HTTPTypes
import Hummingbird

typealias RouteHandler = @Sendable (Request, ServerRequestContext) async throws -> Response

/// What answers a path for one method, and who may ask for it.
struct Route: Sendable {
    enum Access: Sendable, Hashable {
        /// Everybody whom the server lets in: pages, and what wants no key.
        case anybody
        case scope(KeyScope)
    }

    let access: Access
    let handler: RouteHandler
    /// Whether a key that is for one collection may ask for it: then the handler sees to it that the answer is about no
    /// more than that.
    private var takesCollectionKeys = false

    private init(access: Access, handler: @escaping RouteHandler) {
        self.access = access
        self.handler = handler
    }

    /// The same for keys that are for one collection too.
    var ofCollections: Route {
        var route = self
        route.takesCollectionKeys = true
        return route
    }

    static func open(_ handler: @escaping RouteHandler) -> Route { Route(access: .anybody, handler: handler) }
    static func read(_ handler: @escaping RouteHandler) -> Route { Route(access: .scope(.read), handler: handler) }
    static func write(_ handler: @escaping RouteHandler) -> Route { Route(access: .scope(.write), handler: handler) }
    static func admin(_ handler: @escaping RouteHandler) -> Route { Route(access: .scope(.admin), handler: handler) }
    static func recognise(_ handler: @escaping RouteHandler) -> Route {
        Route(access: .scope(.recognise), handler: handler)
    }

    /// The handler behind the question whether the sender may.
    fileprivate var guarded: RouteHandler {
        guard case .scope(let scope) = access else { return handler }
        let (handler, takesCollectionKeys) = (handler, takesCollectionKeys)
        return { request, context in
            try context.grant.require(scope)
            guard takesCollectionKeys || context.grant.collection == nil else { throw APIError.collectionOnly }
            return try await handler(request, context)
        }
    }
}

/// All routes of the server, each with what its sender's key has to be for. For the time in which a server is built.
final class RouteTable {
    /// What may be asked for.
    struct Entry: Hashable {
        let path: String
        let method: HTTPRequest.Method
        let access: Route.Access
    }

    let router = Router(context: ServerRequestContext.self)
    private(set) var entries: [Entry] = []

    /// Adds a path with all that it takes: HEAD wherever GET is, and for every other method an answer that says which
    /// ones there are.
    func route(_ path: String, _ routes: [HTTPRequest.Method: Route]) {
        entries += routes.map { Entry(path: path, method: $0.key, access: $0.value.access) }
        var handlers = routes.mapValues(\.guarded)
        if let get = handlers[.get], handlers[.head] == nil {
            handlers[.head] = { request, context in try await get(request, context).createHeadResponse() }
        }
        let allowed = handlers.keys.sorted { $0.rawValue < $1.rawValue }
        for (method, handler) in handlers { router.on(RouterPath(path), method: method, use: handler) }
        for method in HTTPRequest.Method.common where handlers[method] == nil {
            router.on(RouterPath(path), method: method) { _, _ -> Response in
                throw APIError.methodNotAllowed(allowed: allowed)
            }
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
    func number(_ name: String = "id", orThrow error: (String) -> APIError) throws(APIError) -> Int64 {
        let text = parameters.get(name) ?? ""
        guard let number = Int64(text), number > 0, String(number) == text else { throw error(String(text.prefix(64))) }
        return number
    }
}
