public import FaceCore

/// A face as grouping sees it: who it belongs to by now, who said so, and what it is worth.
public struct GroupedFace: Sendable, Hashable {
    public let id: FaceID
    public let photo: PhotoID
    /// nil: nobody yet.
    public let person: PersonID?
    /// A user put the face there: it never moves by itself. With no person: a user took it from everybody.
    public let isPlacedByUser: Bool
    /// Too blurred, small or hidden to say by itself who it is: see `FaceStrengthRule`.
    public let isWeak: Bool

    public init(
        id: FaceID, photo: PhotoID, person: PersonID? = nil, isPlacedByUser: Bool = false, isWeak: Bool = false
    ) {
        self.id = id
        self.photo = photo
        self.person = person
        self.isPlacedByUser = isPlacedByUser
        self.isWeak = isWeak
    }
}
