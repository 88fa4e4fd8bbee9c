/// Keeps answers for a while: bytes under keys, any of which may be gone at any moment.
///
/// What is kept belongs to a topic, and a change ends all that was kept under its topics. To keep an answer from
/// outliving a change that came while it was being made, its maker asks for the topic's generation *before* reading what
/// the answer is made of, and hands it in with the answer: an answer of an old generation is never given out.
///
/// All calls may come from any thread. A driver whose server is away behaves as an empty cache: a cache never makes a
/// request fail.
public protocol CacheDriver: Sendable {
    /// Whether `peek` only touches memory of this process, so that an event loop may call it.
    var isImmediate: Bool { get }

    /// The bytes under a key; nil when there are none of the topic's present generation.
    func get(_ key: CacheKey) -> [UInt8]?

    /// As `get`, for callers that go on to ask with `get` when there is nothing: a miss is not counted. A driver whose
    /// answers lie elsewhere may look only at those that it keeps in this process.
    func peek(_ key: CacheKey) -> [UInt8]?

    /// Keeps bytes under a key, replacing what was there. Ignored when the topic has changed since `generation` was
    /// asked for.
    func set(_ key: CacheKey, to bytes: [UInt8], generation: CacheGeneration)

    /// Which answers of a topic count at present.
    func generation(of topic: CacheTopic) -> CacheGeneration

    /// Forgets one answer.
    func remove(_ key: CacheKey)

    /// Forgets every answer of a topic, also those that are being made at this moment.
    func removeAll(of topic: CacheTopic)

    /// Forgets what this process would answer of a topic, when all processes find out by themselves that it changed: a driver
    /// whose answers are its own tells nobody.
    func forget(_ topic: CacheTopic)

    var statistics: CacheStatistics { get }
}

extension CacheDriver {
    public func forget(_ topic: CacheTopic) { removeAll(of: topic) }
}

/// What answers are about: a change names the topics that it touches.
public struct CacheTopic: Sendable, Hashable, RawRepresentable, CustomStringConvertible {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }
    public init(_ rawValue: String) { self.rawValue = rawValue }
    public var description: String { rawValue }
}

/// Names one answer.
public struct CacheKey: Sendable, Hashable {
    public var topic: CacheTopic
    /// Tells the answers of a topic apart, for example `12?lang=ru`.
    public var name: String

    public init(_ topic: CacheTopic, _ name: String) {
        self.topic = topic
        self.name = name
    }
}

/// How often a topic has changed. Only the driver that gave it out can make sense of it.
public struct CacheGeneration: Sendable, Hashable {
    public let number: UInt64

    public init(_ number: UInt64) { self.number = number }
}

/// What a cache did since it was made.
public struct CacheStatistics: Sendable, Hashable {
    /// Answers that were there.
    public var hits: Int
    /// Answers that were not.
    public var misses: Int
    /// Answers dropped to make room.
    public var evictions: Int
    /// Answers kept at present.
    public var entries: Int
    /// Bytes kept at present, keys and bookkeeping included.
    public var bytes: Int

    public init(hits: Int = 0, misses: Int = 0, evictions: Int = 0, entries: Int = 0, bytes: Int = 0) {
        self.hits = hits
        self.misses = misses
        self.evictions = evictions
        self.entries = entries
        self.bytes = bytes
    }

    /// Hits among all questions, 0 to 1; nil before the first one.
    public var hitRate: Double? {
        hits + misses > 0 ? Double(hits) / Double(hits + misses) : nil
    }
}
