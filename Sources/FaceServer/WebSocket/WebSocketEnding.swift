import NIOWebSocket

/// Why a WebSocket connection ended, in a word for logs and metrics.
enum WebSocketEnding: String, Sendable, Hashable {
    /// The client closed it, in whatever way.
    case client
    /// The server shuts down.
    case shutdown
    /// More was waiting for the client than may wait.
    case slow
    /// Nothing came from the client for too long.
    case idle
    /// The client broke the protocol.
    case protocolError = "protocol_error"
    /// The client sent a frame that is larger than it may be.
    case oversized
    /// The client sent too many frames, or came when no more clients are taken.
    case limit
    /// The key that it was opened with was revoked, rotated or changed.
    case keyEnded = "key_ended"
    /// No such task.
    case unknownTask = "unknown_task"
    /// The library could not be asked.
    case failure

    /// What the close frame says. Codes from 4000 on are the application's own.
    var closeCode: WebSocketErrorCode {
        switch self {
        case .client: .normalClosure
        case .shutdown: .goingAway
        case .slow, .idle, .limit: .policyViolation
        case .protocolError: .protocolError
        case .oversized: .messageTooLarge
        case .keyEnded: .unknown(4401)
        case .unknownTask: .unknown(4404)
        case .failure: .unexpectedServerError
        }
    }
}
