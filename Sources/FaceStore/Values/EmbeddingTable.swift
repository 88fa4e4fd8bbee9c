public import FaceCore

/// All embeddings of one model in the library, as columns: row `i` of each is the same face. Faces are in the order of
/// their ids.
public struct EmbeddingTable: Sendable, Hashable {
    public let model: ModelID
    /// How many numbers an embedding has; 0 when there is none.
    public let dimension: Int
    public let faces: [FaceID]
    public let photos: [PhotoID]
    /// Nil where a face belongs to nobody.
    public let persons: [PersonID?]
    /// Whether a user said whose face it is.
    public let isPlacedByUser: [Bool]
    /// How good each face is to recognise somebody by.
    public let strengths: [FaceStrength]
    /// One embedding after the other: face `i` has `values[i * dimension ..< (i + 1) * dimension]`.
    public let values: [Float]

    public var count: Int { faces.count }

    /// - Precondition: all columns have the same length, `values` that times `dimension`.
    public init(
        model: ModelID, dimension: Int, faces: [FaceID], photos: [PhotoID], persons: [PersonID?],
        isPlacedByUser: [Bool], strengths: [FaceStrength], values: [Float]
    ) {
        precondition(faces.count == photos.count && faces.count == persons.count, "columns of different lengths")
        precondition(
            faces.count == isPlacedByUser.count && faces.count == strengths.count, "columns of different lengths")
        precondition(values.count == faces.count * dimension, "embeddings of another dimension")
        self.model = model
        self.dimension = dimension
        self.faces = faces
        self.photos = photos
        self.persons = persons
        self.isPlacedByUser = isPlacedByUser
        self.strengths = strengths
        self.values = values
    }

    /// What tells a weak face from a strong one.
    public struct FaceStrength: Sendable, Hashable {
        /// Of the face's box, in pixels of the photo.
        public var shorterSide: Float
        public var detectionScore: Float
        /// Nil for faces that were stored before it was measured.
        public var quality: FaceQuality?
        /// A user drew it: that there is a face is not the detector's word.
        public var isAddedByHand: Bool

        public init(
            shorterSide: Float, detectionScore: Float, quality: FaceQuality? = nil, isAddedByHand: Bool = false
        ) {
            self.isAddedByHand = isAddedByHand
            self.shorterSide = shorterSide
            self.detectionScore = detectionScore
            self.quality = quality
        }
    }

    /// The embedding of row `index`.
    public func vector(at index: Int) -> ArraySlice<Float> {
        values[index * dimension..<(index + 1) * dimension]
    }
}

/// How embeddings are written; what was written is read whatever the setting is now.
public enum EmbeddingPrecision: String, Sendable, Hashable, CaseIterable {
    /// Four bytes a number, exact.
    case float32
    /// Two bytes a number, three significant digits: half the size for large libraries.
    case float16
}
