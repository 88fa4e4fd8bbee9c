import Dispatch
import Synchronization

/// Lets asynchronous code wait for threads without taking one of Swift's own. Opened once, it stays open.
final class Gate: Sendable {
    private let group = DispatchGroup()
    private let isOpen = Atomic<Bool>(false)

    init() { group.enter() }

    deinit { open() }

    func open() {
        if !isOpen.exchange(true, ordering: .acquiringAndReleasing) { group.leave() }
    }

    /// Also when the waiting task is cancelled: who waits wants to know that the threads are done.
    func wait() async { await group.end() }
}

extension DispatchGroup {
    /// Waits until everything in the group is done.
    func end() async {
        await withCheckedContinuation { continuation in
            notify(queue: .global()) { continuation.resume() }
        }
    }
}
