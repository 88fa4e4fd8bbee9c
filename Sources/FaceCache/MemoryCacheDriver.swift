import Synchronization

/// A cache in this process: bounded by bytes, least recently used out first.
///
/// One lock guards it, held for the time of a dictionary look-up: every answer is found or stored in constant time.
public final class MemoryCacheDriver: CacheDriver {
    /// Bytes at most, keys and bookkeeping included.
    public let capacity: Int
    private let state: Mutex<RecentlyUsed>

    public var isImmediate: Bool { true }

    /// - Parameter capacity: bytes; an answer that alone is larger than a quarter of it is not kept.
    public init(capacity: Int = 32 << 20) {
        self.capacity = max(capacity, 0)
        state = Mutex(RecentlyUsed(capacity: max(capacity, 0)))
    }

    public func get(_ key: CacheKey) -> [UInt8]? {
        state.withLock { $0.get(key, countingMiss: true) }
    }

    public func peek(_ key: CacheKey) -> [UInt8]? {
        state.withLock { $0.get(key, countingMiss: false) }
    }

    public func set(_ key: CacheKey, to bytes: [UInt8], generation: CacheGeneration) {
        state.withLock { $0.set(key, to: bytes, generation: generation) }
    }

    public func generation(of topic: CacheTopic) -> CacheGeneration {
        state.withLock { $0.generation(of: topic) }
    }

    public func remove(_ key: CacheKey) {
        state.withLock { $0.remove(key) }
    }

    public func removeAll(of topic: CacheTopic) {
        state.withLock { $0.removeAll(of: topic) }
    }

    /// Forgets every answer, also those that are being made at this moment.
    func removeEverything() {
        state.withLock { $0.removeEverything() }
    }

    public var statistics: CacheStatistics {
        state.withLock { $0.statistics }
    }
}
