import Synchronization

/// The answers that a process keeps of a cache that lies elsewhere.
final class NearAnswers: Sendable {
    /// Where an answer may be kept that is about to be asked for: nowhere any more once its topic was forgotten.
    struct Place: Sendable {
        fileprivate let cache: MemoryCacheDriver
        fileprivate let generation: CacheGeneration
    }

    private struct State {
        var cache: MemoryCacheDriver
        var since = ContinuousClock.now
    }

    private let capacity: Int
    private let keptFor: Duration
    private let state: Mutex<State>

    /// - Parameters:
    ///   - capacity: bytes.
    ///   - keptFor: after that long everything is asked for anew.
    init(capacity: Int, keptFor: Duration) {
        self.capacity = capacity
        self.keptFor = keptFor
        state = Mutex(State(cache: MemoryCacheDriver(capacity: capacity)))
    }

    func get(_ key: CacheKey) -> [UInt8]? { current.peek(key) }

    func place(for topic: CacheTopic) -> Place {
        let cache = current
        return Place(cache: cache, generation: cache.generation(of: topic))
    }

    func set(_ key: CacheKey, to bytes: [UInt8], at place: Place) {
        place.cache.set(key, to: bytes, generation: place.generation)
    }

    func forget(_ topic: CacheTopic) { current.removeAll(of: topic) }

    /// Also what is being asked for at this moment: it goes to a cache that nobody reads any more.
    func forgetEverything() {
        state.withLock { $0 = State(cache: MemoryCacheDriver(capacity: capacity)) }
    }

    var statistics: CacheStatistics { current.statistics }

    private var current: MemoryCacheDriver {
        state.withLock { state in
            if ContinuousClock.now - state.since >= keptFor {
                state = State(cache: MemoryCacheDriver(capacity: capacity))
            }
            return state.cache
        }
    }
}
