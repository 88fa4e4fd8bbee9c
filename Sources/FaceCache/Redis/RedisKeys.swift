/// Under which names the cache's data lie in Redis.
struct RedisKeys {
    /// The channel that tells of changed topics.
    static let changes = "cache"

    private let server: RedisServer

    init(_ server: RedisServer) { self.server = server }

    func generation(_ topic: CacheTopic) -> [UInt8] { Array("\(server.prefix)cache:g:\(topic.rawValue)".utf8) }

    /// The length keeps a topic that holds a colon apart from other topics.
    func answer(_ key: CacheKey) -> [UInt8] {
        let topic = key.topic.rawValue
        return Array("\(server.prefix)cache:a:\(topic.utf8.count):\(topic):\(key.name)".utf8)
    }

    var changes: [UInt8] { Array(RedisEventChannel.channel(Self.changes, of: server).utf8) }
}

/// How an answer lies in Redis: its generation's digits, a line break, its bytes.
enum StoredAnswer {
    static func encode(_ bytes: [UInt8], generation: [UInt8]) -> [UInt8] {
        generation + [UInt8(ascii: "\n")] + bytes
    }

    /// The bytes; nil when the answer is of another generation.
    static func bytes(of stored: [UInt8], generation: [UInt8]) -> [UInt8]? {
        guard stored.starts(with: generation), stored.count > generation.count,
            stored[generation.count] == UInt8(ascii: "\n")
        else { return nil }
        return Array(stored[(generation.count + 1)...])
    }
}

/// What has to happen in Redis as a whole.
enum RedisScripts {
    private static let now = """
        local t = redis.call('TIME')
        local now = t[1] * 1000000 + t[2]

        """

    /// The topic's number; one is taken when there is none.
    static let generation = Array(
        """
        local g = redis.call('GET', KEYS[1])
        if g then return g end
        \(now)local text = string.format('%.0f', now)
        redis.call('SET', KEYS[1], text)
        return text
        """.utf8)

    /// Takes the topic's next number and tells of it.
    static let change = Array(
        """
        local g = tonumber(redis.call('GET', KEYS[1]) or '0')
        \(now)if now <= g then now = g + 1 end
        redis.call('SET', KEYS[1], string.format('%.0f', now))
        return redis.call('PUBLISH', KEYS[2], ARGV[1])
        """.utf8)

    /// Keeps an answer if its generation is still the topic's.
    static let keep = Array(
        """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
        redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
        return 1
        """.utf8)

    /// Forgets one answer and tells of it.
    static let remove = Array(
        """
        redis.call('DEL', KEYS[1])
        return redis.call('PUBLISH', KEYS[2], ARGV[1])
        """.utf8)
}
