public import FaceCache
public import FaceCore
import FaceStore
public import ServiceLifecycle
import Synchronization

/// Hands what happens in the library to those who watch. Publishing never waits for a watcher.
///
/// As a service it ends all subscriptions when the service group goes down.
public final class EventBus: Service {
    private struct State {
        var watchers: [UInt64: EventSubscription] = [:]
        var watchersOfTask: [TaskID: Set<UInt64>] = [:]
        var watchersOfAll: Set<UInt64> = []
        var last: UInt64 = 0
        var isClosed = false
        var stages: [TaskID: TaskStage] = [:]
    }

    private let state = Mutex(State())
    /// To the other processes of this library, where there are any.
    let relay: EventRelay?

    /// - Parameter channel: to the other processes that serve this library; nil when there are none.
    public init(channel: (any EventChannel)? = nil) {
        relay = channel.map { EventRelay(over: $0) }
    }

    /// Hands an event to everybody who wants it, in all processes. Events that one thread publishes arrive in its order.
    /// Waits for the channel to the other processes, if there is one, and for nobody else.
    public func publish(_ event: LibraryEvent) {
        deliver(event)
        relay?.tell(event)
    }

    /// Hands an event to those who watch in this process.
    func deliver(_ event: LibraryEvent) {
        let watchers = state.withLock { state -> [EventSubscription] in
            let ids: Set<UInt64>?
            switch event {
            case .stats: ids = state.watchersOfAll
            case .progress(let task, let progress):
                state.stages[task] = progress.stage == .finished ? nil : progress.stage
                ids = state.watchersOfTask[task]
            case .updated(let task): ids = state.watchersOfTask[task.id]
            }
            return (ids ?? []).compactMap { state.watchers[$0] }
        }
        for watcher in watchers { watcher.offer(event) }
    }

    /// Watches one task, or without one the library as a whole (`.stats` only). What happened before is not told: see
    /// `Library.watch(task:limit:)`.
    ///
    /// - Parameter limit: events that may wait to be read.
    public func subscribe(task: TaskID?, limit: Int = 256) -> EventSubscription {
        let id = state.withLock { state in
            state.last += 1
            return state.last
        }
        let watcher = EventSubscription(task: task, limit: limit) { [weak self] in self?.remove(id, of: task) }
        let isClosed = state.withLock { state in
            guard !state.isClosed else { return true }
            state.watchers[id] = watcher
            if let task {
                state.watchersOfTask[task, default: []].insert(id)
            } else {
                state.watchersOfAll.insert(id)
            }
            return false
        }
        // Not under the lock: a subscription that ends comes back here to be removed.
        if isClosed { watcher.cancel() }
        return watcher
    }

    /// What is being done for a task at present, as far as it was published.
    public func stage(of task: TaskID) -> TaskStage? {
        state.withLock { $0.stages[task] }
    }

    /// How many watch at present.
    public var watcherCount: Int { state.withLock { $0.watchers.count } }

    /// The tasks that somebody in this process watches.
    var watchedTasks: [TaskID] { state.withLock { Array($0.watchersOfTask.keys) } }

    /// Whether somebody in this process watches the library as a whole.
    var isLibraryWatched: Bool { state.withLock { !$0.watchersOfAll.isEmpty } }

    /// Ends every subscription, and those that are made later at once.
    public func close() {
        let watchers = state.withLock { state -> [EventSubscription] in
            state.isClosed = true
            return Array(state.watchers.values)
        }
        for watcher in watchers { watcher.cancel() }
    }

    /// Waits until the service group goes down, then closes.
    public func run() async throws {
        try? await gracefulShutdown()
        close()
    }

    private func remove(_ id: UInt64, of task: TaskID?) {
        state.withLock { state in
            state.watchers[id] = nil
            guard let task else {
                state.watchersOfAll.remove(id)
                return
            }
            state.watchersOfTask[task]?.remove(id)
            if state.watchersOfTask[task]?.isEmpty == true { state.watchersOfTask[task] = nil }
        }
    }
}
