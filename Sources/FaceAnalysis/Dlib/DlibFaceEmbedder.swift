public import FaceCore
public import Inference

/// Turns faces into vectors of 128 numbers with dlib's residual network.
///
/// The vectors are compared by their Euclidean distance as they are; they are not of length 1 (about 1.5), and their
/// cosine says nothing, as all of them point in much the same direction.
public struct DlibFaceEmbedder: FaceEmbedder {
    public let model: ModelID
    public let dimension = 128
    private let session: InferenceSession

    /// - Parameter session: of the model that `DlibPackConverter.embedderModel(from:)` made.
    public init(model: ModelID, session: InferenceSession) {
        self.model = model
        self.session = session
    }

    /// - Throws: `FaceAnalysisError` when a crop is not `DlibFaceAligner`'s or the model is another one, `InferenceError`
    ///   when it cannot be run.
    public func embed(_ faces: [AlignedFace]) throws -> [Embedding] {
        // One by one: a batch is no faster on a processor, and a group photo's would take much memory.
        try faces.map { try embed($0.crop) }
    }

    private func embed(_ crop: Photo) throws -> Embedding {
        let side = DlibFaceChip.side
        guard crop.width == side, crop.height == side else {
            throw FaceAnalysisError.wrongCropSize(expected: side, width: crop.width, height: crop.height)
        }
        var planes = DlibPlanes(width: side, height: side)
        planes.draw(crop, left: 0, top: 0)
        let input = Tensor(shape: [1, 3, side, side], values: planes.values)
        let output = try session.run(["chip": input], outputs: ["descriptor"])
        guard let vector = output.first?.values, vector.count == dimension else {
            throw FaceAnalysisError.unexpectedModel(model: "embedder", reason: "it does not give \(dimension) numbers")
        }
        guard vector.allSatisfy(\.isFinite) else { throw FaceAnalysisError.noEmbedding(model) }
        return Embedding(model: model, vector: vector)
    }
}
