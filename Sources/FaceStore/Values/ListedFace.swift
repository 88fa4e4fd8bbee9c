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

    public init(
        id: FaceID, photo: StoredPhoto, box: BoundingBox, detectionScore: Double, attributes: FaceAttributes?,
        person: PersonID?, isPlacedByUser: Bool, detectedAt: Date
    ) {
        self.id = id
        self.photo = photo
        self.box = box
        self.detectionScore = detectionScore
        self.attributes = attributes
        self.person = person
        self.isPlacedByUser = isPlacedByUser
        self.detectedAt = detectedAt
    }
}

/// A person as lists show her.
public struct ListedPerson: Sendable, Hashable {
    public let person: Person
    /// The face that stands for her: the largest one on an uploaded photo, else the largest; nil when she has none.
    public let cover: ListedFace?

    public init(person: Person, cover: ListedFace?) {
        self.person = person
        self.cover = cover
    }
}
