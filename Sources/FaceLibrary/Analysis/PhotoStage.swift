public import FaceStore

/// The stages of a photo's way into the library, as they are timed.
public enum PhotoStage: String, Sendable, CaseIterable {
    /// File to pixels.
    case decode
    case detect
    /// Once for each face.
    case align
    /// Once for each batch of faces.
    case embed
    /// Grouping of all faces, once for the tasks that end together.
    case assign
    /// The photo's transaction.
    case store
}

/// Is told what workers do, for metrics. Called from worker threads; must be quick.
public protocol WorkObserver: Sendable {
    /// A stage has taken so long.
    func stage(_ stage: PhotoStage, took duration: Duration)

    /// A photo of a task is done, so long after it was claimed.
    func photoDone(_ outcome: DoneOutcome, faces: Int, took duration: Duration)

    /// A task has ended.
    func taskEnded(_ task: LibraryTask)
}

/// What became of a photo, for counting.
public enum DoneOutcome: String, Sendable, CaseIterable {
    case analyzed
    case known
    case failed
}

/// Nobody watches.
public struct NoWorkObserver: WorkObserver {
    public init() {}
    public func stage(_ stage: PhotoStage, took duration: Duration) {}
    public func photoDone(_ outcome: DoneOutcome, faces: Int, took duration: Duration) {}
    public func taskEnded(_ task: LibraryTask) {}
}

extension WorkObserver {
    /// Runs and times a stage; one that fails is not counted.
    func timing<Value, Failure: Error>(
        _ stage: PhotoStage, _ body: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        let start = ContinuousClock.now
        let value = try body()
        self.stage(stage, took: ContinuousClock.now - start)
        return value
    }
}
