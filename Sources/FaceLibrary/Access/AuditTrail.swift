public import FaceStore
import Synchronization

/// What was asked of this server and is not in the log yet: requests do not wait for the database. A lock, because requests
/// come on every event loop.
public final class AuditTrail: Sendable {
    private struct State {
        var entries: [AuditEntry] = []
        var lost = 0
    }

    private let state = Mutex(State())
    /// What is being written, so that two writers do not pass each other.
    private let turn = Mutex(())
    private let capacity: Int

    /// - Parameter capacity: entries that may wait; further ones are counted and lost.
    public init(capacity: Int = 65_536) { self.capacity = capacity }

    /// Notes a request. Does not block.
    public func record(_ entry: AuditEntry) {
        state.withLock { state in
            if state.entries.count < capacity { state.entries.append(entry) } else { state.lost += 1 }
        }
    }

    /// Writes what waits into a log; should that fail it waits on.
    ///
    /// - Returns: how many entries were lost since the last time, because the log was slower than the requests.
    @discardableResult
    public func write(to log: any AuditLog) throws(FaceStoreError) -> Int {
        let outcome = turn.withLock { _ in
            let (entries, lost) = state.withLock { state in
                defer { state = State() }
                return (state.entries, state.lost)
            }
            return Result { () throws(FaceStoreError) -> Int in
                do throws(FaceStoreError) {
                    try log.append(entries)
                    return lost
                } catch {
                    state.withLock { state in
                        let room = max(0, capacity - state.entries.count)
                        state.entries = entries.prefix(room) + state.entries
                        state.lost += lost + max(0, entries.count - room)
                    }
                    throw error
                }
            }
        }
        return try outcome.get()
    }
}
