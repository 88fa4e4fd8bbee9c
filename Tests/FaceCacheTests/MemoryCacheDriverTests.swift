import FaceCache
import Testing

@Suite struct MemoryCacheDriverTests {
    private let topic = CacheTopic("t")

    private func put(_ name: String, _ size: Int, into cache: MemoryCacheDriver) {
        cache.set(
            CacheKey(topic, name), to: [UInt8](repeating: 7, count: size), generation: cache.generation(of: topic))
    }

    @Test func `Bytes stay within the capacity, and the least recently used goes first`() {
        let cache = MemoryCacheDriver(capacity: 10_000)
        for index in 0..<8 { put("\(index)", 1000, into: cache) }
        #expect(cache.statistics.entries == 8)
        _ = cache.get(CacheKey(topic, "0"))
        for index in 8..<11 { put("\(index)", 1000, into: cache) }
        #expect(cache.statistics.bytes <= 10_000)
        #expect(cache.statistics.evictions == 3)
        #expect(cache.get(CacheKey(topic, "0")) != nil)
        #expect(cache.get(CacheKey(topic, "1")) == nil)
        #expect(cache.get(CacheKey(topic, "10")) != nil)
    }

    @Test func `An answer larger than a quarter of the cache is not kept and drives nothing out`() {
        let cache = MemoryCacheDriver(capacity: 10_000)
        put("small", 100, into: cache)
        put("large", 3000, into: cache)
        #expect(cache.get(CacheKey(topic, "large")) == nil)
        #expect(cache.get(CacheKey(topic, "small")) != nil)
    }

    @Test func `An answer that becomes too large takes its earlier self along`() {
        let cache = MemoryCacheDriver(capacity: 10_000)
        put("a", 100, into: cache)
        put("a", 5000, into: cache)
        #expect(cache.get(CacheKey(topic, "a")) == nil)
        #expect(cache.statistics.bytes == 0 && cache.statistics.entries == 0)
    }

    @Test func `A capacity of zero keeps nothing`() {
        let cache = MemoryCacheDriver(capacity: 0)
        put("a", 0, into: cache)
        #expect(cache.get(CacheKey(topic, "a")) == nil)
    }

    @Test func `Removing everything frees every byte, whatever was done before`() {
        let cache = MemoryCacheDriver(capacity: 50_000)
        for round in 0..<200 {
            put("\(round % 37)", round * 7 % 900, into: cache)
            if round % 5 == 0 { cache.remove(CacheKey(topic, "\(round % 11)")) }
            _ = cache.get(CacheKey(topic, "\(round % 13)"))
        }
        cache.removeAll(of: topic)
        #expect(cache.statistics.entries == 0 && cache.statistics.bytes == 0)
        put("a", 10, into: cache)
        #expect(cache.get(CacheKey(topic, "a")) != nil)
    }

    @Test func `More topics than are remembered never bring an old answer back`() {
        let cache = MemoryCacheDriver(capacity: 1 << 20)
        let early = cache.generation(of: topic)
        for index in 0..<25_000 { cache.removeAll(of: CacheTopic("other \(index)")) }
        cache.removeAll(of: topic)
        for index in 0..<25_000 { cache.removeAll(of: CacheTopic("more \(index)")) }
        cache.set(CacheKey(topic, "a"), to: [1], generation: early)
        #expect(cache.get(CacheKey(topic, "a")) == nil)
    }
}
