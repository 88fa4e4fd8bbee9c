import NIOCore
import NIOWebSocket

/// The end of a WebSocket channel's pipeline: feeds a `WebSocketConnection` with what happens on the channel and sends
/// what it gives, as fast as the client reads and no faster.
final class WebSocketConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = WebSocketFrame
    typealias OutboundOut = WebSocketFrame

    private var connection: WebSocketConnection
    private var context: ChannelHandlerContext?
    private var timer: (at: NIODeadline, task: Scheduled<Void>)?
    private var isPumping = false

    init(limits: WebSocketLimits, now: NIODeadline) {
        connection = WebSocketConnection(limits: limits, now: now)
    }

    /// Nil while the connection is meant to last.
    var ending: WebSocketEnding? { connection.ending }

    /// Sends a message, or queues it, or drops the client when too much is queued.
    /// - Returns: false when the connection takes no more messages.
    func send(_ text: ByteBuffer) -> Bool {
        guard context != nil, connection.ending == nil else { return false }
        obey(connection.send(text))
        return connection.ending == nil
    }

    func close(_ ending: WebSocketEnding) {
        guard let context else { return }
        obey(connection.close(ending, now: context.eventLoop.now))
    }

    /// Closes the channel without a word.
    func drop(_ ending: WebSocketEnding) {
        guard context != nil else { return }
        obey(connection.drop(ending))
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        arm()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        letGo()
    }

    func channelInactive(context: ChannelHandlerContext) {
        _ = connection.drop(.client)
        letGo()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        obey(connection.receive(unwrapInboundIn(data), now: context.eventLoop.now))
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        pump()
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent:
            obey(connection.close(.shutdown, now: context.eventLoop.now))
        case ChannelEvent.inputClosed:
            // Half a connection is of no use here: without pongs it would be dropped a little later.
            obey(connection.drop(.client))
        default:
            context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? NIOWebSocketError else { return obey(connection.drop(.client)) }
        obey(connection.fail(error, now: context.eventLoop.now))
    }

    private func obey(_ step: WebSocketConnection.Step) {
        switch step {
        case .proceed:
            pump()
            arm()
        case .drop:
            timer?.task.cancel()
            timer = nil
            context?.close(promise: nil)
        }
    }

    /// Writing may change writability and lead back here: the loop that is under way goes on with it.
    private func pump() {
        guard let context, !isPumping else { return }
        isPumping = true
        defer { isPumping = false }
        while context.channel.isWritable, let frame = connection.nextFrame() {
            context.writeAndFlush(wrapOutboundOut(frame), promise: nil)
        }
        guard connection.isFinished else { return }
        context.close(promise: nil)
    }

    private func arm() {
        guard let context, let deadline = connection.deadline else { return }
        if let timer, timer.at <= deadline { return }
        timer?.task.cancel()
        let task = context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { [weak self] in
            guard let self, let context = self.context else { return }
            self.timer = nil
            self.obey(self.connection.tick(now: context.eventLoop.now))
        }
        timer = (deadline, task)
    }

    private func letGo() {
        timer?.task.cancel()
        timer = nil
        context = nil
    }
}

@available(*, unavailable)
extension WebSocketConnectionHandler: Sendable {}
