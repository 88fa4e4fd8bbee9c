import FaceServer
import Foundation
import NIOCore
import NIOPosix

/// A client on a TCP connection that says what it is told to, byte by byte, and speaks the WebSocket protocol only as far
/// as the tests want it to.
struct RawConnection {
    struct Frame: Hashable {
        var opcode: UInt8
        var payload: [UInt8]

        var text: String { String(decoding: payload, as: UTF8.self) }
        var closeCode: Int? { opcode == 8 && payload.count >= 2 ? Int(payload[0]) << 8 | Int(payload[1]) : nil }
    }

    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var received = ByteBuffer()

    /// - Parameter receiveBuffer: what the kernel takes for a client that does not read, in bytes.
    static func open<Answer: Sendable>(
        _ port: Int, receiveBuffer: Int? = nil, _ body: (inout RawConnection) async throws -> Answer
    ) async throws -> Answer {
        var bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        if let receiveBuffer {
            bootstrap = bootstrap.channelOption(.socketOption(.so_rcvbuf), value: numericCast(receiveBuffer))
        }
        let channel = try await bootstrap.connect(host: "127.0.0.1", port: port) { channel in
            channel.eventLoop.makeCompletedFuture {
                try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                    wrappingChannelSynchronously: channel,
                    configuration: .init(backPressureStrategy: .init(lowWatermark: 1, highWatermark: 2)))
            }
        }
        return try await channel.executeThenClose { inbound, outbound in
            var connection = RawConnection(inbound: inbound.makeAsyncIterator(), outbound: outbound)
            return try await body(&connection)
        }
    }

    func send(_ text: String) async throws {
        try await outbound.write(ByteBuffer(string: text))
    }

    func send(bytes: [UInt8]) async throws {
        try await outbound.write(ByteBuffer(bytes: bytes))
    }

    func send(opcode: UInt8, _ payload: [UInt8] = [], isMasked: Bool = true) async throws {
        var frame = ByteBuffer(bytes: [0x80 | opcode])
        let mask: [UInt8] = [9, 8, 7, 6]
        if payload.count < 126 {
            frame.writeInteger(UInt8(payload.count) | (isMasked ? 0x80 : 0))
        } else {
            frame.writeInteger(UInt8(126) | (isMasked ? 0x80 : 0))
            frame.writeInteger(UInt16(payload.count))
        }
        if isMasked {
            frame.writeBytes(mask)
            frame.writeBytes(payload.enumerated().map { $1 ^ mask[$0 % 4] })
        } else {
            frame.writeBytes(payload)
        }
        try await outbound.write(frame)
    }

    /// Waits for more bytes.
    /// - Returns: false when the server has closed.
    private mutating func more() async -> Bool {
        guard let next = try? await inbound.next() else { return false }
        received.writeImmutableBuffer(next)
        return true
    }

    /// Everything until the server closes.
    mutating func untilClosed() async -> String {
        while await more() {}
        return String(buffer: received)
    }

    /// One answer with a `Content-Length`, or none at all.
    mutating func answer() async -> (head: String, body: String)? {
        while true {
            if let head = head() {
                let length = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
                let count = length.flatMap { Int($0.drop { $0 != ":" }.dropFirst().drop { $0 == " " }) } ?? 0
                while received.readableBytes < count { guard await more() else { return nil } }
                return (head, received.readString(length: count) ?? "")
            }
            guard await more() else { return nil }
        }
    }

    private mutating func head() -> String? {
        let view = received.readableBytesView
        guard let end = view.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        return received.readString(length: end.upperBound - view.startIndex)
    }

    /// Asks for the WebSocket.
    /// - Returns: the head of the answer; empty when there was none.
    mutating func handshake(_ path: String = "/ws", fields: [String] = []) async -> String {
        try? await send(
            "GET \(path) HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                + fields.map { $0 + "\r\n" }.joined() + "\r\n")
        return await answer()?.head ?? ""
    }

    /// The next frame; nil when the server has closed.
    mutating func frame() async -> Frame? {
        while true {
            if let frame = readFrame() { return frame }
            guard await more() else { return nil }
        }
    }

    /// The next text, pings answered on the way; nil at a close or the end.
    mutating func text() async -> String? {
        while let frame = await frame() {
            switch frame.opcode {
            case 1: return frame.text
            case 9: try? await send(opcode: 10, frame.payload)
            default: return nil
            }
        }
        return nil
    }

    private mutating func readFrame() -> Frame? {
        var buffer = received
        guard let first = buffer.readInteger(as: UInt8.self), let second = buffer.readInteger(as: UInt8.self) else {
            return nil
        }
        var length = Int(second)
        if length == 126 {
            guard let longer = buffer.readInteger(as: UInt16.self) else { return nil }
            length = Int(longer)
        } else if length == 127 {
            guard let longest = buffer.readInteger(as: UInt64.self) else { return nil }
            length = Int(longest)
        }
        guard let payload = buffer.readBytes(length: length) else { return nil }
        received = buffer
        received.discardReadBytes()
        return Frame(opcode: first & 0x0F, payload: payload)
    }
}
