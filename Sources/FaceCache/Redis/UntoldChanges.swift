import Synchronization

/// The topics that were changed while nobody could be told of it. There are a few hundred topics at most.
final class UntoldChanges: Sendable {
    private let topics = Mutex<Set<CacheTopic>>([])
    private let isEmpty = Atomic<Bool>(true)
    /// One thread tells; the others wait, since they must not read before it is done.
    private let telling = Mutex(())

    func insert(_ topic: CacheTopic) {
        topics.withLock { topics in
            topics.insert(topic)
            isEmpty.store(false, ordering: .releasing)
        }
    }

    /// Hands the topics to `tell`, if there are any, and keeps them when that fails.
    ///
    /// - Returns: whether there is nothing left to tell.
    func settle(_ tell: ([CacheTopic]) -> Bool) -> Bool {
        if isEmpty.load(ordering: .acquiring) { return true }
        return telling.withLock { _ in
            let due = topics.withLock { $0 }
            guard !due.isEmpty else { return true }
            guard tell(Array(due)) else { return false }
            // One that was inserted again meanwhile is told again: its change may have come after the telling.
            return topics.withLock { topics in
                topics.subtract(due)
                isEmpty.store(topics.isEmpty, ordering: .releasing)
                return topics.isEmpty
            }
        }
    }
}
