public import FaceCore

/// A photo of which somebody said who is on it.
public struct LabelledPhoto: Sendable, Hashable {
    /// Relative to the set's folder.
    public var name: String
    /// Where it lies.
    public var path: String
    public var label: Label
    /// Whether every face of the photo is labelled, so that whatever else is found is no face.
    public var isFullyCounted: Bool
    /// Nearly the same picture as another photo of the set: it is grouped with the others, and left out of all scores.
    public var isDuplicate: Bool

    /// What is known of the faces.
    public enum Label: Sendable, Hashable {
        /// Where each is, and whose.
        case faces([LabelledFace])
        /// Nothing but that the largest one is this person's.
        case largestFace(of: String)
        /// Nothing.
        case unknown
    }

    public init(
        name: String, path: String, label: Label, isFullyCounted: Bool = false, isDuplicate: Bool = false
    ) {
        self.name = name
        self.path = path
        self.label = label
        self.isFullyCounted = isFullyCounted
        self.isDuplicate = isDuplicate
    }

    /// The faces that a detector should find.
    var faceCount: Int {
        switch label {
        case .faces(let faces): faces.count
        case .largestFace: 1
        case .unknown: 0
        }
    }
}

/// A face that somebody saw on a photo.
public struct LabelledFace: Sendable, Hashable {
    /// In pixels of the upright photo.
    public var box: BoundingBox
    /// Who it is; nil when that is not known, and the face is nobody's stranger either.
    public var identity: String?

    public init(box: BoundingBox, identity: String?) {
        self.box = box
        self.identity = identity
    }
}
