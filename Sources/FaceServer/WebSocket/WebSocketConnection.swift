import NIOCore
import NIOWebSocket

/// One WebSocket connection as a state machine: what to send, when to ping, when to give up. It knows neither sockets nor
/// clocks; its owner feeds it with what happens, sends what `nextFrame` gives while the socket takes it, and obeys.
struct WebSocketConnection {
    /// What the owner does after it has told the machine something.
    enum Step: Equatable {
        /// Send what there is.
        case proceed
        /// Close the socket without waiting for anything.
        case drop
    }

    private enum Phase: Equatable {
        case open
        /// Our close frame is queued or sent; the client's is awaited until then.
        case closing(until: NIODeadline)
        /// The client's close frame has come: close the socket when the queue is empty.
        case finished(until: NIODeadline)
        case dropped
    }

    /// Nil as long as the connection is meant to last.
    private(set) var ending: WebSocketEnding?
    private let limits: WebSocketLimits
    private var phase = Phase.open
    private var queue = CircularBuffer<WebSocketFrame>()
    private var queuedBytes = 0
    private var lastHeard: NIODeadline
    private var nextPing: NIODeadline
    private var windowStart: NIODeadline
    private var framesInWindow = 0
    private var isMidMessage = false

    init(limits: WebSocketLimits, now: NIODeadline) {
        self.limits = limits
        lastHeard = now
        windowStart = now
        nextPing = now + TimeAmount(limits.pingInterval)
    }

    /// When `tick` is to be called at the latest.
    var deadline: NIODeadline? {
        switch phase {
        case .open: min(nextPing, lastHeard + TimeAmount(limits.idleTimeout))
        case .closing(let until), .finished(let until): until
        case .dropped: nil
        }
    }

    /// Whether the socket is to be closed as soon as what was sent is out.
    var isFinished: Bool {
        if case .finished = phase { queue.isEmpty } else { false }
    }

    /// The next frame to send, to be asked for only while the socket takes more.
    mutating func nextFrame() -> WebSocketFrame? {
        guard let frame = queue.popFirst() else { return nil }
        queuedBytes -= frame.length
        return frame
    }

    /// Queues a message; a client for which too much is waiting is dropped.
    mutating func send(_ text: ByteBuffer) -> Step {
        guard phase == .open else { return .proceed }
        return enqueue(WebSocketFrame(fin: true, opcode: .text, data: text))
    }

    /// Says goodbye and waits a moment for the answer. Later calls change nothing.
    mutating func close(_ ending: WebSocketEnding, now: NIODeadline) -> Step {
        guard phase == .open else { return .proceed }
        self.ending = ending
        phase = .closing(until: now + TimeAmount(limits.closeTimeout))
        return enqueue(.close(ending.closeCode))
    }

    /// The socket is gone, or is to be.
    mutating func drop(_ ending: WebSocketEnding) -> Step {
        self.ending = self.ending ?? ending
        phase = .dropped
        queue.removeAll()
        queuedBytes = 0
        return .drop
    }

    /// The decoder could make nothing of what came; it takes nothing more from this client.
    mutating func fail(_ error: NIOWebSocketError, now: NIODeadline) -> Step {
        if case .invalidFrameLength = error { return close(.oversized, now: now) }
        return close(.protocolError, now: now)
    }

    mutating func receive(_ frame: WebSocketFrame, now: NIODeadline) -> Step {
        lastHeard = now
        if frame.opcode == .connectionClose { return receiveClose(frame, now: now) }
        guard phase == .open else { return .proceed }
        guard keepsRate(now: now) else { return close(.limit, now: now) }
        guard keepsProtocol(frame) else { return close(.protocolError, now: now) }
        guard frame.opcode == .ping else { return .proceed }
        return enqueue(WebSocketFrame(fin: true, opcode: .pong, data: frame.unmaskedData))
    }

    /// Time has passed: pings a quiet client, drops one that is gone.
    mutating func tick(now: NIODeadline) -> Step {
        switch phase {
        case .open:
            if now - lastHeard >= TimeAmount(limits.idleTimeout) { return drop(.idle) }
            guard now >= nextPing else { return .proceed }
            nextPing = now + TimeAmount(limits.pingInterval)
            return enqueue(WebSocketFrame(fin: true, opcode: .ping, data: ByteBuffer()))
        case .closing(let until), .finished(let until):
            return now >= until ? drop(.client) : .proceed
        case .dropped:
            return .drop
        }
    }

    private mutating func receiveClose(_ frame: WebSocketFrame, now: NIODeadline) -> Step {
        switch phase {
        case .open:
            let code = Self.answer(toClose: frame)
            ending = code == .protocolError ? .protocolError : .client
            phase = .finished(until: now + TimeAmount(limits.closeTimeout))
            return enqueue(.close(code))
        case .closing(let until):
            phase = .finished(until: until)
            return .proceed
        case .finished, .dropped:
            return .proceed
        }
    }

    /// The code to answer with: the client's own, if it may stand in a close frame (RFC 6455, 7.4).
    private static func answer(toClose frame: WebSocketFrame) -> WebSocketErrorCode {
        guard frame.maskKey != nil, frame.fin else { return .protocolError }
        var payload = frame.unmaskedData
        guard payload.readableBytes > 0 else { return .normalClosure }
        guard let code = payload.readInteger(as: UInt16.self) else { return .protocolError }
        switch code {
        case 1000...1003, 1007...1014, 3000...4999: return WebSocketErrorCode(codeNumber: Int(code))
        default: return .protocolError
        }
    }

    private mutating func keepsRate(now: NIODeadline) -> Bool {
        if now - windowStart >= TimeAmount(limits.frameWindow) {
            windowStart = now
            framesInWindow = 0
        }
        framesInWindow += 1
        return framesInWindow <= limits.framesPerWindow
    }

    /// What RFC 6455 asks of a client's frame beside what the decoder has checked: masked, no extension bits, fragments
    /// in their order. What it says is of no interest.
    private mutating func keepsProtocol(_ frame: WebSocketFrame) -> Bool {
        guard frame.maskKey != nil, !frame.rsv1, !frame.rsv2, !frame.rsv3 else { return false }
        switch frame.opcode {
        case .ping, .pong:
            return true
        case .text, .binary:
            guard !isMidMessage else { return false }
            isMidMessage = !frame.fin
            return true
        case .continuation:
            guard isMidMessage else { return false }
            isMidMessage = !frame.fin
            return true
        default:
            return false
        }
    }

    private mutating func enqueue(_ frame: WebSocketFrame) -> Step {
        guard queue.count < limits.queuedMessages, queuedBytes + frame.length <= limits.queuedBytes else {
            return drop(.slow)
        }
        queue.append(frame)
        queuedBytes += frame.length
        return .proceed
    }
}

extension WebSocketFrame {
    fileprivate static func close(_ code: WebSocketErrorCode) -> WebSocketFrame {
        var payload = ByteBuffer()
        payload.write(webSocketErrorCode: code)
        return WebSocketFrame(fin: true, opcode: .connectionClose, data: payload)
    }
}
