import Synchronization

/// A cache that several processes share: answers in Redis, with an expiry, and the latest of them in this process too.
///
/// Each topic has a number in Redis, and each answer carries the number that its topic had before the answer was made; it
/// counts as long as the two are equal. A change takes the next number and tells all processes, which drop what they
/// keep of the topic themselves: a process sees its own changes at once and those of others as soon as Redis has told
/// them, about a millisecond later. Numbers are taken from Redis' clock in microseconds, so that a Redis that lost its
/// data never gives out an old one.
///
/// While Redis is away there are no answers, near ones neither, since nobody could tell of changes. A change made in that
/// time is told when it is back, before this process reads from it again; should the process end before that, others see
/// an old answer for at most `expiry`.
public final class RedisCacheDriver: CacheDriver {
    private let links: RedisLinks
    private let channel: any EventChannel
    private let expiry: Duration
    private let near: NearAnswers
    private let untold = UntoldChanges()
    private let hits = Atomic(0)
    private let misses = Atomic(0)
    private let subscription: Mutex<EventChannelSubscription?>

    /// - Parameters:
    ///   - channel: over the server that keeps the answers.
    ///   - nearCapacity: bytes of answers kept in this process as well.
    ///   - expiry: how long an answer is kept.
    public init(channel: RedisEventChannel, nearCapacity: Int = 32 << 20, expiry: Duration = .seconds(60)) {
        links = channel.links
        self.channel = channel
        self.expiry = expiry
        let near = NearAnswers(capacity: nearCapacity, keptFor: expiry)
        self.near = near
        subscription = Mutex(
            channel.subscribe(to: RedisKeys.changes) { news in
                switch news {
                case .message(let bytes): near.forget(CacheTopic(String(decoding: bytes, as: UTF8.self)))
                case .gap: near.forgetEverything()
                }
            })
    }

    public var isImmediate: Bool { true }

    public func get(_ key: CacheKey) -> [UInt8]? {
        if let bytes = peek(key) { return bytes }
        if let bytes = fetch(key) {
            hits.add(1, ordering: .relaxed)
            return bytes
        }
        misses.add(1, ordering: .relaxed)
        return nil
    }

    public func peek(_ key: CacheKey) -> [UInt8]? {
        guard channel.isLive, let bytes = near.get(key) else { return nil }
        hits.add(1, ordering: .relaxed)
        return bytes
    }

    private func fetch(_ key: CacheKey) -> [UInt8]? {
        guard tellUntold() else { return nil }
        // Before asking: a change told from here on must keep the answer out.
        let place = near.place(for: key.topic)
        let names = RedisKeys(links.server)
        guard
            case .array(let found)? = links.answer([Array("MGET".utf8), names.generation(key.topic), names.answer(key)]),
            found.count == 2, let generation = found[0].asBytes, let stored = found[1].asBytes,
            let bytes = StoredAnswer.bytes(of: stored, generation: generation)
        else { return nil }
        near.set(key, to: bytes, at: place)
        return bytes
    }

    public func set(_ key: CacheKey, to bytes: [UInt8], generation: CacheGeneration) {
        guard generation != Self.none, tellUntold() else { return }
        let place = near.place(for: key.topic)
        let names = RedisKeys(links.server)
        let number = Array(String(generation.number).utf8)
        let milliseconds = max(Int64(expiry / .milliseconds(1)), 1)
        let isKept = links.answer([
            Array("EVAL".utf8), RedisScripts.keep, [UInt8(ascii: "2")], names.generation(key.topic), names.answer(key),
            number, StoredAnswer.encode(bytes, generation: number), Array(String(milliseconds).utf8),
        ])
        if isKept == .integer(1) { near.set(key, to: bytes, at: place) }
    }

    public func generation(of topic: CacheTopic) -> CacheGeneration {
        guard tellUntold() else { return Self.none }
        let number = links.answer([
            Array("EVAL".utf8), RedisScripts.generation, [UInt8(ascii: "1")], RedisKeys(links.server).generation(topic),
        ])
        return number?.asInteger.map { CacheGeneration(UInt64(clamping: $0)) } ?? Self.none
    }

    /// Of a topic whose number cannot be had: what is made now is not kept.
    private static let none = CacheGeneration(0)

    public func remove(_ key: CacheKey) {
        let names = RedisKeys(links.server)
        // Other processes may keep it near; they are told of its topic, and find what else is in that in Redis.
        let answer = links.answer([
            Array("EVAL".utf8), RedisScripts.remove, [UInt8(ascii: "2")], names.answer(key), names.changes,
            Array(key.topic.rawValue.utf8),
        ])
        if answer == nil { untold.insert(key.topic) }
        near.forget(key.topic)
    }

    public func removeAll(of topic: CacheTopic) {
        if !tell([topic]) { untold.insert(topic) }
        near.forget(topic)
    }

    public var statistics: CacheStatistics {
        var statistics = near.statistics
        statistics.hits = hits.load(ordering: .relaxed)
        statistics.misses = misses.load(ordering: .relaxed)
        return statistics
    }

    // MARK: Changes

    private func tell(_ topics: [CacheTopic]) -> Bool {
        let names = RedisKeys(links.server)
        for topic in topics {
            let answer = links.answer([
                Array("EVAL".utf8), RedisScripts.change, [UInt8(ascii: "2")], names.generation(topic), names.changes,
                Array(topic.rawValue.utf8),
            ])
            guard answer != nil else { return false }
        }
        return true
    }

    /// Tells of what was changed while Redis was away; false when it still is.
    private func tellUntold() -> Bool { untold.settle { tell($0) } }
}
