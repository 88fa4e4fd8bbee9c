import Foundation
import Synchronization

/// A cache in this process, of which a change by any process ends what it touches: they tell each other by a channel.
///
/// A process sees its own changes at once, and those of others as soon as the channel has told them. While the channel is cut
/// there are no answers, since nobody could tell of changes. A process that dies between a change and its telling leaves
/// others with an old answer for at most `expiry`.
public final class ToldCacheDriver: CacheDriver {
    private let memory: MemoryCacheDriver
    private let channel: any EventChannel
    private let expiry: Duration
    private let since = Mutex(ContinuousClock.now)
    private let subscription: Mutex<EventChannelSubscription?>
    /// What this process has told it knows already: an answer that was made since is not to end for it.
    private let sender: [UInt8]

    private static let topic = "changes"

    /// - Parameters:
    ///   - capacity: bytes.
    ///   - expiry: after that long everything is made anew.
    public init(channel: any EventChannel, capacity: Int = 32 << 20, expiry: Duration = .seconds(60)) {
        self.channel = channel
        self.expiry = expiry
        let memory = MemoryCacheDriver(capacity: capacity)
        self.memory = memory
        let sender = Array(UUID().uuidString.utf8)
        self.sender = sender
        subscription = Mutex(
            channel.subscribe(to: Self.topic) { news in
                switch news {
                case .message(let bytes) where bytes.starts(with: sender): break
                case .message(let bytes):
                    let name = String(decoding: bytes.dropFirst(sender.count), as: UTF8.self)
                    memory.removeAll(of: CacheTopic(name))
                case .gap: memory.removeEverything()
                }
            })
    }

    public var isImmediate: Bool { true }

    public func get(_ key: CacheKey) -> [UInt8]? { isCurrent ? memory.get(key) : nil }

    public func peek(_ key: CacheKey) -> [UInt8]? { isCurrent ? memory.peek(key) : nil }

    public func set(_ key: CacheKey, to bytes: [UInt8], generation: CacheGeneration) {
        if isCurrent { memory.set(key, to: bytes, generation: generation) }
    }

    public func generation(of topic: CacheTopic) -> CacheGeneration { memory.generation(of: topic) }

    public func remove(_ key: CacheKey) { memory.remove(key) }

    public func removeAll(of topic: CacheTopic) {
        memory.removeAll(of: topic)
        channel.publish(sender + Array(topic.rawValue.utf8), to: Self.topic)
    }

    public func forget(_ topic: CacheTopic) { memory.removeAll(of: topic) }

    public var statistics: CacheStatistics { memory.statistics }

    private var isCurrent: Bool {
        guard channel.isLive else { return false }
        let isOld = since.withLock { since in
            guard ContinuousClock.now - since >= expiry else { return false }
            since = .now
            return true
        }
        if isOld { memory.removeEverything() }
        return true
    }
}
