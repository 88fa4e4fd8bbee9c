import NIOCore

/// Puts off flushing to the end of the event loop's turn: the requests that came in together are answered first, and
/// then the answers go out one right after the other.
///
/// A client with many connections is woken once for all of them, not once for each, and that is most of what sending a
/// short answer costs.
final class FlushAtTurnEnd: ChannelOutboundHandler, RemovableChannelHandler {
    typealias OutboundIn = Any
    typealias OutboundOut = Any

    private var isDue = false

    func flush(context: ChannelHandlerContext) {
        guard !isDue else { return }
        isDue = true
        context.eventLoop.assumeIsolated().execute {
            self.flushIfDue(context: context)
        }
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        // What is not flushed when a channel closes is lost.
        flushIfDue(context: context)
        context.close(mode: mode, promise: promise)
    }

    private func flushIfDue(context: ChannelHandlerContext) {
        guard isDue else { return }
        isDue = false
        context.flush()
    }
}

@available(*, unavailable)
extension FlushAtTurnEnd: Sendable {}
