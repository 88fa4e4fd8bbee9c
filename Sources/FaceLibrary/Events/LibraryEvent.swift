public import FaceCore
public import FaceStore

/// Something that those who watch want to know.
public enum LibraryEvent: Sendable, Hashable {
    /// A task came further. `percent` never goes down and is 100 only when the task has ended.
    case progress(TaskID, TaskProgressEvent)
    /// A task began, changed, or ended; after its end nothing more comes for it.
    case updated(LibraryTask)
    case stats(LibraryStats)
}

/// How far a task is.
public struct TaskProgressEvent: Sendable, Hashable {
    /// Photos that are done.
    public var current: Int
    /// Photos of the task.
    public var total: Int
    public var stage: TaskStage
    /// 0 to 100.
    public var percent: Int

    public init(current: Int, total: Int, stage: TaskStage, percent: Int) {
        self.current = current
        self.total = total
        self.stage = stage
        self.percent = percent
    }

    /// The progress that follows from a task as it is stored.
    ///
    /// - Parameter stage: what is being done; an ended task is always at `.finished`.
    public init(_ task: LibraryTask, stage: TaskStage) {
        current = task.progress.processedPhotos
        total = task.progress.totalPhotos
        guard task.state == .processing else {
            self.stage = .finished
            percent = 100
            return
        }
        self.stage = stage
        // 100 is kept for the end: the grouping of the faces comes after the last photo.
        percent = total > 0 ? min(99, 100 * current / total) : 0
    }
}

/// What is being done for a task.
public enum TaskStage: String, Sendable, Hashable, CaseIterable {
    /// Its turn has not come.
    case waiting
    /// No model pack can be used; the task goes on when one can.
    case waitingForModels
    case detecting
    case grouping
    case finished

    /// In English, as clients show it.
    public var title: String {
        switch self {
        case .waiting: "Waiting"
        case .waitingForModels: "Waiting for a model pack"
        case .detecting: "Detecting faces"
        case .grouping: "Grouping faces"
        case .finished: "Finished"
        }
    }
}
