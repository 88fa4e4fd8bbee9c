import FaceCache
import Synchronization
import Testing

@Suite(.enabled(if: ThrowawayRedis.isInstalled, "redis-server is not installed"))
struct RedisEventChannelTests {
    @Test func `A cut is told of as a gap when it is over, and messages come again`() async throws {
        let redis = try ThrowawayRedis()
        let channel = RedisEventChannel(server: redis.server())
        try #require(channel.waitUntilLive(atMost: .seconds(10)))
        let news = Mutex<[EventChannelNews]>([])
        let subscription = channel.subscribe(to: "a") { item in news.withLock { $0.append(item) } }
        redis.kill()
        #expect(await eventually { !channel.isLive })
        channel.publish([1], to: "a")
        try redis.start()
        #expect(await eventually { channel.isLive })
        channel.publish([2], to: "a")
        #expect(await eventually { news.withLock { $0.count } == 2 })
        #expect(news.withLock { $0 } == [.gap, .message([2])])
        withExtendedLifetime(subscription) {}
    }

    @Test func `A server that falls silent is noticed though its connection stands`() async throws {
        let redis = try ThrowawayRedis()
        let channel = RedisEventChannel(server: redis.server())
        try #require(channel.waitUntilLive(atMost: .seconds(10)))
        redis.freeze()
        #expect(await eventually { !channel.isLive })
        redis.thaw()
        #expect(await eventually { channel.isLive })
    }

    @Test func `A server that is not there at first is found when it comes`() async throws {
        let redis = try ThrowawayRedis()
        redis.kill()
        let channel = RedisEventChannel(server: redis.server())
        #expect(!channel.waitUntilLive(atMost: .milliseconds(100)))
        try redis.start()
        #expect(channel.waitUntilLive(atMost: .seconds(10)))
    }
}
