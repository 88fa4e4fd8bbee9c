import FaceCore
import FaceStore
public import ServiceLifecycle
import Synchronization

/// Keeps those who watch a task informed when the channel between the processes is cut: while it is, the watched tasks
/// are looked up in the store each second, and once more when it is back. Where there is no such channel it does nothing.
public final class EventCatchUp: Service {
    private let library: Library
    private let isStopping = Atomic<Bool>(false)

    /// How often is looked while the channel is cut.
    private static let pace = Duration.seconds(1)
    /// How often is looked all the same: a message can be lost without anybody noticing.
    private static let slowPace = 10

    public init(library: Library) {
        self.library = library
    }

    public func run() async throws {
        guard let relay = library.events.relay else {
            try? await gracefulShutdown()
            return
        }
        let thread = WorkerThreads.start(count: 1, name: "catch-up") { self.watch(relay) }
        // Also when the surrounding task is cancelled.
        try? await gracefulShutdown()
        isStopping.store(true, ordering: .releasing)
        relay.missed.ring()
        await thread.end()
    }

    private func watch(_ relay: EventRelay) {
        var quietTurns = 0
        while !isStopping.load(ordering: .acquiring) {
            let rings = relay.missed.rings
            quietTurns = relay.isLive ? quietTurns + 1 : Self.slowPace
            if quietTurns >= Self.slowPace {
                quietTurns = 0
                lookUp()
            }
            relay.missed.wait(after: rings, atMost: Self.pace)
            if relay.missed.rings != rings { quietTurns = Self.slowPace }
        }
    }

    private func lookUp() {
        for id in library.events.watchedTasks {
            // What cannot be read now is read in a second.
            guard let task = try? library.store.tasks.task(id) else { continue }
            let stage = library.events.stage(of: id) ?? (task.progress.processedPhotos > 0 ? .detecting : .waiting)
            library.events.deliver(.progress(id, TaskProgressEvent(task, stage: stage)))
            library.events.deliver(.updated(task))
        }
        guard library.events.isLibraryWatched, let stats = try? library.stats() else { return }
        library.events.deliver(.stats(stats))
    }
}
