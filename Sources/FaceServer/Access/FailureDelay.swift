import Synchronization

/// Slows down those who try keys: each wrong one from an address makes the next answer to it later, up to two seconds;
/// a minute without any and the address is forgotten. Right keys are never held up.
///
/// What waits is bounded: beyond `capacity` waiting answers, wrong keys are refused at once and unseen.
final class FailureDelay: Sendable {
    private struct Record {
        var failures: Int
        var last: ContinuousClock.Instant
    }

    private struct State {
        var records: [String: Record] = [:]
        var waiting = 0
    }

    private let state = Mutex(State())
    private let capacity: Int
    private let first: Duration

    init(capacity: Int = 256, first: Duration = .milliseconds(100)) {
        self.capacity = capacity
        self.first = first
    }

    /// Counts a wrong key and waits as long as the address has earned.
    ///
    /// - Throws: `APIError.tooManyAttempts` without waiting when too many answers wait already.
    func waitAfterFailure(from address: String) async throws {
        let now = ContinuousClock.now
        let delay = state.withLock { state -> Duration? in
            guard state.waiting < capacity else { return nil }
            if state.records.count >= 4096 {
                state.records = state.records.filter { now - $0.value.last < .seconds(60) }
            }
            if state.records.count >= 4096 { state.records.removeAll() }
            var record = state.records[address] ?? Record(failures: 0, last: now)
            if now - record.last >= .seconds(60) { record.failures = 0 }
            record.failures += 1
            record.last = now
            state.records[address] = record
            state.waiting += 1
            return min(first * (1 << min(record.failures - 1, 10)), .seconds(2))
        }
        guard let delay else { throw APIError.tooManyAttempts }
        defer { state.withLock { $0.waiting -= 1 } }
        try await Task.sleep(for: delay)
    }
}
