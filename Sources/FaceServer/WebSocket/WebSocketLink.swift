import NIOCore

/// A WebSocket connection as code beside the event loop holds it.
struct WebSocketLink: Sendable {
    let channel: any Channel
    private let handler: NIOLoopBound<WebSocketConnectionHandler>

    /// Must be made on the channel's event loop.
    init(channel: any Channel, handler: WebSocketConnectionHandler) {
        self.channel = channel
        self.handler = NIOLoopBound(handler, eventLoop: channel.eventLoop)
    }

    /// Waits for the event loop to take the message, never for the client to read it.
    /// - Returns: false when the connection takes no more messages.
    func send(_ text: String) async throws -> Bool {
        try await onLoop { $0.send(ByteBuffer(string: text)) }
    }

    /// Sends a close frame, and closes when the client has answered.
    func close(_ ending: WebSocketEnding) async throws {
        try await onLoop { $0.close(ending) }
    }

    /// Sends a close frame, from any thread and without waiting for it.
    func end(_ ending: WebSocketEnding) {
        let handler = handler
        channel.eventLoop.execute { handler.value.close(ending) }
    }

    /// Closes at once.
    func drop(_ ending: WebSocketEnding) async throws {
        try await onLoop { $0.drop(ending) }
    }

    /// Returns when the channel is closed.
    /// - Returns: why it ended.
    func closed() async -> WebSocketEnding {
        try? await channel.closeFuture.get()
        let ending = try? await onLoop { $0.ending }
        return (ending ?? nil) ?? .client
    }

    private func onLoop<Answer: Sendable>(
        _ body: @escaping @Sendable (WebSocketConnectionHandler) -> Answer
    ) async throws -> Answer {
        try await channel.eventLoop.submit { body(handler.value) }.get()
    }
}
