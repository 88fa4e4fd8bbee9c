import FaceLibrary
import FaceStore
import Foundation
import HTTPTypes
import Hummingbird

/// Lets in whom the access policy lets in, and answers browsers that ask whether a foreign page may use the API.
struct AccessGate: Sendable {
    let policy: AccessPolicy
    let delay: FailureDelay
    /// Where it is noted who asked for what.
    let trail: AuditTrail
    /// Paths that want no key.
    let isOpen: @Sendable (String) -> Bool
    /// Paths of what pages are made of.
    let isPage: @Sendable (String) -> Bool

    /// The answer to a request that goes no further; nil lets it in, with what its sender may do noted in the context.
    ///
    /// - Throws: `APIError` when it is refused.
    func answer(to request: Request, _ context: inout ServerRequestContext) throws(APIError) -> Response? {
        // Probes ask for an address rather than for a name.
        if let refusal = policy.hostRefusal(of: request.head), !request.isProbe { throw refusal }
        if request.method == .options, request.headers[.accessControlRequestMethod] != nil {
            return preflight(isAllowed: policy.crossOriginFields(for: request.head) != nil)
        }
        if let refusal = policy.originRefusal(of: request.head) { throw refusal }
        do throws(APIError) {
            context.grant = try policy.grant(of: request.head)
        } catch {
            if request.isProbe || isOpen(request.uri.path) { return nil }
            if error == .keyMissing, request.uri.path == "/", request.wantsPage { return .seeOther("/login") }
            if error == .keyWrong { context.asker = .wrongKey }
            throw error
        }
        context.asker = context.grant.asker
        if case .key(let held) = context.grant.holder, let seconds = held.bucket?.take() {
            throw .rateLimited(retryAfter: seconds)
        }
        return nil
    }

    /// Notes who asked for what, where the server asks for keys: what pages are made of is left out.
    func note(_ record: AccessRecord, of request: Request, _ context: ServerRequestContext) {
        // Who is refused for coming too often would push out of the log what it is for.
        guard let asker = context.asker, record.status != .tooManyRequests, !isPage(request.uri.path) else { return }
        trail.record(
            AuditEntry(
                at: Date(), asker: asker, method: request.method.rawValue, path: String(request.uri.path.prefix(512)),
                status: record.status.code, address: context.address, requestID: context.requestID))
    }

    /// Whether a handshake is taken, by which somebody comes to read the library for as long as he likes: it counts among
    /// the requests that his key may make. Does not block.
    func admitsWatcher(_ head: HTTPRequest) -> Bool {
        guard policy.allowsWatching(head), let grant = try? policy.grant(of: head) else { return false }
        // One that comes too often is asked again as a request, which tells it so.
        guard case .key(let held) = grant.holder else { return true }
        return held.bucket?.take() == nil
    }

    /// Notes who became a WebSocket, where the server asks for keys.
    func noteWatcher(_ head: HTTPRequest, from address: String) {
        guard let asker = (try? policy.grant(of: head))?.asker else { return }
        let path = head.path?.prefix { $0 != "?" } ?? ""
        trail.record(
            AuditEntry(
                at: Date(), asker: asker, method: head.method.rawValue, path: String(path.prefix(512)), status: 101,
                address: address, requestID: RequestID.of(sender: head.headerFields[.xRequestID])))
    }

    /// Waits before a refusal goes out where the sender has tried wrong keys.
    ///
    /// - Returns: the refusal that goes out.
    func slowedDown(_ refusal: APIError, of context: ServerRequestContext) async -> APIError {
        guard refusal == .keyWrong else { return refusal }
        do {
            try await delay.waitAfterFailure(from: context.address)
            return refusal
        } catch {
            return APIError(answering: error)
        }
    }

    /// `RequestFrame` adds which origin is allowed.
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

    /// Whether a monitor asks how the server is.
    fileprivate var isProbe: Bool { uri.path == "/health" || uri.path == "/health/ready" }
}
