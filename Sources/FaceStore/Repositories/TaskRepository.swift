public import FaceCore
public import Foundation

/// The tasks of a library, running and past.
public protocol TaskRepository: Sendable {
    /// Starts a task in the state `processing`.
    func create(_ kind: LibraryTask.Kind, totalPhotos: Int) throws(FaceStoreError) -> LibraryTask

    func task(_ id: TaskID) throws(FaceStoreError) -> LibraryTask?

    /// Tasks, newest first, of one state if one is given.
    func all(state: LibraryTask.State?, limit: Int?) throws(FaceStoreError) -> [LibraryTask]

    /// Tasks, newest first, of one state if one is given: at most `limit`, after a cursor if one is given.
    func page(
        state: LibraryTask.State?, after cursor: PageCursor?, limit: Int
    ) throws(FaceStoreError) -> Page<LibraryTask>

    /// Replaces the counters of a running task and adds to its errors.
    ///
    /// - Throws: `FaceStoreError.unknownTask`, `.taskHasEnded`.
    func update(_ id: TaskID, progress: TaskProgress, newErrors: [TaskFileError]) throws(FaceStoreError)

    /// Ends a running task; the first to come decides how.
    ///
    /// - Returns: whether this call ended it; false when it had ended before, which then stays as it was.
    /// - Throws: `FaceStoreError.unknownTask`.
    @discardableResult
    func finish(_ id: TaskID, as outcome: TaskOutcome) throws(FaceStoreError) -> Bool
}

extension TaskRepository {
    /// All tasks, newest first.
    public func all() throws(FaceStoreError) -> [LibraryTask] { try all(state: nil, limit: nil) }

    /// Replaces the counters of a running task.
    public func update(_ id: TaskID, progress: TaskProgress) throws(FaceStoreError) {
        try update(id, progress: progress, newErrors: [])
    }
}
