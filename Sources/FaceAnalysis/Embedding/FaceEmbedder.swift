public import FaceCore

/// Turns aligned faces into vectors that are near each other when the faces are of one person.
public protocol FaceEmbedder: Sendable {
    /// The name that the embeddings carry.
    var model: ModelID { get }
    /// How many numbers an embedding has.
    var dimension: Int { get }

    /// One embedding a face, in the same order.
    ///
    /// Blocks while the model runs; may be called from several threads at once.
    func embed(_ faces: [AlignedFace]) throws -> [Embedding]
}
