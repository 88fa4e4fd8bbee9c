import Synchronization

/// A counter with its label values; keep it where it is raised often, to save the look-up.
public final class Counter: Sendable {
    private let count = Atomic<UInt64>(0)

    init() {}

    public var value: UInt64 { count.load(ordering: .relaxed) }

    public func add(_ amount: Int = 1) {
        guard amount > 0 else { return }
        count.wrappingAdd(UInt64(amount), ordering: .relaxed)
    }
}

/// A gauge with its label values.
public final class Gauge: Sendable {
    private let bits = Atomic<UInt64>(0)

    init() {}

    public var value: Double { Double(bitPattern: bits.load(ordering: .relaxed)) }

    public func set(_ value: Double) {
        bits.store(value.bitPattern, ordering: .relaxed)
    }

    /// Raises it, or lowers it by a negative amount.
    public func add(_ amount: Double) {
        var seen = bits.load(ordering: .relaxed)
        while true {
            let raised = (Double(bitPattern: seen) + amount).bitPattern
            let (isDone, now) = bits.weakCompareExchange(expected: seen, desired: raised, ordering: .relaxed)
            if isDone { return }
            seen = now
        }
    }
}

/// A histogram with its label values. A lock, because the bucket, the sum and the count of a value belong together.
public final class Histogram: Sendable {
    struct State: Sendable, Hashable {
        /// One a bucket, each without those below it; the last is for everything beyond.
        var counts: [UInt64]
        var sum = 0.0
    }

    let bounds: [Double]
    private let state: Mutex<State>

    init(bounds: [Double]) {
        self.bounds = bounds
        state = Mutex(State(counts: Array(repeating: 0, count: bounds.count + 1)))
    }

    var snapshot: State { state.withLock { $0 } }

    /// Values that are no numbers are left out.
    public func observe(_ value: Double) {
        guard !value.isNaN else { return }
        let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
        state.withLock { state in
            state.counts[bucket] += 1
            state.sum += value
        }
    }

    public func observe(_ duration: Duration) {
        observe(duration / .seconds(1))
    }
}
