public import FaceCore
public import Inference

/// ArcFace (Deng et al., "ArcFace: Additive Angular Margin Loss for Deep Face Recognition", 2019): embeddings of length
/// 1, compared by cosine.
public struct ArcFaceEmbedder: FaceEmbedder {
    public let model: ModelID
    public let dimension: Int
    /// Width and height of the faces it takes, in pixels.
    public let side: Int

    private let network: SingleInputModel

    /// - Parameters:
    ///   - input: pixels are (v − 127.5) / 127.5 on 112 × 112 for the published models; width and height must be given.
    ///   - dimension: 512 for the published models.
    /// - Throws: `unexpectedModel` for a model that is not of one input and one output, or whose input is no square.
    public init(
        session: InferenceSession, model: ModelID, dimension: Int, input: ModelPackManifest.InputConvention
    ) throws(FaceAnalysisError) {
        guard let side = input.width, side > 0, input.height == side else {
            throw .unexpectedModel(model: "embedder", reason: "its manifest does not give the side of a square input")
        }
        network = try SingleInputModel(session, role: "embedder", input: input, outputCounts: [1])
        self.model = model
        self.dimension = dimension
        self.side = side
    }

    /// - Throws: `InferenceError` when the model fails; `FaceAnalysisError`: `wrongCropSize`, `unexpectedModel` for
    ///   embeddings of another dimension, `noEmbedding` for one without direction.
    public func embed(_ faces: [AlignedFace]) throws -> [Embedding] {
        // One run a face: on a CPU a batch gains nothing, and takes memory in proportion.
        try faces.map { try embed($0.crop) }
    }

    private func embed(_ crop: Photo) throws -> Embedding {
        guard crop.width == side, crop.height == side else {
            throw FaceAnalysisError.wrongCropSize(expected: side, width: crop.width, height: crop.height)
        }
        let vector = try network.run(crop)[0].values
        guard vector.count == dimension else {
            throw FaceAnalysisError.unexpectedModel(
                model: "embedder", reason: "it gives \(vector.count) numbers a face instead of \(dimension)")
        }
        let length = vector.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        guard length.isFinite, length > 0 else { throw FaceAnalysisError.noEmbedding(model) }
        return Embedding(model: model, vector: vector.map { Float(Double($0) / length) })
    }
}
