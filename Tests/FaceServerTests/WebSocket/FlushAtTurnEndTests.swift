import NIOCore
import NIOEmbedded
import Testing

@testable import FaceServer

struct FlushAtTurnEndTests {
    private func written(_ channel: EmbeddedChannel) throws -> [String] {
        var texts: [String] = []
        while let buffer = try channel.readOutbound(as: ByteBuffer.self) { texts.append(String(buffer: buffer)) }
        return texts
    }

    @Test func `What is flushed in one turn goes out when it ends`() throws {
        let channel = EmbeddedChannel(handler: FlushAtTurnEnd())
        channel.writeAndFlush(ByteBuffer(string: "a"), promise: nil)
        channel.writeAndFlush(ByteBuffer(string: "b"), promise: nil)
        channel.write(ByteBuffer(string: "c"), promise: nil)
        #expect(try written(channel) == [])
        channel.embeddedEventLoop.run()
        #expect(try written(channel) == ["a", "b", "c"])
        channel.writeAndFlush(ByteBuffer(string: "d"), promise: nil)
        channel.embeddedEventLoop.run()
        #expect(try written(channel) == ["d"])
    }

    @Test func `What was flushed before a close goes out before it`() throws {
        let channel = EmbeddedChannel(handler: FlushAtTurnEnd())
        channel.writeAndFlush(ByteBuffer(string: "last words"), promise: nil)
        channel.close(promise: nil)
        #expect(try written(channel) == ["last words"])
        channel.embeddedEventLoop.run()
        #expect(try written(channel) == [])
    }
}
