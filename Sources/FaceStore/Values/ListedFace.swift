public import FaceCore
public import Foundation

/// A face as lists show it: with its photo, without its embedding and landmarks.
public struct ListedFace: Sendable, Hashable {
    public let id: FaceID
    public let photo: StoredPhoto
    /// In pixels of the photo; may reach outside of it.
    public let box: BoundingBox
    public let detectionScore: Double
    public let attributes: FaceAttributes?
    /// Nil while the face belongs to nobody.
    public let person: PersonID?
    /// Whether a user said whose face this is.
    public let isPlacedByUser: Bool
    /// When the library stored the face, to the millisecond.
    public let detectedAt: Date
    /// Whether a user said that it is of no interest; it belongs to nobody then and is never grouped.
    public let isIgnored: Bool
    /// Whether a user drew it because the detector had missed it.
    public let isAddedByHand: Bool
    /// Nil where it was not measured.
    public let quality: FaceQuality?

    public init(
        id: FaceID, photo: StoredPhoto, box: BoundingBox, detectionScore: Double, attributes: FaceAttributes?,
        person: PersonID?, isPlacedByUser: Bool, detectedAt: Date, isIgnored: Bool = false,
        isAddedByHand: Bool = false, quality: FaceQuality? = nil
    ) {
        self.id = id
        self.photo = photo
        self.box = box
        self.detectionScore = detectionScore
        self.attributes = attributes
        self.person = person
        self.isPlacedByUser = isPlacedByUser
        self.detectedAt = detectedAt
        self.isIgnored = isIgnored
        self.isAddedByHand = isAddedByHand
        self.quality = quality
    }
}

/// A person as lists show her.
public struct ListedPerson: Sendable, Hashable {
    public let person: Person
    /// The face that stands for her: the one that a user chose, else the largest one on an uploaded photo,
    /// else the largest; nil when she has none.
    public let cover: ListedFace?

    public init(person: Person, cover: ListedFace?) {
        self.person = person
        self.cover = cover
    }
}
