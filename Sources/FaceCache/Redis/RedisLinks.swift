import Dispatch
import Synchronization

/// Whether Redis is there, as a log line wants to know: told once when it goes and once when it is back.
public enum RedisAvailability: Sendable, Hashable {
    case away(reason: String)
    case back
}

/// The connections of this process to a Redis server: few, opened when needed, used by whichever thread asks.
///
///     there ── a call failed, and once more on a new connection ──▶ away: calls get nothing, at once
///       ▲                                                             │ after 0.1 s, 0.2 s, … 5 s one call tries
///       └──────────────────────────── it was answered ────────────────┘
///
/// The asking thread does the talking, so it has to be one that may block.
final class RedisLinks: Sendable {
    private struct State {
        var idle: [RedisLink] = []
        /// Tries that failed since the server went away; 0 while it is there.
        var failures = 0
        var nextTry = ContinuousClock.now
    }

    let server: RedisServer
    private let state = Mutex(State())
    private let places: DispatchSemaphore
    private let report: @Sendable (RedisAvailability) -> Void

    /// - Parameters:
    ///   - limit: connections at most.
    ///   - report: is told when the server goes away and when it is back; must not block.
    init(to server: RedisServer, limit: Int = 8, report: @escaping @Sendable (RedisAvailability) -> Void) {
        self.server = server
        self.report = report
        places = DispatchSemaphore(value: limit)
    }

    /// The answer to a command; nil when there is none, since the server is away or all connections are in use for longer
    /// than an answer is waited for.
    func answer(_ command: [[UInt8]]) -> RedisReply? {
        guard state.withLock({ Self.mayTry(&$0) }) else { return nil }
        guard places.wait(timeout: .now() + server.timeout.interval) == .success else { return nil }
        defer { places.signal() }
        do throws(RedisError) {
            let reply = try talk(command)
            let wasAway = state.withLock { state in
                defer { state.failures = 0 }
                return state.failures > 0
            }
            if wasAway { report(.back) }
            return reply
        } catch {
            let isFirst = state.withLock { state in
                state.idle = []
                state.failures += 1
                state.nextTry = ContinuousClock.now + Self.pause(after: state.failures)
                return state.failures == 1
            }
            if isFirst { report(.away(reason: error.reason)) }
            return nil
        }
    }

    private func talk(_ command: [[UInt8]]) throws(RedisError) -> RedisReply {
        if let link = state.withLock({ $0.idle.popLast() }) {
            do throws(RedisError) {
                return try use(link, for: command)
            } catch .unreachable {
                // Left over from before the server was started again, as likely as not: so are the others.
                state.withLock { $0.idle = [] }
            }
        }
        return try use(RedisLink(to: server), for: command)
    }

    private func use(_ link: RedisLink, for command: [[UInt8]]) throws(RedisError) -> RedisReply {
        let reply = try link.command(command)
        state.withLock { $0.idle.append(link) }
        return reply
    }

    /// While the server is away, one call in a while.
    private static func mayTry(_ state: inout State) -> Bool {
        guard state.failures > 0 else { return true }
        let now = ContinuousClock.now
        guard now >= state.nextTry else { return false }
        state.nextTry = now + pause(after: state.failures)
        return true
    }

    static func pause(after failures: Int) -> Duration {
        min(.milliseconds(100) * (1 << min(failures - 1, 10)), .seconds(5))
    }
}

extension Duration {
    /// Rounded down to whole microseconds.
    var interval: DispatchTimeInterval {
        let (seconds, attoseconds) = components
        return .microseconds(Int(seconds) * 1_000_000 + Int(attoseconds / 1_000_000_000_000))
    }
}
