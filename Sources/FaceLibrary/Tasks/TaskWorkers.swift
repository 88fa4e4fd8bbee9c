import Dispatch
import FaceCore
import FaceStore
import Foundation
public import Logging
public import ServiceLifecycle
import Synchronization

/// How a server works on its tasks.
public struct WorkerOptions: Sendable, Hashable {
    /// Photos in work at once, each on a thread of its own.
    public var threads: Int
    /// Under which name photos are claimed: what a dead process of the same name had in hand is queued again at start.
    public var name: String
    /// How long a photo stays claimed after the process was last heard of.
    public var lease: Duration
    /// How often is looked for photos that another process queued, or whose lease ran out.
    public var lookEvery: Duration
    /// How long a photo in hand may take at shutdown before it is given back.
    public var grace: Duration
    /// After so many claims that ended with the process a photo is taken to be what kills it.
    public var attempts: Int

    public init(
        threads: Int, name: String = "serve", lease: Duration = .seconds(60), lookEvery: Duration = .seconds(2),
        grace: Duration = .seconds(7), attempts: Int = 20
    ) {
        self.threads = max(threads, 1)
        self.name = name
        self.lease = lease
        self.lookEvery = lookEvery
        self.grace = grace
        self.attempts = attempts
    }
}

/// Works on the photos that were uploaded, as long as it runs.
///
///     claim (lease) → read → analyse → finish (one transaction) → next
///                      last photo of a task → group all faces → end the task
///
/// Each worker is a thread; one more ends tasks, so that the faces are grouped by one at a time; one more renews leases.
/// A process that is killed leaves leases behind: what it had in hand is queued again by the next start, or when the
/// leases run out, and everything else is as if nothing had happened.
public final class TaskWorkers: Service {
    private let library: Library
    private let options: WorkerOptions
    private let logger: Logger
    private let worker: PhotoWorker
    private let ending: TaskEnding
    private let isStopping = Atomic<Bool>(false)
    private let workingThreads = Atomic<Int>(0)
    /// Opens when `run` may return.
    private let gate = Gate()
    /// Rings once, at shutdown: the leases' thread sleeps on it.
    private let stopBell = WorkBell()

    public init(
        library: Library, models: AnalysisModels, options: WorkerOptions, observer: any WorkObserver = NoWorkObserver(),
        logger: Logger
    ) {
        self.library = library
        self.options = options
        self.logger = logger
        worker = PhotoWorker(library: library, models: models, options: options, observer: observer, logger: logger)
        ending = TaskEnding(library: library, models: models, observer: observer, logger: logger)
    }

    /// Photos in hand at present. Does not block.
    public var photosInWork: Int { worker.inHand.count }

    /// Works until the service group goes down; then finishes the photos in hand, or after `WorkerOptions.grace` gives
    /// them back.
    public func run() async throws {
        let workers = WorkerThreads.start(count: options.threads, name: "photos") { self.work() }
        let ender = WorkerThreads.start(count: 1, name: "tasks") { self.end() }
        let leases = WorkerThreads.start(count: 1, name: "leases") { self.renew() }
        workers.notify(queue: .global()) { ender.notify(queue: .global()) { self.gate.open() } }
        await withTaskCancellationOrGracefulShutdownHandler {
            await self.gate.wait()
        } onCancelOrGracefulShutdown: {
            self.beginShutdown()
        }
        stopBell.ring()
        await leases.end()
        // A service that ends before it is told to is a failure: `beginShutdown` may have come earlier.
        try? await gracefulShutdown()
    }

    /// Claims no more photos; those in hand are given back when `WorkerOptions.grace` is over. Does not wait, and may be
    /// called before the service group comes to these workers.
    public func beginShutdown() {
        guard !isStopping.exchange(true, ordering: .acquiringAndReleasing) else { return }
        library.work.ring()
        DispatchQueue.global().asyncAfter(deadline: .now() + options.grace.dispatchInterval) { [self] in
            worker.inHand.giveBackAll(to: library.store.queue)
            gate.open()
        }
    }

    /// Queues again what a dead process of this name had in hand. To be called at start, when it is certain that no other
    /// process of the name lives.
    ///
    /// - Returns: how many photos.
    @discardableResult
    public func recover() throws(LibraryError) -> Int {
        try storing { () throws(FaceStoreError) in try library.store.queue.giveBack(everythingOf: options.name) }
    }

    /// Whether threads are still at work on photos that were given back: they end with the process.
    public var hasAbandonedWork: Bool { workingThreads.load(ordering: .acquiring) > 0 }

    private var shouldStop: Bool { isStopping.load(ordering: .acquiring) }

    // MARK: Threads

    private func work() {
        workingThreads.add(1, ordering: .acquiringAndReleasing)
        defer { workingThreads.subtract(1, ordering: .acquiringAndReleasing) }
        while !shouldStop {
            let rings = library.work.rings
            switch worker.workOnNext() {
            case .worked: continue
            case .idle: library.work.wait(after: rings, atMost: options.lookEvery)
            case .hindered:
                // Not the photo's fault: whatever it is gets some time to pass.
                if !shouldStop { library.work.wait(after: library.work.rings, atMost: options.lookEvery) }
            }
        }
    }

    private func end() {
        while !shouldStop {
            let rings = library.work.rings
            // What is hindered is tried again after the wait, like everything else.
            _ = ending.endTasks { self.shouldStop }
            library.work.wait(after: rings, atMost: options.lookEvery)
        }
    }

    private func renew() {
        while true {
            let rings = stopBell.rings
            guard rings == 0 else { return }
            stopBell.wait(after: rings, atMost: options.lease / 4)
            worker.inHand.renewAll(in: library.store.queue, lease: options.lease)
        }
    }
}
