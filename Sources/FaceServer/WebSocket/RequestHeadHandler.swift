import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// What a request's head asks of the connection itself, and Hummingbird leaves undone: `Expect: 100-continue`, without
/// whose answer a client waits a second before its upload, and `Upgrade` on a later request of a connection, after which
/// the decoder would read nothing more. And once the server is going to end, the connection ends with its next answer, which
/// says so: whoever comes again comes by a new connection, which may be another server's.
final class RequestHeadHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let isLeaving: @Sendable () -> Bool
    /// The next answer is the connection's last.
    private var isLast = false
    /// Requests whose answer is not through.
    private var unanswered = 0
    /// A 100 that must wait for the answers to earlier requests.
    private var isContinueDue = false

    /// - Parameter isLeaving: whether the server is going to end.
    init(isLeaving: @escaping @Sendable () -> Bool = { false }) {
        self.isLeaving = isLeaving
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(var request):
            unanswered += 1
            if request.headerFields[.expect]?.lowercased() == "100-continue" {
                isContinueDue = true
                continueIfDue(context: context)
            }
            if request.headerFields[.upgrade] != nil || request.method == .connect {
                request.headerFields[.upgrade] = nil
                request.headerFields[.connection] = "close"
            }
            if isLeaving() {
                isLast = true
                request.headerFields[.connection] = "close"
            }
            context.fireChannelRead(wrapInboundOut(.head(request)))
        case .body:
            // It comes without having been told to.
            isContinueDue = false
            context.fireChannelRead(data)
        case .end:
            context.fireChannelRead(data)
        }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        var part = unwrapOutboundIn(data)
        if case .head(var response) = part, unanswered == 1, response.status.kind != .informational {
            isContinueDue = false
            if isLast {
                response.headerFields[.connection] = "close"
                part = .head(response)
            }
        }
        context.write(wrapOutboundOut(part), promise: promise)
        guard case .end = part else { return }
        unanswered -= 1
        continueIfDue(context: context)
    }

    private func continueIfDue(context: ChannelHandlerContext) {
        guard isContinueDue, unanswered == 1 else { return }
        isContinueDue = false
        context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
    }
}

@available(*, unavailable)
extension RequestHeadHandler: Sendable {}
