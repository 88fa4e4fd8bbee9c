import NIOCore
import NIOWebSocket
import Testing

@testable import FaceServer

struct WebSocketConnectionTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)
    private let mask: WebSocketMaskingKey = [1, 2, 3, 4]

    private func connection(_ change: (inout WebSocketLimits) -> Void = { _ in }) -> WebSocketConnection {
        var limits = WebSocketLimits()
        limits.pingInterval = .seconds(20)
        limits.idleTimeout = .seconds(50)
        limits.closeTimeout = .seconds(2)
        change(&limits)
        return WebSocketConnection(limits: limits, now: start)
    }

    private func frame(_ opcode: WebSocketOpcode, _ bytes: [UInt8] = [], fin: Bool = true) -> WebSocketFrame {
        var data = ByteBuffer(bytes: bytes)
        data.webSocketMask(mask)
        return WebSocketFrame(fin: fin, opcode: opcode, maskKey: mask, data: data)
    }

    private func closeCode(_ connection: inout WebSocketConnection) -> WebSocketErrorCode? {
        while let frame = connection.nextFrame() {
            var data = frame.data
            if frame.opcode == .connectionClose { return data.readWebSocketErrorCode() }
        }
        return nil
    }

    private func after(_ seconds: Int64) -> NIODeadline { start + .seconds(seconds) }

    @Test func `Messages come out whole and in order`() {
        var connection = connection()
        for text in ["one", "two"] { #expect(connection.send(ByteBuffer(string: text)) == .proceed) }
        #expect(
            connection.nextFrame() == WebSocketFrame(fin: true, opcode: .text, data: ByteBuffer(string: "one")))
        #expect(
            connection.nextFrame() == WebSocketFrame(fin: true, opcode: .text, data: ByteBuffer(string: "two")))
        #expect(connection.nextFrame() == nil)
        #expect(connection.ending == nil)
    }

    @Test func `A client for which too many messages wait is dropped`() {
        var connection = connection { $0.queuedMessages = 3 }
        for _ in 0..<3 { #expect(connection.send(ByteBuffer(string: "x")) == .proceed) }
        _ = connection.nextFrame()
        #expect(connection.send(ByteBuffer(string: "x")) == .proceed)
        #expect(connection.send(ByteBuffer(string: "x")) == .drop)
        #expect(connection.ending == .slow)
        #expect(connection.nextFrame() == nil)
    }

    @Test func `A client for which too many bytes wait is dropped`() {
        var connection = connection { $0.queuedBytes = 10 }
        #expect(connection.send(ByteBuffer(string: "12345")) == .proceed)
        #expect(connection.send(ByteBuffer(string: "12345")) == .proceed)
        _ = connection.nextFrame()
        #expect(connection.send(ByteBuffer(string: "12345")) == .proceed)
        #expect(connection.send(ByteBuffer(string: "1")) == .drop)
        #expect(connection.ending == .slow)
    }

    @Test func `A quiet client is pinged, and stays as long as it answers`() {
        var connection = connection()
        var now = start
        for _ in 0..<10 {
            now = connection.deadline ?? now
            #expect(connection.tick(now: now) == .proceed)
            #expect(connection.nextFrame()?.opcode == .ping)
            now = now + .seconds(1)
            #expect(connection.receive(frame(.pong), now: now) == .proceed)
        }
        #expect(now > after(190))
        #expect(connection.ending == nil)
    }

    @Test func `A client that answers no ping is dropped after the idle time-out`() {
        var connection = connection()
        #expect(connection.deadline == after(20))
        #expect(connection.tick(now: after(20)) == .proceed)
        #expect(connection.tick(now: after(40)) == .proceed)
        #expect(connection.deadline == after(50))
        #expect(connection.tick(now: after(49)) == .proceed)
        #expect(connection.tick(now: after(50)) == .drop)
        #expect(connection.ending == .idle)
    }

    @Test func `A ping is answered with its own payload`() {
        var connection = connection()
        #expect(connection.receive(frame(.ping, [7, 8, 9]), now: after(1)) == .proceed)
        #expect(
            connection.nextFrame() == WebSocketFrame(fin: true, opcode: .pong, data: ByteBuffer(bytes: [7, 8, 9])))
    }

    @Test func `What a client says is of no interest`() {
        var connection = connection()
        #expect(connection.receive(frame(.text, [65]), now: after(1)) == .proceed)
        #expect(connection.receive(frame(.binary, [65], fin: false), now: after(1)) == .proceed)
        #expect(connection.receive(frame(.ping), now: after(1)) == .proceed)
        #expect(connection.receive(frame(.continuation, [65]), now: after(1)) == .proceed)
        #expect(connection.nextFrame()?.opcode == .pong)
        #expect(connection.nextFrame() == nil)
    }

    @Test func `A frame that breaks the protocol ends the connection`() {
        var unmasked = frame(.text)
        unmasked.maskKey = nil
        var reserved = frame(.text)
        reserved.rsv1 = true
        let wrong = [
            unmasked, reserved, frame(.continuation), frame(WebSocketOpcode(encodedWebSocketOpcode: 3) ?? .text),
        ]
        for bad in wrong {
            var connection = connection()
            #expect(connection.receive(bad, now: after(1)) == .proceed)
            #expect(closeCode(&connection) == .protocolError)
            #expect(connection.ending == .protocolError)
        }
        var fragmented = connection()
        #expect(fragmented.receive(frame(.text, fin: false), now: after(1)) == .proceed)
        #expect(fragmented.receive(frame(.text), now: after(1)) == .proceed)
        #expect(closeCode(&fragmented) == .protocolError)
    }

    @Test func `Frames that the decoder refuses end the connection`() {
        var large = connection()
        #expect(large.fail(.invalidFrameLength, now: after(1)) == .proceed)
        #expect(closeCode(&large) == .messageTooLarge)
        #expect(large.ending == .oversized)
        var control = connection()
        #expect(control.fail(.multiByteControlFrameLength, now: after(1)) == .proceed)
        #expect(closeCode(&control) == .protocolError)
    }

    @Test func `A client that sends too many frames is sent away, one that sends them slowly is not`() {
        var fast = connection { $0.framesPerWindow = 5 }
        for _ in 0..<5 { #expect(fast.receive(frame(.text), now: after(1)) == .proceed) }
        #expect(fast.ending == nil)
        #expect(fast.receive(frame(.text), now: after(1)) == .proceed)
        #expect(fast.ending == .limit)
        #expect(closeCode(&fast) == .policyViolation)
        var slow = connection { $0.framesPerWindow = 5 }
        for second in 0..<100 { #expect(slow.receive(frame(.text), now: after(Int64(second) * 3)) == .proceed) }
        #expect(slow.ending == nil)
    }

    @Test func `A client's close is answered with its code, and the socket closed after that`() {
        var connection = connection()
        #expect(connection.receive(frame(.connectionClose, [0x0F, 0xA0, 0x21]), now: after(1)) == .proceed)
        #expect(!connection.isFinished)
        #expect(closeCode(&connection) == .unknown(4000))
        #expect(connection.isFinished)
        #expect(connection.ending == .client)
        #expect(connection.send(ByteBuffer(string: "x")) == .proceed)
        #expect(connection.nextFrame() == nil)
    }

    @Test(
        arguments: [
            ([], 1000), ([0x03, 0xE8], 1000), ([0x03], 1002), ([0x03, 0xEC], 1002), ([0x03, 0xED], 1002),
            ([0x00, 0x00], 1002), ([0x07, 0xD0], 1002), ([0x13, 0x87], 4999), ([0x13, 0x88], 1002),
        ] as [([UInt8], UInt16)])
    func `Only codes that may be sent are sent back`(payload: [UInt8], answer: UInt16) {
        var connection = connection()
        _ = connection.receive(frame(.connectionClose, payload), now: after(1))
        #expect(closeCode(&connection).map { UInt16(webSocketErrorCode: $0) } == answer)
    }

    @Test func `At shutdown the client is told what was queued, then 1001, and awaited a moment`() {
        var connection = connection()
        _ = connection.send(ByteBuffer(string: "last"))
        #expect(connection.close(.shutdown, now: after(5)) == .proceed)
        #expect(connection.send(ByteBuffer(string: "too late")) == .proceed)
        #expect(connection.nextFrame()?.opcode == .text)
        #expect(closeCode(&connection) == .goingAway)
        #expect(!connection.isFinished)
        #expect(connection.deadline == after(7))
        #expect(connection.tick(now: after(6)) == .proceed)
        #expect(connection.tick(now: after(7)) == .drop)
        #expect(connection.ending == .shutdown)
    }

    @Test func `A client that answers the close ends it at once`() {
        var connection = connection()
        _ = connection.close(.shutdown, now: after(5))
        _ = connection.nextFrame()
        #expect(connection.receive(frame(.text), now: after(6)) == .proceed)
        #expect(!connection.isFinished)
        #expect(connection.receive(frame(.connectionClose, [0x03, 0xE9]), now: after(6)) == .proceed)
        #expect(connection.isFinished)
        #expect(connection.nextFrame() == nil)
        #expect(connection.ending == .shutdown)
    }

    @Test func `The first reason stays`() {
        var connection = connection()
        _ = connection.close(.unknownTask, now: after(1))
        _ = connection.close(.shutdown, now: after(1))
        _ = connection.drop(.client)
        #expect(connection.ending == .unknownTask)
    }

    @Test func `A client that closes and then reads nothing is not waited for`() {
        var connection = connection()
        _ = connection.send(ByteBuffer(string: "stuck"))
        _ = connection.receive(frame(.connectionClose), now: after(1))
        #expect(!connection.isFinished)
        #expect(connection.tick(now: after(3)) == .drop)
    }
}
