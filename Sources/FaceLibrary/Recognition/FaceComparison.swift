public import FaceCore

/// What a comparison of two faces, or of a face with a person, came to.
public struct FaceComparison: Sendable, Hashable {
    /// In the unit of the metric; with a person the mean over her faces (for the Euclidean metric the root of the mean of
    /// the squares).
    public let distance: Double
    /// One minus the distance: for the cosine metric the cosine of the angle. For the Euclidean metric it may be negative.
    public var similarity: Double { 1 - distance }
    /// The largest distance at which the two count as one person.
    public let threshold: Double
    /// Whether they do.
    public var isMatch: Bool { distance <= threshold }

    public init(distance: Double, threshold: Double) {
        self.distance = distance
        self.threshold = threshold
    }
}

/// Faces of an image that nothing is kept of.
public struct ProbeImage: Sendable {
    /// As the image is shown, in pixels.
    public let width: Int
    public let height: Int
    /// Best detection score first.
    public let faces: [AnalyzedFace]

    /// The place of the face with the largest box, the first of equals; nil where there is none.
    public var largest: Int? {
        faces.indices.max { (faces[$0].face.box.area, $1) < (faces[$1].face.box.area, $0) }
    }
}

/// A face, and the people whom it may be.
public struct IdentifiedFace: Sendable {
    /// Somebody whom a face may be.
    public struct Candidate: Sendable, Hashable {
        public let person: PersonID
        public let comparison: FaceComparison
    }

    public let face: AnalyzedFace
    /// Nearest first, those beyond the threshold too.
    public let candidates: [Candidate]
    /// Who it is; nil when nobody is near enough.
    public var person: PersonID? { candidates.first.flatMap { $0.comparison.isMatch ? $0.person : nil } }
}
