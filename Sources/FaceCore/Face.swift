/// Which five places of a face a set of landmarks names; the order of the points is part of the layout.
public enum LandmarkLayout: String, Sendable, Codable {
    /// InsightFace's: eye at the photo's left, eye at its right, nose tip, mouth corner at the left, at the right.
    case eyesNoseMouth
    /// dlib's: outer and inner corner of the eye at the photo's right, outer and inner corner of the eye at its left,
    /// the point under the nose.
    case eyeCornersNose
}

/// Five points of a face, in pixels of the photo.
public struct Landmarks: Sendable, Hashable, Codable {
    public var layout: LandmarkLayout
    /// Five points, in the order of `layout`.
    public var points: [Point]

    /// - Precondition: there are five points.
    public init(layout: LandmarkLayout, points: [Point]) {
        precondition(points.count == 5, "a face has five landmarks")
        self.layout = layout
        self.points = points
    }
}

/// A face that a detector found on a photo.
public struct DetectedFace: Sendable, Hashable, Codable {
    /// In pixels of the photo; may reach outside of it.
    public var box: BoundingBox
    public var landmarks: Landmarks
    /// How sure the detector is. SCRFD: 0 to 1. dlib: above 0, about 1 for a clear face, not bounded. It says nothing
    /// about who the face is.
    public var detectionScore: Double

    public init(box: BoundingBox, landmarks: Landmarks, detectionScore: Double) {
        self.box = box
        self.landmarks = landmarks
        self.detectionScore = detectionScore
    }
}

/// A face cut out of its photo and brought to the position and size that an embedder expects.
public struct AlignedFace: Sendable {
    public var face: DetectedFace
    /// Square, of the embedder's input size.
    public var crop: Photo

    public init(face: DetectedFace, crop: Photo) {
        self.face = face
        self.crop = crop
    }
}

/// A face with all that the models say about it.
public struct AnalyzedFace: Sendable {
    public var face: DetectedFace
    public var embedding: Embedding
    /// Present only when attributes were asked for and the model pack has the models for them.
    public var attributes: FaceAttributes?
    /// Nil where it was not measured.
    public var quality: FaceQuality?

    public init(
        face: DetectedFace, embedding: Embedding, attributes: FaceAttributes? = nil, quality: FaceQuality? = nil
    ) {
        self.face = face
        self.embedding = embedding
        self.attributes = attributes
        self.quality = quality
    }
}

/// What the optional models of a pack say about a face. Estimates, never facts about a person.
public struct FaceAttributes: Sendable, Hashable, Codable {
    public enum Gender: String, Sendable, Codable {
        case female
        case male
    }

    public var gender: Gender?
    /// Years.
    public var age: Int?
    /// Dense landmarks in pixels of the photo, in the order of the model that made them (106 for 2d106det).
    public var denseLandmarks: [Point]?

    public init(gender: Gender? = nil, age: Int? = nil, denseLandmarks: [Point]? = nil) {
        self.gender = gender
        self.age = age
        self.denseLandmarks = denseLandmarks
    }
}
