import FaceCore
import Foundation
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
    /// What the detector and the embedder compute with.
    public var precision: Precision
    /// Where the times of the models' operators are written, as the beginning of files' names; nil for nowhere.
    public var profile: String?
    /// Files that stand for those of the pack.
    var substitutes: [ModelPackManifest.Role: ModelSubstitute] = [:]
    /// Optional models to run on each face. Those that the pack does not have are left out.
    public var attributes: Set<ModelPackManifest.Role>

    public init(
        threadsPerSession: Int = 1, providers: [ExecutionProvider] = [.cpu], detectorInput: DetectorInput? = nil,
        dlibScale: DlibDetectionScale = .standard, precision: Precision = .float32,
        attributes: Set<ModelPackManifest.Role> = []
    ) {
        self.threadsPerSession = threadsPerSession
        self.providers = providers
        self.detectorInput = detectorInput
        self.dlibScale = dlibScale
        self.precision = precision
        self.attributes = attributes
    }
}

/// What a model computes with.
public enum Precision: String, Sendable, CaseIterable {
    case float32
    /// Bytes, where `PackQuantizer` has made such a model and found it to agree; the others as they are.
    case int8
}

/// A file in place of one of a pack.
struct ModelSubstitute: Sendable {
    let url: URL
    var watch: OutputWatch?
}

extension FaceAnalyzer {
    /// Loads the models of a pack: the detector and the embedder always, others only when asked for. Every file is hashed
    /// before it is loaded, as a damaged model would find no faces and photos would be stored as having none.
    ///
    /// - Throws: `ModelPackError` when a file of the pack is missing or has changed, `InferenceError` when a model cannot
    ///   be loaded, `FaceAnalysisError` when it is not what the manifest says.
    public init(pack: InstalledModelPack, runtime: OnnxRuntime, options: FaceAnalyzerOptions = FaceAnalyzerOptions())
        throws
    {
        let variant = options.precision == .int8 ? try QuantizedVariant(of: pack) : nil
        let models = PackModels(pack: pack, variant: variant, runtime: runtime, options: options)
        switch pack.manifest.family {
        case .insightFace: try self.init(insightFace: models)
        case .dlib: try self.init(dlib: models)
        }
    }

    private init(insightFace models: PackModels) throws {
        let embedder = try models.embedder { session, model, dimension, input in
            try ArcFaceEmbedder(session: session, model: model, dimension: dimension, input: input)
        }
        let (session, input) = try models.required(.detector)
        self.init(
            detector: try SCRFDDetector(
                session: session, input: input, geometry: models.options.detectorInput ?? .photoAspect()),
            aligner: ArcFaceAligner(side: embedder.side), embedder: embedder, attributes: try models.attributes())
    }

    /// The models of a pack that say something of a face beside who it is: those of `options.attributes` that it has. They
    /// are hashed and loaded as the others are.
    ///
    /// - Throws: as `init(pack:runtime:options:)`.
    public static func attributeEstimators(
        of pack: InstalledModelPack, runtime: OnnxRuntime, options: FaceAnalyzerOptions
    ) throws -> [any FaceAttributeEstimator] {
        guard pack.manifest.family == .insightFace else { return [] }
        return try PackModels(pack: pack, variant: nil, runtime: runtime, options: options).attributes()
    }

    private init(dlib models: PackModels) throws {
        let predictor = try DlibShapePredictor(models.bytes(of: .landmarks))
        self.init(
            detector: DlibFaceDetector(
                session: try models.required(.detector).session, shapePredictor: predictor,
                scale: models.options.dlibScale),
            aligner: DlibFaceAligner(),
            embedder: try models.embedder { session, model, _, _ in DlibFaceEmbedder(model: model, session: session) })
    }
}

/// The files of a pack, as sessions with their input conventions.
private struct PackModels {
    let pack: InstalledModelPack
    let variant: QuantizedVariant?
    let runtime: OnnxRuntime
    let options: FaceAnalyzerOptions

    typealias Model = (session: InferenceSession, input: ModelPackManifest.InputConvention)

    func required(_ role: ModelPackManifest.Role) throws -> Model {
        let substitute = options.substitutes[role]
        let url = try substitute?.url ?? variant?.intactFile(of: role) ?? pack.intactFile(of: role)
        guard let input = pack.manifest.file(of: role)?.input else {
            throw ModelPackError.damagedManifest(pack: pack.name)
        }
        let sessionOptions = InferenceOptions(
            intraOpThreads: options.threadsPerSession, providers: options.providers,
            profile: options.profile.map { $0 + role.rawValue })
        let session = try InferenceSession(
            modelPath: url.path, runtime: runtime, options: sessionOptions, watch: substitute?.watch)
        return (session, input)
    }

    /// Nil when the model was not asked for or the pack has none.
    func optional(_ role: ModelPackManifest.Role) throws -> Model? {
        guard options.attributes.contains(role), pack.manifest.file(of: role) != nil else { return nil }
        return try required(role)
    }

    func attributes() throws -> [any FaceAttributeEstimator] {
        var attributes: [any FaceAttributeEstimator] = []
        if let (session, input) = try optional(.genderAge) {
            attributes.append(try GenderAgeEstimator(session: session, input: input))
        }
        if let (session, input) = try optional(.denseLandmarks2D) {
            attributes.append(try DenseLandmarkEstimator(session: session, kind: .planar106, input: input))
        }
        if let (session, input) = try optional(.denseLandmarks3D) {
            attributes.append(try DenseLandmarkEstimator(session: session, kind: .spatial68, input: input))
        }
        return attributes
    }

    func embedder<Embedder>(
        _ make: (InferenceSession, ModelID, Int, ModelPackManifest.InputConvention) throws -> Embedder
    ) throws -> Embedder {
        guard let model = pack.manifest.embedderModel else {
            throw ModelPackError.missingRole(.embedder, source: pack.name)
        }
        let (session, input) = try required(.embedder)
        return try make(session, model, pack.manifest.embeddingDimension, input)
    }

    func bytes(of role: ModelPackManifest.Role) throws -> [UInt8] {
        let url = try pack.intactFile(of: role)
        guard let data = try? Data(contentsOf: url) else {
            throw ModelPackError.damagedPack(name: pack.name, missing: [url.lastPathComponent], damaged: [])
        }
        return [UInt8](data)
    }
}
