import FaceStore
import Synchronization

/// How many requests a key may still make at the moment: each takes a token, and tokens come back at a steady pace. A lock,
/// because requests come on every event loop.
final class TokenBucket: Sendable {
    private struct State {
        var tokens: Double
        var last: ContinuousClock.Instant
    }

    private let state: Mutex<State>
    private let capacity: Double
    private let perSecond: Double

    init(_ limit: KeyRateLimit, now: ContinuousClock.Instant = .now) {
        capacity = Double(limit.burst)
        perSecond = Double(limit.requestsPerMinute) / 60
        state = Mutex(State(tokens: capacity, last: now))
    }

    /// Takes a token.
    ///
    /// - Returns: nil when there was one, else in how many whole seconds there will be.
    func take(now: ContinuousClock.Instant = .now) -> Int? {
        state.withLock { state in
            let (seconds, attoseconds) = max(state.last.duration(to: now), .zero).components
            state.tokens = min(capacity, state.tokens + (Double(seconds) + Double(attoseconds) * 1e-18) * perSecond)
            state.last = max(state.last, now)
            guard state.tokens < 1 else {
                state.tokens -= 1
                return nil
            }
            return max(1, Int(((1 - state.tokens) / perSecond).rounded(.up)))
        }
    }
}
