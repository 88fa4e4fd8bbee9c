import FaceCache
import Testing

/// A kind of cache that is to keep the contract, and how to make an empty one.
struct CacheDriverKind: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let make: @Sendable () -> any CacheDriver

    static let all =
        [
            CacheDriverKind(testDescription: "memory") { MemoryCacheDriver(capacity: 1 << 20) },
            CacheDriverKind(testDescription: "told") { ToldCacheDriver(channel: MemoryEventChannel()) },
        ]
        + (ThrowawayRedis.shared.map { [redis($0)] } ?? [])

    private static func redis(_ redis: ThrowawayRedis) -> CacheDriverKind {
        CacheDriverKind(testDescription: "Redis") {
            let channel = RedisEventChannel(server: redis.server())
            channel.waitUntilLive(atMost: .seconds(10))
            return RedisCacheDriver(channel: channel)
        }
    }
}

/// What holds for every cache, whatever is behind it.
@Suite struct CacheDriverContract {
    private static let people = CacheTopic("people")
    private static let tasks = CacheTopic("tasks")

    @Test(arguments: CacheDriverKind.all)
    func `What was set is got, under its key alone`(kind: CacheDriverKind) {
        let cache = kind.make()
        let key = CacheKey(Self.people, "1")
        #expect(cache.get(key) == nil)
        cache.set(key, to: [1, 2, 3], generation: cache.generation(of: Self.people))
        #expect(cache.get(key) == [1, 2, 3])
        #expect(cache.peek(key) == [1, 2, 3])
        #expect(cache.get(CacheKey(Self.people, "2")) == nil)
        #expect(cache.get(CacheKey(Self.tasks, "1")) == nil)
    }

    @Test(arguments: CacheDriverKind.all)
    func `Setting again replaces, an empty answer is an answer`(kind: CacheDriverKind) {
        let cache = kind.make()
        let key = CacheKey(Self.people, "1")
        cache.set(key, to: [1], generation: cache.generation(of: Self.people))
        cache.set(key, to: [], generation: cache.generation(of: Self.people))
        #expect(cache.get(key) == [])
    }

    @Test(arguments: CacheDriverKind.all)
    func `A removed answer is gone, its neighbours stay`(kind: CacheDriverKind) {
        let cache = kind.make()
        let generation = cache.generation(of: Self.people)
        cache.set(CacheKey(Self.people, "1"), to: [1], generation: generation)
        cache.set(CacheKey(Self.people, "2"), to: [2], generation: generation)
        cache.remove(CacheKey(Self.people, "1"))
        #expect(cache.get(CacheKey(Self.people, "1")) == nil)
        #expect(cache.get(CacheKey(Self.people, "2")) == [2])
    }

    @Test(arguments: CacheDriverKind.all)
    func `A change ends the answers of its topic and no others`(kind: CacheDriverKind) {
        let cache = kind.make()
        for topic in [Self.people, Self.tasks] {
            cache.set(CacheKey(topic, "1"), to: [1], generation: cache.generation(of: topic))
        }
        cache.removeAll(of: Self.people)
        #expect(cache.get(CacheKey(Self.people, "1")) == nil)
        #expect(cache.get(CacheKey(Self.tasks, "1")) == [1])
    }

    @Test(arguments: CacheDriverKind.all)
    func `An answer that was being made during a change is not kept`(kind: CacheDriverKind) {
        let cache = kind.make()
        let key = CacheKey(Self.people, "1")
        let before = cache.generation(of: Self.people)
        cache.removeAll(of: Self.people)
        cache.set(key, to: [1], generation: before)
        #expect(cache.get(key) == nil)
        cache.set(key, to: [2], generation: cache.generation(of: Self.people))
        #expect(cache.get(key) == [2])
    }

    @Test(arguments: CacheDriverKind.all)
    func `A generation stays the same until its own topic changes`(kind: CacheDriverKind) {
        let cache = kind.make()
        let people = cache.generation(of: Self.people)
        cache.removeAll(of: Self.tasks)
        #expect(cache.generation(of: Self.people) == people)
        cache.removeAll(of: Self.people)
        #expect(cache.generation(of: Self.people) != people)
    }

    @Test(arguments: CacheDriverKind.all)
    func `Hits and misses are counted, peeking in vain is not`(kind: CacheDriverKind) {
        let cache = kind.make()
        let key = CacheKey(Self.people, "1")
        _ = cache.peek(key)
        _ = cache.get(key)
        cache.set(key, to: [1], generation: cache.generation(of: Self.people))
        _ = cache.peek(key)
        _ = cache.get(key)
        #expect(cache.statistics.misses == 1)
        #expect(cache.statistics.hits == 2)
        #expect(cache.statistics.hitRate.map { abs($0 - 2.0 / 3) < 1e-9 } == true)
    }

    @Test(arguments: CacheDriverKind.all)
    func `Readers on many threads never see an answer older than their own write`(kind: CacheDriverKind) async {
        let cache = kind.make()
        await withTaskGroup(of: Int.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    var stale = 0
                    let topic = CacheTopic("topic \(writer)")
                    let key = CacheKey(topic, "1")
                    for round in 0..<500 {
                        let old = cache.generation(of: topic)
                        cache.removeAll(of: topic)
                        cache.set(key, to: [UInt8(truncatingIfNeeded: round &- 1)], generation: old)
                        if cache.get(key) != nil { stale += 1 }
                        let now = [UInt8(truncatingIfNeeded: round)]
                        cache.set(key, to: now, generation: cache.generation(of: topic))
                        if cache.get(key) != now { stale += 1 }
                    }
                    return stale
                }
            }
            for await stale in group { #expect(stale == 0) }
        }
    }
}
