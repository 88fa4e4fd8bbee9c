import Foundation
import NIOCore
import NIOHTTP1
import NIOHTTPTypesHTTP1

/// Stands before NIO's upgrade handler until a connection's first request head has come.
///
/// NIO's handler drops the head of a request whose `Upgrade` it refuses, so whatever is no wanted WebSocket handshake
/// loses that field here and goes to the router. And what Hummingbird's handlers give once the HTTP pipeline stands is
/// given here until then: a time-out, a 400 for what is no HTTP, an end when the server shuts down.
final class FirstRequestGate: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let timeout: TimeAmount
    private let isWanted: (HTTPRequestHead) -> Bool
    private var timer: Scheduled<Void>?
    private var isRefusing = false

    init(timeout: TimeAmount, isWanted: @escaping (HTTPRequestHead) -> Bool) {
        self.timeout = timeout
        self.isWanted = isWanted
    }

    func handlerAdded(context: ChannelHandlerContext) {
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: timeout) { context.close(promise: nil) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent: context.close(promise: nil)
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError else { return context.fireErrorCaught(error) }
        refuse(error == .headerOverflow ? .requestHeaderFieldsTooLarge : .badRequest, context: context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isRefusing else { return }
        guard case .head(var head) = unwrapInboundIn(data) else { return context.fireChannelRead(data) }
        if head.isWebSocketHandshake, isWanted(head) {
            context.fireChannelRead(data)
        } else {
            if head.headers.contains(name: "upgrade") || head.method == .CONNECT {
                head.headers.remove(name: "upgrade")
                // The decoder takes what follows for another protocol: no second request is to come.
                head.headers.replaceOrAdd(name: "connection", value: "close")
            }
            context.fireChannelRead(wrapInboundOut(.head(head)))
        }
        context.pipeline.syncOperations.removeHandler(self, promise: nil)
    }

    private func refuse(_ status: HTTPResponseStatus, context: ChannelHandlerContext) {
        guard !isRefusing else { return }
        isRefusing = true
        let body = ByteBuffer(string: Self.refusal(status))
        let head = HTTPResponseHead(
            version: .http1_1, status: status,
            headers: [
                "connection": "close", "content-type": "application/json; charset=utf-8",
                "content-length": String(body.readableBytes),
            ])
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil))).assumeIsolated().whenComplete { _ in
            context.close(mode: .output, promise: nil)
        }
        // What the client is still sending is read and thrown away, lest a reset overtake the answer.
        timer?.cancel()
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(1)) { context.close(promise: nil) }
    }
}

extension FirstRequestGate {
    /// The API's error object, for a request that never got as far as the router.
    private static func refusal(_ status: HTTPResponseStatus) -> String {
        let isTooLarge = status == .requestHeaderFieldsTooLarge
        let sentence = isTooLarge ? "The header fields are too large." : "The request is not valid HTTP."
        let code = isTooLarge ? "headers_too_large" : "bad_request"
        let id = UUID().uuidString.lowercased()
        return #"{"error":"\#(sentence)","code":"\#(code)","request_id":"\#(id)"}"#
    }
}

@available(*, unavailable)
extension FirstRequestGate: Sendable {}

extension HTTPRequestHead {
    /// Whether it is a well-formed handshake (RFC 6455, 4.2.1).
    fileprivate var isWebSocketHandshake: Bool {
        method == .GET && version == .http1_1
            && headers[canonicalForm: "upgrade"].map { $0.lowercased() } == ["websocket"]
            && headers[canonicalForm: "connection"].contains { $0.lowercased() == "upgrade" }
            && headers["sec-websocket-key"].count == 1 && headers["sec-websocket-version"] == ["13"]
            && !headers.contains(name: "content-length") && !headers.contains(name: "transfer-encoding")
    }
}
