public import FaceCore
public import FaceStore
import Synchronization

extension Library {
    /// A task as it stands; nil when there is none.
    public func task(_ id: TaskID) throws(LibraryError) -> LibraryTask? {
        try storing { () throws(FaceStoreError) in try store.tasks.task(id) }
    }

    /// The files of a task in its order, and how far each has come.
    public func files(ofTask id: TaskID) throws(LibraryError) -> [TaskFile] {
        try storing { () throws(FaceStoreError) in try store.queue.files(of: id) }
    }

    /// Tasks, newest first.
    ///
    /// - Parameters:
    ///   - state: only those in this state.
    ///   - cursor: where an earlier page ended.
    ///   - limit: 1 or more.
    public func tasks(
        state: LibraryTask.State? = nil, after cursor: PageCursor? = nil, limit: Int = 100
    ) throws(LibraryError) -> Page<LibraryTask> {
        try storing { () throws(FaceStoreError) in
            try store.tasks.page(state: state, after: cursor, limit: limit)
        }
    }

    /// Cancels a task: photos that are done stay in the library, the others are dropped.
    ///
    /// - Returns: the cancelled task.
    /// - Throws: `LibraryError.unknownTask`; `.store(.taskHasEnded)` when there is nothing left to cancel.
    public func cancelTask(_ id: TaskID) throws(LibraryError) -> LibraryTask {
        guard try task(id) != nil else { throw .unknownTask(id.name) }
        let cancelled = try storing { () throws(FaceStoreError) in try store.queue.cancel(id) }
        guard let cancelled else { throw .store(.taskHasEnded(id)) }
        finished(cancelled)
        cleaning.ring()
        // The faces of its photos that were done belong to somebody all the same.
        callWorkers(for: cancelled.progress.totalFaces > 0 ? .grouping : .work)
        return cancelled
    }

    /// Photos that wait for a worker.
    public func queueLength() throws(LibraryError) -> Int {
        try storing { () throws(FaceStoreError) in try store.queue.queueLength() }
    }

    /// Watches a task: first its present state (progress, then the task), also of one that has ended, then what happens.
    ///
    /// - Parameter limit: events that may wait to be read.
    /// - Throws: `LibraryError.unknownTask`.
    public func watch(task id: TaskID, limit: Int = 256) throws(LibraryError) -> EventSubscription {
        // First the subscription, then the look: what happens in between comes twice rather than not at all, and the
        // subscription drops what is no news.
        let subscription = events.subscribe(task: id, limit: limit)
        guard let task = try task(id) else {
            subscription.cancel()
            throw .unknownTask(id.name)
        }
        subscription.offer(.progress(id, TaskProgressEvent(task, stage: events.stage(of: id) ?? .waiting)))
        subscription.offer(.updated(task))
        return subscription
    }

    /// Watches the library as a whole: the present stats, then every change of them.
    ///
    /// - Parameter limit: events that may wait to be read.
    public func watchStats(limit: Int = 256) throws(LibraryError) -> EventSubscription {
        let subscription = events.subscribe(task: nil, limit: limit)
        do throws(LibraryError) {
            subscription.offer(.stats(try stats()))
        } catch {
            subscription.cancel()
            throw error
        }
        return subscription
    }

    /// Tells of a task's end: progress to 100, then the task itself.
    func finished(_ task: LibraryTask) {
        changed(.people, .photos)
        events.publish(.progress(task.id, TaskProgressEvent(task, stage: .finished)))
        changed(task: task)
        statsChanged()
    }
}
