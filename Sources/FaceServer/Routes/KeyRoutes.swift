import FaceCore
import FaceLibrary
import FaceStore
import HTTPTypes
import Hummingbird

/// Keys of the API, and who asked for what with them.
struct KeyRoutes: Sendable {
    let library: Library
    let policy: AccessPolicy
    let calls: BlockingCalls
    let bodyLimit: Int

    func add(to routes: RouteTable) {
        routes.route("/api/keys", [.get: .admin(list), .post: .admin(create)])
        routes.route("/api/keys/{id}", [.delete: .admin(revoke)])
        routes.route("/api/keys/{id}/rotate", [.post: .admin(rotate)])
        routes.route("/api/audit", [.get: .admin(audit)])
    }

    @Sendable private func list(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let library = library
        let keys = try await calls.run { try library.keys() }
        var writer = JSONWriter()
        writer.array(keys) { json, key in json.object { $0.writeFields(of: key) } }
        return .json(writer.buffer)
    }

    @Sendable private func create(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let body = try JSONBody(await request.body(upTo: bodyLimit))
        guard let name = try? body.text("name") else { throw APIError.nameMissing }
        var scopes: Set<KeyScope> = []
        for text in try body.texts("scopes") ?? [] {
            guard let scope = KeyScope(rawValue: text) else { throw APIError.invalidParameter(name: "scopes") }
            scopes.insert(scope)
        }
        let collection: CollectionID? = try body.id("collection")
        let key = NewAPIKey(name: name, scopes: scopes, collection: collection, limit: try Self.limit(body))
        if case .anybody = context.grant.holder, !scopes.isEmpty, !scopes.contains(.admin) {
            throw APIError.adminKeyFirst
        }
        return try await answerWithSecret { try $0.createKey(key) }
    }

    @Sendable private func rotate(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let id = try Self.id(context)
        return try await answerWithSecret { try $0.rotateKey(id) }
    }

    @Sendable private func revoke(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let id = try Self.id(context)
        let (library, ring) = (library, policy.ring)
        let key = try await calls.run {
            let key = try library.revokeKey(id)
            try ring?.refresh(from: library)
            return key
        }
        return .json { $0.writeFields(of: key) }
    }

    @Sendable private func audit(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let query = QueryParameters(request)
        let limit = try query.integer("limit", in: 1...1000) ?? 100
        let cursor = try query.cursor()
        let key: KeyID? = try query.id("key")
        let library = library
        let page = try await calls.run { try library.audit(key: key, after: cursor, limit: limit) }
        var writer = JSONWriter()
        writer.array(page.elements) { $0.write($1) }
        var response = Response.json(writer.buffer)
        if let next = page.next { response.headers[.xNextCursor] = next.description }
        return response
    }

    /// The secret goes out once, and no cache on the way keeps it.
    private func answerWithSecret(
        _ change: @escaping @Sendable (Library) throws -> (key: APIKey, secret: KeySecret)
    ) async throws -> Response {
        let (library, ring) = (library, policy.ring)
        let (key, secret) = try await calls.run {
            let made = try change(library)
            // In force before the answer is out, whatever the pace at which others are told.
            try ring?.refresh(from: library)
            return made
        }
        var response = Response.json { json in
            json.writeFields(of: key)
            json.field("key", secret.text)
        }
        response.headers[.cacheControl] = "no-store"
        return response
    }

    private static func limit(_ body: JSONBody) throws(APIError) -> KeyRateLimit? {
        let burst = try body.integer("burst", in: 1...1_000_000)
        guard let rate = try body.integer("requests_per_minute", in: 1...1_000_000) else {
            guard burst == nil else { throw .missingParameter(name: "requests_per_minute") }
            return nil
        }
        return KeyRateLimit(requestsPerMinute: rate, burst: burst)
    }

    private static func id(_ context: ServerRequestContext) throws(APIError) -> KeyID {
        KeyID(try context.number { .library(.unknownKey($0)) })
    }
}

extension JSONWriter {
    fileprivate mutating func writeFields(of key: APIKey) {
        field("id", key.id)
        field("name", key.name)
        field("hint", key.digests.hint)
        field("scopes", array: KeyScope.allCases.filter { key.scopes.contains($0) }) { $0.value($1.rawValue) }
        field("collection", key.collection)
        name("requests_per_minute")
        if let limit = key.limit { value(limit.requestsPerMinute) } else { null() }
        name("burst")
        if let limit = key.limit { value(limit.burst) } else { null() }
        field("created_at", key.createdAt)
        field("rotated_at", key.rotatedAt)
        field("revoked_at", key.revokedAt)
    }

    fileprivate mutating func write(_ entry: AuditEntry) {
        let (id, name): (KeyID?, String?) =
            switch entry.asker {
            case .serverKey: (nil, "LIK_API_KEY")
            case .key(let id, let name): (id, name)
            case .wrongKey: (nil, nil)
            }
        object { json in
            json.field("at", entry.at)
            json.field("key_id", id)
            json.field("key_name", name)
            json.field("method", entry.method)
            json.field("path", entry.path)
            json.field("status", entry.status)
            json.field("address", entry.address)
            json.field("request_id", entry.requestID)
        }
    }
}
