/// The entries of a memory cache: a dictionary into a list that runs from the most to the least recently used entry.
///
/// The list lives in one array and links by index, so that an entry costs no allocation of its own.
struct RecentlyUsed {
    private struct Entry {
        var key: CacheKey
        var bytes: [UInt8]
        var newer: Int?
        var older: Int?
    }

    /// What an entry costs besides its key and its bytes: list entry, dictionary slot, array headers.
    static let overhead = 160

    private let capacity: Int
    private var slots: [Entry?] = []
    private var free: [Int] = []
    private var slotOfKey: [CacheKey: Int] = [:]
    private var keysOfTopic: [CacheTopic: Set<CacheKey>] = [:]
    private var newest: Int?
    private var oldest: Int?
    /// Topics that never changed are at `epoch`; the others carry a number of their own.
    private var generations: [CacheTopic: UInt64] = [:]
    private var epoch: UInt64 = 0
    private var lastGeneration: UInt64 = 0
    private(set) var statistics = CacheStatistics()

    /// More topics than that are forgotten at once, by letting everything that is being made count as changed.
    private static let topicLimit = 10_000

    init(capacity: Int) {
        self.capacity = capacity
    }

    mutating func get(_ key: CacheKey, countingMiss: Bool) -> [UInt8]? {
        guard let slot = slotOfKey[key], let bytes = slots[slot]?.bytes else {
            if countingMiss { statistics.misses += 1 }
            return nil
        }
        statistics.hits += 1
        if slot != newest {
            unlink(slot)
            link(slot)
        }
        return bytes
    }

    func generation(of topic: CacheTopic) -> CacheGeneration {
        CacheGeneration(generations[topic] ?? epoch)
    }

    mutating func set(_ key: CacheKey, to bytes: [UInt8], generation: CacheGeneration) {
        guard generation == self.generation(of: key.topic) else { return }
        remove(key)
        let cost = Self.cost(of: key, bytes)
        guard cost <= capacity / 4 else { return }
        while statistics.bytes + cost > capacity, let oldest, let entry = slots[oldest] {
            remove(entry.key)
            statistics.evictions += 1
        }
        let slot = free.popLast() ?? slots.count
        let entry = Entry(key: key, bytes: bytes)
        if slot == slots.count { slots.append(entry) } else { slots[slot] = entry }
        slotOfKey[key] = slot
        keysOfTopic[key.topic, default: []].insert(key)
        link(slot)
        statistics.entries += 1
        statistics.bytes += cost
    }

    mutating func remove(_ key: CacheKey) {
        guard let slot = slotOfKey.removeValue(forKey: key), let entry = slots[slot] else { return }
        unlink(slot)
        slots[slot] = nil
        free.append(slot)
        keysOfTopic[key.topic]?.remove(key)
        if keysOfTopic[key.topic]?.isEmpty == true { keysOfTopic[key.topic] = nil }
        statistics.entries -= 1
        statistics.bytes -= Self.cost(of: key, entry.bytes)
    }

    mutating func removeAll(of topic: CacheTopic) {
        for key in keysOfTopic[topic] ?? [] { remove(key) }
        lastGeneration += 1
        generations[topic] = lastGeneration
        if generations.count > Self.topicLimit { beginEpoch() }
    }

    mutating func removeEverything() {
        for key in Array(slotOfKey.keys) { remove(key) }
        beginEpoch()
    }

    /// Every number given out so far is below the new epoch, so what is being made now is not kept.
    private mutating func beginEpoch() {
        lastGeneration += 1
        epoch = lastGeneration
        generations.removeAll(keepingCapacity: true)
    }

    private static func cost(of key: CacheKey, _ bytes: [UInt8]) -> Int {
        key.topic.rawValue.utf8.count + key.name.utf8.count + bytes.count + overhead
    }

    /// Makes an entry the most recently used one.
    private mutating func link(_ slot: Int) {
        slots[slot]?.newer = nil
        slots[slot]?.older = newest
        if let newest { slots[newest]?.newer = slot }
        newest = slot
        if oldest == nil { oldest = slot }
    }

    private mutating func unlink(_ slot: Int) {
        guard let entry = slots[slot] else { return }
        if let newer = entry.newer { slots[newer]?.older = entry.older } else { newest = entry.older }
        if let older = entry.older { slots[older]?.newer = entry.newer } else { oldest = entry.newer }
    }
}
