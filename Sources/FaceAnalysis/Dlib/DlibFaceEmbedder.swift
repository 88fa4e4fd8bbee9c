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

    /// - Precondition: the crops are `DlibFaceAligner`'s, 150 × 150 pixels.
    public func embed(_ faces: [AlignedFace]) throws -> [Embedding] {
        let side = DlibFaceChip.side
        // One by one: a batch is no faster on a processor, and a group photo's would take much memory.
        return try faces.flatMap { face in
            precondition(face.crop.width == side && face.crop.height == side, "dlib's embedder takes chips")
            var planes = DlibPlanes(width: side, height: side)
            planes.draw(face.crop, left: 0, top: 0)
            let input = Tensor(shape: [1, 3, side, side], values: planes.values)
            return try session.run(["chip": input], outputs: ["descriptor"]).map {
                Embedding(model: model, vector: $0.values)
            }
        }
    }
}
