import Dispatch
import Synchronization

/// Wakes threads that have nothing to do. A ring between looking for work and going to sleep is not missed: who waits
/// says how often the bell had rung before he looked.
final class WorkBell: Sendable {
    private struct State {
        var rings: UInt64 = 0
        var sleepers = 0
    }

    private let state = Mutex(State())
    private let semaphore = DispatchSemaphore(value: 0)

    /// How often the bell has rung: to be asked before looking for work.
    var rings: UInt64 { state.withLock { $0.rings } }

    /// Wakes everybody who waits.
    func ring() {
        let sleepers = state.withLock { state in
            state.rings += 1
            defer { state.sleepers = 0 }
            return state.sleepers
        }
        for _ in 0..<sleepers { semaphore.signal() }
    }

    /// Waits until the bell has rung more than `rings` times, at most for so long.
    func wait(after rings: UInt64, atMost duration: Duration) {
        let sleeps = state.withLock { state in
            guard state.rings == rings else { return false }
            state.sleepers += 1
            return true
        }
        guard sleeps, semaphore.wait(timeout: .now() + duration.dispatchInterval) == .timedOut else { return }
        let wasCounted = state.withLock { state in
            guard state.sleepers > 0 else { return false }
            state.sleepers -= 1
            return true
        }
        // A ring that came at the same time has counted this sleeper: its signal must not wake the next one for nothing.
        if !wasCounted { semaphore.wait() }
    }
}

extension Duration {
    /// Rounded down to whole microseconds; at most a day.
    var dispatchInterval: DispatchTimeInterval {
        let (seconds, attoseconds) = components
        guard seconds < 86_400 else { return .seconds(86_400) }
        return .microseconds(Int(seconds) * 1_000_000 + Int(attoseconds / 1_000_000_000_000))
    }
}
