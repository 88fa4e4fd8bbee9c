import CHiredis
import Glibc
import Synchronization

/// One connection to Redis. Calls block, one at a time; after an error the connection is of no use any more.
///
/// hiredis' context must not be used by two threads at once: it lies behind this lock.
final class RedisLink: Sendable {
    private let context = Mutex<UnsafeMutablePointer<redisContext>?>(nil)

    /// Connects, and brings itself to the right database.
    init(to server: RedisServer) throws(RedisError) {
        try connect(server)
        if let password = server.password, !password.isEmpty { try expectOK(["AUTH", password]) }
        if server.database != 0 { try expectOK(["SELECT", String(server.database)]) }
    }

    deinit {
        context.withLock { context in
            if let context { redisFree(context) }
        }
    }

    private func connect(_ server: RedisServer) throws(RedisError) {
        // hiredis writes without MSG_NOSIGNAL: a lost connection has to be an error and not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        let timeout = Self.time(server.timeout)
        let failure: RedisError? = context.withLock { context in
            let made =
                switch server.endpoint {
                case .tcp(let host, let port): redisConnectWithTimeout(host, Int32(port), timeout)
                case .socket(let path): redisConnectUnixWithTimeout(path, timeout)
                }
            guard let made else { return .unreachable("there is no memory for a connection") }
            context = made
            guard made.pointee.err == 0 else { return .unreachable(Self.reason(made)) }
            _ = redisSetTimeout(made, timeout)
            if case .tcp = server.endpoint { _ = redisEnableKeepAlive(made) }
            return nil
        }
        if let failure { throw failure }
    }

    private func expectOK(_ command: [String]) throws(RedisError) {
        guard try self.command(command.map { Array($0.utf8) }) == .status("OK") else {
            throw .refused("it did not accept \(command[0])")
        }
    }

    /// Sends a command and waits for its answer.
    ///
    /// - Throws: `RedisError.refused` for an answer that is an error; the connection stays usable then.
    func command(_ arguments: [[UInt8]]) throws(RedisError) -> RedisReply {
        let result: Result<RedisReply, RedisError> = context.withLock { context in
            guard let context else { return .failure(.unreachable("there is no connection")) }
            let answer = Self.withPointers(arguments) { pointers, lengths in
                redisCommandArgv(context, Int32(arguments.count), pointers, lengths)
            }
            guard let answer else { return .failure(.unreachable(Self.reason(context))) }
            defer { freeReplyObject(answer) }
            return .success(RedisReply(copying: answer.assumingMemoryBound(to: redisReply.self).pointee))
        }
        let reply = try result.get()
        if case .error(let message) = reply { throw .refused(message) }
        return reply
    }

    /// Sends a command whose answer `next` will get among the others.
    func send(_ arguments: [[UInt8]]) throws(RedisError) {
        let failure: RedisError? = context.withLock { context in
            guard let context else { return .unreachable("there is no connection") }
            let status = Self.withPointers(arguments) { pointers, lengths in
                redisAppendCommandArgv(context, Int32(arguments.count), pointers, lengths)
            }
            guard status == REDIS_OK else { return .unreachable(Self.reason(context)) }
            var isDone: Int32 = 0
            while isDone == 0 {
                guard redisBufferWrite(context, &isDone) == REDIS_OK else { return .unreachable(Self.reason(context)) }
            }
            return nil
        }
        if let failure { throw failure }
    }

    /// What the server sends next; nil when it sends nothing for so long.
    func next(atMost duration: Duration) throws(RedisError) -> RedisReply? {
        let result: Result<RedisReply?, RedisError> = context.withLock { context in
            guard let context else { return .failure(.unreachable("there is no connection")) }
            if let reply = Self.read(context) { return reply.map(Optional.some) }
            var descriptor = pollfd(fd: context.pointee.fd, events: Int16(POLLIN), revents: 0)
            let (seconds, attoseconds) = duration.components
            guard poll(&descriptor, 1, Int32(seconds * 1000 + attoseconds / 1_000_000_000_000_000)) > 0 else {
                return .success(nil)
            }
            guard redisBufferRead(context) == REDIS_OK else { return .failure(.unreachable(Self.reason(context))) }
            return Self.read(context)?.map(Optional.some) ?? .success(nil)
        }
        return try result.get()
    }

    /// A whole answer that has been received; nil when there is none.
    private static func read(_ context: UnsafeMutablePointer<redisContext>) -> Result<RedisReply, RedisError>? {
        var answer: UnsafeMutableRawPointer?
        guard redisReaderGetReply(context.pointee.reader, &answer) == REDIS_OK else {
            return .failure(.unreachable("it does not speak Redis' protocol"))
        }
        guard let answer else { return nil }
        defer { freeReplyObject(answer) }
        return .success(RedisReply(copying: answer.assumingMemoryBound(to: redisReply.self).pointee))
    }

    private static func withPointers<Value>(
        _ arguments: [[UInt8]],
        _ body: (UnsafeMutablePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int>?) -> Value
    ) -> Value {
        let lengths = arguments.map(\.count)
        // One byte more, so that the last argument has an address even when it is empty.
        let all = Array(arguments.joined()) + [0]
        return all.withUnsafeBytes { bytes in
            var start = bytes.baseAddress
            var pointers: [UnsafePointer<CChar>?] = lengths.map { length in
                defer { start = start?.advanced(by: length) }
                return start?.assumingMemoryBound(to: CChar.self)
            }
            return pointers.withUnsafeMutableBufferPointer { pointers in
                lengths.withUnsafeBufferPointer { body(pointers.baseAddress, $0.baseAddress) }
            }
        }
    }

    private static func reason(_ context: UnsafeMutablePointer<redisContext>) -> String {
        if context.pointee.err == REDIS_ERR_IO, errno == EAGAIN { return "it does not answer" }
        let text = withUnsafeBytes(of: context.pointee.errstr) {
            String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
        }
        return text.isEmpty ? "the connection was lost" : text.lowercased()
    }

    private static func time(_ duration: Duration) -> timeval {
        let (seconds, attoseconds) = duration.components
        return timeval(tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
    }
}
