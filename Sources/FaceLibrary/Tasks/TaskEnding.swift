import FaceCore
import FaceStore
import Logging
import Synchronization

/// Ends tasks whose photos are all done: their faces are grouped with those of the whole library, then the task is
/// completed. Two groupings never decide at once, whichever processes they are in.
final class TaskEnding: Sendable {
    private let library: Library
    private let models: AnalysisModels
    private let observer: any WorkObserver
    private let logger: Logger
    private let lastFailure = Mutex<String?>(nil)
    /// Kept for what it remembers.
    private let lastGrouping = Mutex<PersonGrouping?>(nil)

    init(library: Library, models: AnalysisModels, observer: any WorkObserver, logger: Logger) {
        self.library = library
        self.models = models
        self.observer = observer
        self.logger = logger
    }

    /// Ends what can be ended, and groups what a cancelled task left ungrouped.
    ///
    /// - Returns: false when something hinders it: it is to be tried again.
    func endTasks(unless shouldStop: () -> Bool) -> Bool {
        do {
            return try library.store.exclusively("grouping") { try end(unless: shouldStop) } ?? false
        } catch {
            let reason = (error as? any UserFacingError)?.message ?? "The faces cannot be grouped."
            let isNew = lastFailure.withLock { last in
                defer { last = reason }
                return last != reason
            }
            if isNew {
                logger.error("Tasks wait for their end: \(reason)", metadata: error.detail(beyond: reason))
            }
            return false
        }
    }

    private func grouping(_ options: GroupingOptions) -> PersonGrouping {
        lastGrouping.withLock { last in
            if let last, last.options == options { return last }
            let grouping = PersonGrouping(store: library.store, options: options)
            last = grouping
            return grouping
        }
    }

    private func end(unless shouldStop: () -> Bool) throws -> Bool {
        let tasks = try library.store.queue.tasksToEnd()
        if try isGroupingNeeded(for: tasks) {
            for id in tasks { announceGrouping(of: id) }
            let isDue = library.groupingIsDue.exchange(false, ordering: .acquiringAndReleasing)
            do {
                let pack = try models.pack()
                try observer.timing(.assign) {
                    try grouping(pack.grouping).run(model: pack.model)
                }
            } catch {
                if isDue { library.groupingIsDue.store(true, ordering: .releasing) }
                throw error
            }
            library.changed(.people, .photos)
            if tasks.isEmpty { library.statsChanged() }
        }
        for id in tasks where !shouldStop() {
            guard let task = try library.store.queue.end(id) else { continue }
            library.finished(task)
            observer.taskEnded(task)
        }
        lastFailure.withLock { $0 = nil }
        return true
    }

    /// A task without faces (all its files were no photos, say) ends without grouping, also where there is no model pack.
    private func isGroupingNeeded(for tasks: [TaskID]) throws -> Bool {
        if library.groupingIsDue.load(ordering: .acquiring) { return true }
        return try tasks.contains { try (library.store.tasks.task($0)?.progress.totalFaces ?? 0) > 0 }
    }

    private func announceGrouping(of id: TaskID) {
        guard let task = try? library.store.tasks.task(id), task.state == .processing else { return }
        library.events.publish(.progress(id, TaskProgressEvent(task, stage: .grouping)))
    }
}

extension Error {
    /// What developers want to know besides what people are told; nothing when it is the same.
    func detail(beyond message: String) -> Logger.Metadata {
        let detail = String(reflecting: self)
        return detail == message ? [:] : ["detail": "\(detail)"]
    }
}
