public import HTTPTypes
import HummingbirdCore
import NIOCore

/// Hummingbird's server with the `/ws` endpoint on the same port: what an `Application` takes as `server:`.
///
/// A request for `/ws` that is not a WebSocket handshake, or that `admits` refuses, goes to the router as a plain
/// request, with its `Upgrade` field removed: the route `/ws` there says why (401, 403, or 426 for one that is no
/// handshake).
public struct WebSocketUpgrade: Sendable {
    private let feed: any LiveFeed
    private let limits: WebSocketLimits
    private let http: HTTPConnectionLimits
    private let metrics: MetricsRegistry
    private let admits: @Sendable (HTTPRequest) -> Bool
    private let isLeaving: @Sendable () -> Bool
    private let watchKey: @Sendable (HTTPRequest, @escaping @Sendable () -> Void) -> KeyWatch?
    private let onUpgrade: @Sendable (HTTPRequest, String) -> Void

    /// - Parameters:
    ///   - isLeaving: whether the server is going to end, so that connections are not kept for another request. Must not
    ///     block either.
    ///   - admits: whether a handshake is taken: its key or cookie, its `Origin` and its `Host`. Called on an event loop,
    ///     so it must not block.
    public init(
        feed: any LiveFeed, limits: WebSocketLimits = .init(), http: HTTPConnectionLimits = .init(),
        metrics: MetricsRegistry, isLeaving: @escaping @Sendable () -> Bool = { false },
        admits: @escaping @Sendable (HTTPRequest) -> Bool
    ) {
        self.init(
            feed: feed, limits: limits, http: http, metrics: metrics, isLeaving: isLeaving, admits: admits,
            watchKey: { _, _ in nil }, onUpgrade: { _, _ in })
    }

    /// - Parameters:
    ///   - watchKey: calls back when the key of a handshake that was taken is in force no longer.
    ///   - onUpgrade: is told of each handshake that was taken, and from which address it came.
    init(
        feed: any LiveFeed, limits: WebSocketLimits = .init(), http: HTTPConnectionLimits = .init(),
        metrics: MetricsRegistry, isLeaving: @escaping @Sendable () -> Bool,
        admits: @escaping @Sendable (HTTPRequest) -> Bool,
        watchKey: @escaping @Sendable (HTTPRequest, @escaping @Sendable () -> Void) -> KeyWatch?,
        onUpgrade: @escaping @Sendable (HTTPRequest, String) -> Void
    ) {
        self.feed = feed
        self.limits = limits
        self.http = http
        self.metrics = metrics
        self.isLeaving = isLeaving
        self.admits = admits
        self.watchKey = watchKey
        self.onUpgrade = onUpgrade
    }

    /// - Parameters:
    ///   - own: answers the requests; nil leaves that to the application's own.
    ///   - atHand: answers those that it can answer on the event loop.
    func server(
        answering own: HTTPChannelHandler.Responder? = nil,
        atHand: @escaping AnswersAtHandHandler.Source = { _, _ in nil }
    ) -> HTTPServerBuilder {
        HTTPServerBuilder { responder in
            channel(for: feed, responder: own ?? responder, atHand: atHand)
        }
    }

    private func channel(
        for feed: some LiveFeed, responder: @escaping HTTPChannelHandler.Responder,
        atHand: @escaping AnswersAtHandHandler.Source
    ) -> any ServerChildChannel {
        ServerChannel(
            responder: responder, atHand: atHand, feed: feed, limits: limits, http: http,
            clients: WebSocketClients(metrics: metrics), admits: admits, watchKey: watchKey,
            onUpgrade: onUpgrade, isLeaving: isLeaving)
    }
}
