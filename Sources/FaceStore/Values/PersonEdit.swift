public import FaceCore

/// A change of people that a user wants: one transaction and one journal entry. docs/people.md has the rules.
public enum PersonEdit: Sendable, Hashable {
    /// Names a person; nil takes her name away.
    case rename(PersonID, to: String?)
    /// Changes what else a user says of a person.
    case describe(PersonID, PersonDescription)
    /// All become one: the faces of the others become those of `into`, in the order of the list.
    case merge([PersonID], into: PersonID)
    /// Faces of one person become a new person, who is separated from the one they came from; or faces of nobody become one.
    case split([FaceID], name: String?)
    /// Faces become somebody's who is known.
    case move([FaceID], to: PersonID)
    /// The faces are not this person, whose they are at the moment: they leave her and never come back by themselves.
    case reject([FaceID], from: PersonID)
    /// The faces are where they belong.
    case confirm([FaceID])
    /// The faces are of no interest: they leave whom they belong to and are never grouped.
    case ignore([FaceID])
    /// The faces are of interest again: they belong to nobody.
    case heed([FaceID])
    /// A face that the detector missed.
    case addFace(HandDrawnFace)
    /// Two people are two.
    case separate(PersonID, PersonID)
    /// Hides a person until she is erased.
    case delete(PersonID)
    /// Shows a deleted person again.
    case restore(PersonID)
    /// The library becomes what a draft says.
    case apply(DraftPlacement)
}

/// What a user says of a person. A field that is nil stays as it is.
public struct PersonDescription: Sendable, Hashable {
    /// A field that can be set or taken away.
    public enum Change<Value: Sendable & Hashable>: Sendable, Hashable {
        case set(Value)
        case clear
    }

    /// Counted in Unicode code points.
    public static let maximumNoteLength = 10_000

    /// As in `PersonEdit.rename`, where it is to change together with the rest.
    public var name: Change<String>?
    /// Free text of at most `maximumNoteLength` characters.
    public var note: Change<String>?
    public var birthDate: Change<CalendarDate>?
    /// One of her faces.
    public var cover: Change<FaceID>?
    public var isHidden: Bool?

    public init(
        name: Change<String>? = nil, note: Change<String>? = nil, birthDate: Change<CalendarDate>? = nil,
        cover: Change<FaceID>? = nil, isHidden: Bool? = nil
    ) {
        self.name = name
        self.note = note
        self.birthDate = birthDate
        self.cover = cover
        self.isHidden = isHidden
    }

    /// Whether there is nothing to change, except perhaps the name.
    public var isNameOnly: Bool { note == nil && birthDate == nil && cover == nil && isHidden == nil }
}

/// A face that a user drew on a photo, analysed as far as its pixels allow.
public struct HandDrawnFace: Sendable, Hashable {
    public var photo: PhotoID
    public var face: DetectedFace
    public var embedding: Embedding
    public var quality: FaceQuality?
    /// Whose face it is; nil leaves that to the next grouping.
    public var person: PersonID?

    public init(
        photo: PhotoID, face: DetectedFace, embedding: Embedding, quality: FaceQuality? = nil, person: PersonID? = nil
    ) {
        self.photo = photo
        self.face = face
        self.embedding = embedding
        self.quality = quality
        self.person = person
    }
}
