import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Answers what can be answered at once where it comes in, on the event loop, and lets everything else through.
///
/// A request is held until its end has come. It is answered here only when it has no body and all requests before it on
/// the connection have their answers, so that answers stay in the order of their requests.
final class AnswersAtHandHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// The answer to a request; nil leaves it to whom it would go to otherwise. Called on the event loop.
    typealias Source = @Sendable (HTTPRequest, any Channel) -> (response: HTTPResponse, body: ByteBuffer?)?

    private let source: Source
    /// A request whose end has not come yet.
    private var held: HTTPRequest?
    /// Requests that were let through and whose answer is not through.
    private var unanswered = 0

    init(_ source: @escaping Source) {
        self.source = source
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let request):
            // To who does not read, nobody writes: whoever else answers waits until he does.
            if unanswered == 0, context.channel.isWritable, Self.isPlain(request) {
                held = request
            } else {
                unanswered += 1
                context.fireChannelRead(data)
            }
        case .body:
            release(context: context)
            context.fireChannelRead(data)
        case .end:
            if let request = held, let (response, body) = source(request, context.channel) {
                held = nil
                context.write(wrapOutboundOut(.head(response)), promise: nil)
                if let body { context.write(wrapOutboundOut(.body(body)), promise: nil) }
                context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            } else {
                release(context: context)
                context.fireChannelRead(data)
            }
        }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { unanswered -= 1 }
        context.write(data, promise: promise)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        release(context: context)
        context.fireErrorCaught(error)
    }

    func channelInactive(context: ChannelHandlerContext) {
        // Whoever it would have gone to learns that it never ended.
        release(context: context)
        context.fireChannelInactive()
    }

    /// Lets through what is held.
    private func release(context: ChannelHandlerContext) {
        guard let request = held else { return }
        held = nil
        unanswered += 1
        context.fireChannelRead(wrapInboundOut(.head(request)))
    }

    /// A GET that asks nothing of the connection and brings no body.
    private static func isPlain(_ request: HTTPRequest) -> Bool {
        guard request.method == .get else { return false }
        let fields = request.headerFields
        if fields.contains(.contentLength) || fields.contains(.transferEncoding) || fields.contains(.expect) {
            return false
        }
        guard let connection = fields[.connection] else { return true }
        return connection.lowercased() == "keep-alive"
    }
}

@available(*, unavailable)
extension AnswersAtHandHandler: Sendable {}
