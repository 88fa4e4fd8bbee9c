import Synchronization

/// How many clients are connected. A lock, because connections come and go on every event loop.
final class WebSocketClients: Sendable {
    private let count = Mutex(0)
    private let metrics: MetricsRegistry

    init(metrics: MetricsRegistry) {
        self.metrics = metrics
    }

    /// - Returns: false when there are as many as may be.
    func enter(limit: Int) -> Bool {
        let now: Int? = count.withLock { count in
            guard count < limit else { return nil }
            count += 1
            return count
        }
        guard let now else { return false }
        metrics.set(.webSocketClients, to: Double(now))
        return true
    }

    func leave(_ ending: WebSocketEnding) {
        let now = count.withLock { count in
            count -= 1
            return count
        }
        metrics.set(.webSocketClients, to: Double(now))
        metrics.add(.webSocketEndings, ending.rawValue)
    }
}
