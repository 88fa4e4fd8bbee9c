public import FaceCache
public import FaceStore
public import Imaging
import Synchronization

/// How the library behaves.
public struct LibraryOptions: Sendable, Hashable {
    public var limits: LibraryLimits
    /// How long a deletion of a person can be undone; zero: not at all.
    public var eraseAfter: Duration
    /// How far from an event of attendance another sighting of the person at the place belongs to it.
    public var attendanceWindow: Duration
    /// Whether webhooks may go to addresses of this machine and of private networks, and over plain HTTP.
    public var webhooksMayBePrivate: Bool

    public init(
        limits: LibraryLimits = LibraryLimits(), eraseAfter: Duration = .seconds(600),
        attendanceWindow: Duration = .seconds(300), webhooksMayBePrivate: Bool = false
    ) {
        self.limits = limits
        self.eraseAfter = eraseAfter
        self.attendanceWindow = attendanceWindow
        self.webhooksMayBePrivate = webhooksMayBePrivate
    }
}

/// What the product knows and does, for servers and commands: uploads, tasks, people, photos, pictures, and who is told
/// when something changes.
///
/// All calls are synchronous and may block on the disk, unless they say otherwise; they may come from any thread. A call
/// that changes something has ended the cached answers it touches and told the watchers before it returns.
public final class Library: Sendable {
    public let store: any LibraryStore
    public let folders: LibraryFolders
    public let options: LibraryOptions
    public let answers: AnswerCache
    public let events: EventBus
    public let pictures: Pictures
    /// Who asks for what, on its way into the store.
    public let trail = AuditTrail()
    /// Rings when photos were queued: workers listen.
    let work = WorkBell()
    /// Rings when files or people are to go: the eraser listens.
    let cleaning = WorkBell()
    /// Rings when something is to be sent to webhooks: who sends it listens.
    let announcements = WorkBell()
    let memory: MemoryBudget
    let decoder: PhotoDecoder
    /// Faces were stored whose task will not end: the next look at the tasks groups them.
    let groupingIsDue = Atomic<Bool>(false)
    private let isClosing = Atomic<Bool>(false)
    private let isLeavingSoon = Atomic<Bool>(false)
    private let statsTurn = Mutex(StatsTurn())

    /// - Parameters:
    ///   - store: the database; the library does not close it.
    ///   - channel: to the other processes that serve this library; nil when there are none.
    ///   - decoder: for pictures that are drawn.
    public init(
        store: any LibraryStore, folders: LibraryFolders, cache: any CacheDriver, channel: (any EventChannel)? = nil,
        decoder: PhotoDecoder = PhotoDecoder(), options: LibraryOptions = LibraryOptions()
    ) {
        self.store = store
        self.folders = folders
        self.options = options
        answers = AnswerCache(cache)
        events = EventBus(channel: channel)
        memory = MemoryBudget()
        self.decoder = decoder
        pictures = Pictures(store: store, folders: folders, decoder: decoder, memory: memory)
        events.relay?.start { [weak self] in
            self?.events.deliver($0)
        } wake: { [weak self] in
            self?.wake(for: $0)
        }
    }

    /// Wakes the workers of all processes.
    func callWorkers(for call: EventRelay.Call = .work) {
        wake(for: call)
        events.relay?.call(call)
    }

    private func wake(for call: EventRelay.Call) {
        if call == .grouping { groupingIsDue.store(true, ordering: .releasing) }
        work.ring()
    }

    /// Says that this process is going to end: clients should turn to others. Everything works as before. Does not block.
    public func announceEnd() { isLeavingSoon.store(true, ordering: .releasing) }

    /// Whether the end was announced. Does not block.
    public var isLeaving: Bool { isLeavingSoon.load(ordering: .acquiring) }

    /// From now on no upload is begun; those that were may be committed. Does not block.
    public func stopUploads() { isClosing.store(true, ordering: .releasing) }

    /// Whether uploads are taken. Does not block.
    public var takesUploads: Bool { !isClosing.load(ordering: .acquiring) }

    /// How much is in the library.
    public func stats() throws(LibraryError) -> LibraryStats {
        LibraryStats(try storing { () throws(FaceStoreError) in try store.counts() })
    }

    /// Ends the cached answers of topics.
    func changed(_ topics: CacheTopic...) {
        for topic in topics { answers.driver.removeAll(of: topic) }
    }

    /// Ends what depends on a task's state and tells those who watch it.
    func changed(task: LibraryTask) {
        changed(.task(task.id), .tasks)
        events.publish(.updated(task))
    }

    // MARK: Stats

    private struct StatsTurn {
        var last: LibraryStats?
        var published: ContinuousClock.Instant?
    }

    /// Ends the cached stats and tells those who watch the library, when the numbers are others than before.
    ///
    /// - Parameter atMostEvery: counting a large library for every photo would cost more than the photo; what is left out
    ///   is told by the next call that counts, at the latest by the end of the task.
    func statsChanged(atMostEvery interval: Duration = .zero) {
        changed(.stats)
        let now = ContinuousClock.now
        statsTurn.withLock { turn in
            if let published = turn.published, now - published < interval { return }
            // The change itself has been stored; a count that fails is only not told.
            guard let stats = try? self.stats() else { return }
            turn.published = now
            guard stats != turn.last else { return }
            turn.last = stats
            events.publish(.stats(stats))
        }
    }
}
