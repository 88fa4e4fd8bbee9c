/// What a model is run on.
public enum ExecutionProvider: Sendable, Hashable {
    case cpu
    /// An NVIDIA card, by its number from 0. It takes ONNX Runtime's CUDA build; with the CPU build, opening a session
    /// throws `InferenceError.noCUDAProvider`.
    case cuda(device: Int)
}

/// How much of a model's graph ONNX Runtime rewrites when it loads it.
public enum GraphOptimization: Sendable, Hashable {
    case none
    /// Constant folding and the removal of what is redundant.
    case basic
    /// Also fusions of operators.
    case extended
    /// Also memory layouts that suit the processor.
    case all
}

/// What happens to the working memory of a run.
public enum MemoryUse: Sendable, Hashable {
    /// Kept for the next run. Fastest; a session keeps about the most that its largest run needed, times the runs that
    /// were ever under way at once. Runs of many smaller shapes add nothing.
    case kept
    /// Kept while a run lasts and given back after it; a fifth slower on a large detector.
    case returnedAfterRun
    /// Allocated piece by piece and freed at once, which costs a large detector a tenth of its speed.
    case notPooled
}

/// How a session runs its model.
public struct InferenceOptions: Sendable, Hashable {
    /// Threads that share the work of one operator, the caller's included; 0 leaves the choice to ONNX Runtime.
    ///
    /// One thread, and as many callers as there are cores, does more photos a second than one caller with all cores.
    public var intraOpThreads: Int
    /// Threads that run independent operators side by side; the models here are chains and gain nothing from it.
    public var interOpThreads: Int
    /// In order of preference. ONNX Runtime runs on the CPU whatever the first one cannot.
    public var providers: [ExecutionProvider]
    public var graphOptimization: GraphOptimization
    public var memoryUse: MemoryUse
    /// Where the times of the model's operators are written when the session ends, as the beginning of a file's name; nil
    /// for nowhere. For measurements: it costs some time.
    public var profile: String?

    public init(
        intraOpThreads: Int = 1,
        interOpThreads: Int = 1,
        providers: [ExecutionProvider] = [.cpu],
        graphOptimization: GraphOptimization = .all,
        memoryUse: MemoryUse = .kept,
        profile: String? = nil
    ) {
        self.intraOpThreads = intraOpThreads
        self.interOpThreads = interOpThreads
        self.providers = providers
        self.graphOptimization = graphOptimization
        self.memoryUse = memoryUse
        self.profile = profile
    }
}
