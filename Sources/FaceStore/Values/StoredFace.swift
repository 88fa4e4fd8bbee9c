public import FaceCore

/// A face of the library.
public struct StoredFace: Sendable, Hashable {
    public let id: FaceID
    public let photo: PhotoID
    public let face: DetectedFace
    /// As it was stored; a library kept at `EmbeddingPrecision.float16` gives numbers within 1e-3 of the original ones.
    public let embedding: Embedding
    public let attributes: FaceAttributes?
    /// Nil while the face belongs to nobody.
    public let person: PersonID?
    /// Whether a user said whose face this is; the machine never moves such a face.
    public let isPlacedByUser: Bool
    /// Whether a user said that it is of no interest; it belongs to nobody then and is never grouped.
    public let isIgnored: Bool
    /// Whether a user drew it because the detector had missed it.
    public let isAddedByHand: Bool
    /// Nil where it was not measured.
    public let quality: FaceQuality?

    public init(
        id: FaceID, photo: PhotoID, face: DetectedFace, embedding: Embedding, attributes: FaceAttributes?,
        person: PersonID?, isPlacedByUser: Bool, isIgnored: Bool = false, isAddedByHand: Bool = false,
        quality: FaceQuality? = nil
    ) {
        self.id = id
        self.photo = photo
        self.face = face
        self.embedding = embedding
        self.attributes = attributes
        self.person = person
        self.isPlacedByUser = isPlacedByUser
        self.isIgnored = isIgnored
        self.isAddedByHand = isAddedByHand
        self.quality = quality
    }
}
