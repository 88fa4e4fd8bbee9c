import HTTPTransfer

/// How often and how long a client tries again.
///
/// Sent again is what the server did not begin (429) and what did not reach it; after 503 and a connection that broke off only
/// what changes nothing.
public struct RetryRule: Sendable, Hashable {
    public var limit: Int
    /// Where `Retry-After` asks for more, the refusal is thrown at once.
    public var longestWait: Duration
    /// Where the server names no time; twice as long each time.
    public var firstWait: Duration

    public init(limit: Int = 3, longestWait: Duration = .seconds(60), firstWait: Duration = .milliseconds(500)) {
        self.limit = limit
        self.longestWait = longestWait
        self.firstWait = firstWait
    }

    /// - Returns: how long to wait before the next attempt; nil when there is to be none.
    func wait(after failure: LikClientError, attempt: Int, isRepeatable: Bool) -> Duration? {
        guard attempt < limit else { return nil }
        let pause = min(firstWait * (1 << min(attempt, 20)), longestWait)
        switch failure {
        case .transfer(let error):
            let mayHaveArrived: Bool
            switch error {
            case .unreachable: mayHaveArrived = false
            case .interrupted: mayHaveArrived = true
            default: return nil
            }
            return isRepeatable || !mayHaveArrived ? pause : nil
        case .refused(let status, _, _, let retryAfter) where status == 429 || status == 503 && isRepeatable:
            let wait = max(pause, retryAfter.map { .seconds($0) } ?? .zero)
            return wait <= longestWait ? wait : nil
        default: return nil
        }
    }
}
