public import FaceStore
import Synchronization

/// How long the stages of one image, or of many, took, summed up over all threads.
public final class StageTimes: WorkObserver {
    /// Behind a lock: workers report from threads of their own.
    private let sums = Mutex<[PhotoStage: Duration]>([:])

    public init() {}

    public func stage(_ stage: PhotoStage, took duration: Duration) {
        sums.withLock { $0[stage, default: .zero] += duration }
    }

    /// Of a stage, 0 when it was not done.
    public func milliseconds(_ stage: PhotoStage) -> Double {
        let (seconds, attoseconds) = sums.withLock { $0[stage] ?? .zero }.components
        return Double(seconds) * 1000 + Double(attoseconds) * 1e-15
    }

    public func photoDone(_ outcome: DoneOutcome, faces: Int, took duration: Duration) {}
    public func taskEnded(_ task: LibraryTask) {}
}
