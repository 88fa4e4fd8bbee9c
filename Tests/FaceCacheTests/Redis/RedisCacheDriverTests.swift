import FaceCache
import Synchronization
import Testing

@Suite(.enabled(if: ThrowawayRedis.isInstalled, "redis-server is not installed"))
struct RedisCacheDriverTests {
    private let people = CacheTopic("people")
    private let key = CacheKey(CacheTopic("people"), "1")

    private func driver(_ server: RedisServer, expiry: Duration = .seconds(60)) throws -> RedisCacheDriver {
        let channel = RedisEventChannel(server: server)
        try #require(channel.waitUntilLive(atMost: .seconds(10)))
        return RedisCacheDriver(channel: channel, expiry: expiry)
    }

    private func put(_ bytes: [UInt8], into cache: RedisCacheDriver) {
        cache.set(key, to: bytes, generation: cache.generation(of: people))
    }

    @Test func `What one process keeps, another one finds`() throws {
        let server = try #require(ThrowawayRedis.shared).server()
        let (one, other) = (try driver(server), try driver(server))
        put([1, 0, 10, 255], into: one)
        #expect(other.get(key) == [1, 0, 10, 255])
        #expect(other.peek(key) == [1, 0, 10, 255])
    }

    @Test func `Libraries with different prefixes share nothing`() throws {
        let redis = try #require(ThrowawayRedis.shared)
        let (one, other) = (try driver(redis.server()), try driver(redis.server()))
        put([1], into: one)
        #expect(other.get(key) == nil)
    }

    @Test func `A change by one process ends what another one keeps near`() async throws {
        let server = try #require(ThrowawayRedis.shared).server()
        let (one, other) = (try driver(server), try driver(server))
        put([1], into: one)
        #expect(other.get(key) == [1])
        one.removeAll(of: people)
        #expect(one.get(key) == nil)
        #expect(await eventually { other.get(key) == nil })
    }

    @Test func `An answer removed by one process goes from another one, its neighbour stays`() async throws {
        let server = try #require(ThrowawayRedis.shared).server()
        let (one, other) = (try driver(server), try driver(server))
        let neighbour = CacheKey(people, "2")
        put([1], into: one)
        one.set(neighbour, to: [2], generation: one.generation(of: people))
        #expect(other.get(key) == [1])
        one.remove(key)
        #expect(await eventually { other.get(key) == nil })
        #expect(other.get(neighbour) == [2])
    }

    @Test func `An answer runs out`() async throws {
        let server = try #require(ThrowawayRedis.shared).server()
        let (one, other) = (try driver(server, expiry: .milliseconds(40)), try driver(server))
        put([1], into: one)
        #expect(await eventually { one.get(key) == nil && other.get(key) == nil })
    }

    @Test func `What was being made when Redis lost its data is not kept`() throws {
        let redis = try ThrowawayRedis()
        let cache = try driver(redis.server())
        for _ in 0..<3 { cache.removeAll(of: people) }
        let before = cache.generation(of: people)
        try redis.run("FLUSHALL")
        #expect(cache.generation(of: people) != before)
        cache.set(key, to: [1], generation: before)
        #expect(cache.get(key) == nil)
        put([2], into: cache)
        #expect(cache.get(key) == [2])
    }

    @Test func `Without Redis there are no answers and no errors, and with it there are again`() async throws {
        let redis = try ThrowawayRedis()
        let reports = Mutex<[RedisAvailability]>([])
        let channel = RedisEventChannel(server: redis.server()) { report in reports.withLock { $0.append(report) } }
        try #require(channel.waitUntilLive(atMost: .seconds(10)))
        let cache = RedisCacheDriver(channel: channel)
        put([1], into: cache)
        redis.kill()
        #expect(await eventually { !channel.isLive })
        for _ in 0..<100 {
            #expect(cache.get(key) == nil)
            put([2], into: cache)
            cache.removeAll(of: people)
            cache.remove(key)
        }
        try redis.start()
        #expect(
            await eventually {
                put([3], into: cache)
                return cache.get(key) == [3]
            })
        #expect(await eventually { channel.isLive })
        let told = reports.withLock { $0 }
        #expect(told.count == 2 && told.last == .back)
    }

    @Test func `A change that could not be told ends the old answer before it is read again`() async throws {
        let redis = try ThrowawayRedis()
        let server = redis.server(timeout: .milliseconds(50))
        let cache = try driver(server)
        put([1], into: cache)
        redis.freeze()
        cache.removeAll(of: people)
        #expect(cache.get(key) == nil)
        redis.thaw()
        // It answers again when its other entries can be had, and never with the old one.
        let other = CacheKey(CacheTopic("tasks"), "1")
        #expect(
            await eventually {
                if cache.get(key) != nil { return true }
                cache.set(other, to: [7], generation: cache.generation(of: other.topic))
                return cache.get(other) == [7]
            })
        #expect(cache.get(key) == nil)
    }

    @Test func `A Redis that does not accept the password is one that is away`() throws {
        var server = try #require(ThrowawayRedis.shared).server()
        server.password = "wrong"
        let reports = Mutex<[RedisAvailability]>([])
        let channel = RedisEventChannel(server: server) { report in reports.withLock { $0.append(report) } }
        #expect(!channel.waitUntilLive(atMost: .milliseconds(300)))
        let cache = RedisCacheDriver(channel: channel)
        put([1], into: cache)
        #expect(cache.get(key) == nil)
        guard case .away(let reason)? = reports.withLock({ $0 }).first else {
            Issue.record("nothing was told")
            return
        }
        #expect(reason.contains("AUTH"))
    }
}
