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
    private let watchKey: @Sendable (HTTPRequest, @escaping @Sendable () -> Void) -> KeyWatch?

    /// - Parameter admits: whether a handshake is taken: its key or cookie, its `Origin` and its `Host`. Called on an
    ///   event loop, so it must not block.
    public init(
        feed: any LiveFeed, limits: WebSocketLimits = .init(), http: HTTPConnectionLimits = .init(),
        metrics: MetricsRegistry, admits: @escaping @Sendable (HTTPRequest) -> Bool
    ) {
        self.init(feed: feed, limits: limits, http: http, metrics: metrics, admits: admits) { _, _ in nil }
    }

    /// - Parameter watchKey: calls back when the key of a handshake that was taken is in force no longer.
    init(
        feed: any LiveFeed, limits: WebSocketLimits = .init(), http: HTTPConnectionLimits = .init(),
        metrics: MetricsRegistry, admits: @escaping @Sendable (HTTPRequest) -> Bool,
        watchKey: @escaping @Sendable (HTTPRequest, @escaping @Sendable () -> Void) -> KeyWatch?
    ) {
        self.feed = feed
        self.limits = limits
        self.http = http
        self.metrics = metrics
        self.admits = admits
        self.watchKey = watchKey
    }

    /// - Parameter own: answers the requests; nil leaves that to the application's own.
    func server(answering own: HTTPChannelHandler.Responder? = nil) -> HTTPServerBuilder {
        HTTPServerBuilder { responder in
            channel(for: feed, responder: own ?? responder)
        }
    }

    private func channel(
        for feed: some LiveFeed, responder: @escaping HTTPChannelHandler.Responder
    ) -> any ServerChildChannel {
        ServerChannel(
            responder: responder, feed: feed, limits: limits, http: http, clients: WebSocketClients(metrics: metrics),
            admits: admits, watchKey: watchKey)
    }
}
