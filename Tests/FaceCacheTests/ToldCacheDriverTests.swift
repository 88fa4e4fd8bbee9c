import FaceCache
import Synchronization
import Testing

@Suite struct ToldCacheDriverTests {
    /// A carrier that can be cut.
    private final class Cable: EventCarrier {
        private let news: CarriedNews
        private let isUp = Atomic(true)

        init(_ news: CarriedNews) { self.news = news }

        var isLive: Bool { isUp.load(ordering: .acquiring) }

        func carry(_ message: [UInt8], to topic: String) {
            if isLive { news.arrived(message, topic: topic) }
        }

        func cut() { isUp.store(false, ordering: .releasing) }

        func mend() {
            isUp.store(true, ordering: .releasing)
            news.reportGap()
        }
    }

    private let people = CacheTopic("people")
    private var key: CacheKey { CacheKey(people, "1") }

    private func keep(_ bytes: [UInt8], in cache: any CacheDriver) {
        cache.set(key, to: bytes, generation: cache.generation(of: people))
    }

    @Test func `A change in one process ends the answers of another, and not what was made since`() {
        let channel = MemoryEventChannel()
        let (mine, yours) = (ToldCacheDriver(channel: channel), ToldCacheDriver(channel: channel))
        keep([1], in: mine)
        keep([1], in: yours)
        mine.removeAll(of: people)
        #expect(mine.get(key) == nil && yours.get(key) == nil)
        keep([2], in: mine)
        mine.removeAll(of: CacheTopic("photos"))
        #expect(mine.get(key) == [2])
    }

    @Test func `An answer that was being made when another process changed its topic is not kept`() {
        let channel = MemoryEventChannel()
        let (mine, yours) = (ToldCacheDriver(channel: channel), ToldCacheDriver(channel: channel))
        let generation = mine.generation(of: people)
        yours.removeAll(of: people)
        mine.set(key, to: [1], generation: generation)
        #expect(mine.get(key) == nil)
    }

    @Test func `What is forgotten is forgotten here alone`() {
        let channel = MemoryEventChannel()
        let (mine, yours) = (ToldCacheDriver(channel: channel), ToldCacheDriver(channel: channel))
        keep([1], in: mine)
        keep([1], in: yours)
        mine.forget(people)
        #expect(mine.get(key) == nil && yours.get(key) == [1])
    }

    @Test func `While nobody could tell of changes there are no answers, and none from before`() throws {
        let cable = Mutex<Cable?>(nil)
        let channel = CarriedEventChannel { news in
            let made = Cable(news)
            cable.withLock { $0 = made }
            return made
        }
        let carrier = try #require(cable.withLock { $0 })
        let cache = ToldCacheDriver(channel: channel)
        keep([1], in: cache)
        #expect(cache.peek(key) == [1])
        carrier.cut()
        #expect(cache.peek(key) == nil && cache.get(key) == nil)
        let generation = cache.generation(of: people)
        carrier.mend()
        #expect(cache.get(key) == nil)
        cache.set(key, to: [2], generation: generation)
        #expect(cache.get(key) == nil)
        keep([3], in: cache)
        #expect(cache.get(key) == [3])
    }

    @Test func `Answers run out`() {
        let cache = ToldCacheDriver(channel: MemoryEventChannel(), expiry: .zero)
        keep([1], in: cache)
        #expect(cache.get(key) == nil)
    }
}
