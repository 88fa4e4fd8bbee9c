/// Bounds of one WebSocket connection.
public struct WebSocketLimits: Sendable, Hashable {
    /// Messages that wait for a client which does not read. One more, and the client is dropped.
    public var queuedMessages = 256
    /// Bytes that wait for a client which does not read. One more, and the client is dropped.
    public var queuedBytes = 256 * 1024
    /// What the kernel may hold for one client, in bytes.
    public var sendBuffer = 64 * 1024
    /// Between two pings.
    public var pingInterval: Duration = .seconds(20)
    /// A client from which nothing came for so long, not even a pong, is gone.
    public var idleTimeout: Duration = .seconds(50)
    /// How long a client may take to answer a close frame.
    public var closeTimeout: Duration = .seconds(2)
    /// The largest frame that a client may send, in bytes: it has nothing to say.
    public var frameBytes = 4096
    /// Frames that a client may send within `frameWindow`.
    public var framesPerWindow = 100
    public var frameWindow: Duration = .seconds(10)
    /// Clients at the same time.
    public var clients = 4096

    public init() {}
}

/// Bounds of a connection before and beside the WebSocket: what Hummingbird's own channel would be configured with.
public struct HTTPConnectionLimits: Sendable, Hashable {
    /// How long the head of a connection's first request may take.
    public var firstRequestTimeout: Duration = .seconds(15)
    /// A connection on which nothing moves for so long is closed; one whose request is being answered is not.
    public var idleTimeout: Duration = .seconds(60)
    /// How long a request in work may take once the server shuts down.
    public var shutdownGrace: Duration = .seconds(8)
    /// All header fields together, in bytes.
    public var headerBytes = 64 * 1024
    public var headerFields = 200

    public init() {}
}
