import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import NIOWebSocket

/// A connection of the server: HTTP/1.1, and a WebSocket when its first request asks for one.
struct ServerChannel<Feed: LiveFeed>: ServerChildChannel, HTTPChannelHandler {
    enum Kind: Sendable {
        case http(NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>)
        case webSocket(WebSocketLink, WebSocketTarget, KeyWatch?)
    }

    struct Value: ServerChildChannelValue {
        let channel: any Channel
        let kind: EventLoopFuture<Kind>
    }

    let responder: HTTPChannelHandler.Responder
    let atHand: AnswersAtHandHandler.Source
    let feed: Feed
    let limits: WebSocketLimits
    let http: HTTPConnectionLimits
    let clients: WebSocketClients
    let admits: @Sendable (HTTPRequest) -> Bool
    /// Calls back when the key that a handshake was let in by is in force no longer; nil where there are no keys.
    let watchKey: @Sendable (HTTPRequest, @escaping @Sendable () -> Void) -> KeyWatch?
    /// Is told of each handshake that was taken, and from which address it came.
    let onUpgrade: @Sendable (HTTPRequest, String) -> Void
    /// Whether the server is going to end.
    let isLeaving: @Sendable () -> Bool

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            var pipeline = NIOUpgradableHTTPServerPipelineConfiguration(
                upgradeConfiguration: NIOTypedHTTPServerUpgradeConfiguration(
                    upgraders: [upgrader],
                    notUpgradingCompletionHandler: { channel in
                        channel.eventLoop.makeCompletedFuture { try stayHTTP(channel, logger: logger) }
                    }))
            pipeline.enablePipelining = false
            // Its 400 would overtake the answers to earlier requests; Hummingbird gives its own in turn.
            pipeline.enableErrorHandling = false
            pipeline.enableResponseHeaderValidation = false
            pipeline.decoderConfiguration.maxHeaderFieldSize = http.headerBytes
            pipeline.decoderConfiguration.maxHeaderListSize = http.headerBytes
            pipeline.decoderConfiguration.maxHeaderFieldCount = http.headerFields
            let operations = channel.pipeline.syncOperations
            let kind = try operations.configureUpgradableHTTPServerPipeline(configuration: pipeline)
            let upgrade = try operations.handler(type: NIOTypedHTTPServerUpgradeHandler<Kind>.self)
            let gate = FirstRequestGate(timeout: TimeAmount(http.firstRequestTimeout), isWanted: isWanted)
            try operations.addHandler(gate, position: .before(upgrade))
            return Value(channel: channel, kind: kind)
        }
    }

    func handle(value: Value, logger: Logger) async {
        do {
            try await withTaskExecutorPreference(EventLoopExecutor(value.channel.eventLoop)) {
                switch try await value.kind.get() {
                case .http(let channel): await handleHTTP(asyncChannel: channel, logger: logger)
                case .webSocket(let link, let target, let watch):
                    await serve(link, target, logger: logger)
                    watch?.cancel()
                }
            }
        } catch {
            // Closed before its first request: nothing was to be answered.
            value.channel.close(promise: nil)
        }
    }

    private var upgrader: NIOTypedWebSocketServerUpgrader<Kind> {
        NIOTypedWebSocketServerUpgrader<Kind>(
            maxFrameSize: limits.frameBytes, enableAutomaticErrorHandling: false,
            shouldUpgrade: { channel, _ in
                // The gate has let through only what is wanted.
                channel.eventLoop.makeSucceededFuture(HTTPHeaders())
            },
            upgradePipelineHandler: { channel, head in
                channel.eventLoop.makeCompletedFuture { try becomeWebSocket(channel, head: head) }
            })
    }

    @Sendable private func isWanted(_ head: HTTPRequestHead) -> Bool {
        guard WebSocketTarget(uri: head.uri) != nil,
            let request = try? HTTPRequest(head, secure: false, splitCookie: false)
        else { return false }
        return admits(request)
    }

    private func stayHTTP(_ channel: any Channel, logger: Logger) throws -> Kind {
        let operations = channel.pipeline.syncOperations
        // In front of the decoder, where there is one thing to pass on for a request and not several.
        let deadline = ShutdownDeadlineHandler(grace: TimeAmount(http.shutdownGrace))
        try operations.addHandlers([FlushAtTurnEnd(), deadline], position: .first)
        try operations.addHandler(HTTP1ToHTTPServerCodec(secure: false))
        try operations.addHandler(RequestHeadHandler(isLeaving: isLeaving))
        try operations.addHandler(HTTPConnectionStateHandler(idleTimeout: http.idleTimeout, logger: logger))
        try operations.addHandler(AnswersAtHandHandler(atHand))
        return .http(
            try NIOAsyncChannel(
                wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true)))
    }

    private func becomeWebSocket(_ channel: any Channel, head: HTTPRequestHead) throws -> Kind {
        // The kernel's share of what waits for a client that does not read; where it cannot be set, it has its default.
        channel.setOption(.socketOption(.so_sndbuf), value: numericCast(limits.sendBuffer)).whenFailure { _ in }
        let handler = WebSocketConnectionHandler(limits: limits, now: channel.eventLoop.now)
        try channel.pipeline.syncOperations.addHandler(handler)
        let target = WebSocketTarget(uri: head.uri) ?? .topic(.stats)
        let link = WebSocketLink(channel: channel, handler: handler)
        guard let request = try? HTTPRequest(head, secure: false, splitCookie: false) else {
            return .webSocket(link, target, nil)
        }
        onUpgrade(request, channel.remoteAddress?.ipAddress ?? "unknown")
        let watch = watchKey(request) { link.end(.keyEnded) }
        return .webSocket(link, target, watch)
    }

    private func serve(_ link: WebSocketLink, _ target: WebSocketTarget, logger: Logger) async {
        guard clients.enter(limit: limits.clients) else {
            try? await link.close(.limit)
            _ = await link.closed()
            return
        }
        let ending = await WebSocketSession(feed: feed, link: link, target: target, logger: logger).run()
        clients.leave(ending)
        logger.debug("WebSocket closed", metadata: ["reason": "\(ending.rawValue)"])
    }
}
