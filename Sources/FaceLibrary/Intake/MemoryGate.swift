import Dispatch
import Synchronization

/// Lets threads in while what they take together stays within a limit. Whoever came first goes first, so that one who
/// takes much is not passed by for ever; one who takes more than the limit goes in when nobody else is there.
final class MemoryGate: Sendable {
    private struct Entrant {
        let bytes: Int
        let isSingle: Bool
    }

    private struct State {
        var bytes = 0
        var entrants = 0
        var hasSingle = false
        var waiting: [(entrant: Entrant, turn: DispatchSemaphore)] = []

        mutating func admits(_ entrant: Entrant, limit: Int) -> Bool {
            guard entrants == 0 || bytes + entrant.bytes <= limit, !(entrant.isSingle && hasSingle) else {
                return false
            }
            bytes += entrant.bytes
            entrants += 1
            if entrant.isSingle { hasSingle = true }
            return true
        }
    }

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) {
        self.limit = limit
    }

    /// Blocks until there is room, then runs the work.
    ///
    /// - Parameter isSingle: of those for whom it is true one at a time is let in.
    func taking<Value, Failure: Error>(
        _ bytes: Int, isSingle: Bool = false, _ body: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        let entrant = Entrant(bytes: max(bytes, 0), isSingle: isSingle)
        enter(entrant)
        defer { leave(entrant) }
        return try body()
    }

    private func enter(_ entrant: Entrant) {
        let turn = state.withLock { state -> DispatchSemaphore? in
            if state.waiting.isEmpty, state.admits(entrant, limit: limit) { return nil }
            let turn = DispatchSemaphore(value: 0)
            state.waiting.append((entrant, turn))
            return turn
        }
        turn?.wait()
    }

    private func leave(_ entrant: Entrant) {
        state.withLock { state in
            state.bytes -= entrant.bytes
            state.entrants -= 1
            if entrant.isSingle { state.hasSingle = false }
            while let first = state.waiting.first, state.admits(first.entrant, limit: limit) {
                state.waiting.removeFirst().turn.signal()
            }
        }
    }
}
