public import FaceCore
public import Inference

/// How the models of a pack are run.
public struct FaceAnalyzerOptions: Sendable {
    /// Threads of one run of a model. 1 is best where several photos are in work at once.
    public var threadsPerSession: Int
    public var providers: [ExecutionProvider]
    /// How a photo is brought to the detector; nil for the pack's own way. SCRFD packs only.
    public var detectorInput: DetectorInput?
    /// To what size photos are brought before dlib's detector sees them. dlib pack only.
    public var dlibScale: DlibDetectionScale
    /// Optional models to run on each face. Those that the pack does not have are left out.
    public var attributes: Set<ModelPackManifest.Role>

    public init(
        threadsPerSession: Int = 1, providers: [ExecutionProvider] = [.cpu], detectorInput: DetectorInput? = nil,
        dlibScale: DlibDetectionScale = .standard, attributes: Set<ModelPackManifest.Role> = []
    ) {
        self.threadsPerSession = threadsPerSession
        self.providers = providers
        self.detectorInput = detectorInput
        self.dlibScale = dlibScale
        self.attributes = attributes
    }
}
