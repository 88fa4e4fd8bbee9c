public import FaceCore

/// A change of who is who, applied as a whole or not at all, in the order of the fields.
public struct GroupingChange: Sendable, Hashable {
    /// Who decided it.
    public enum Author: Sendable, Hashable {
        /// The machine: it gives only faces that belong to nobody to persons, as others may have given them away since
        /// it looked; faces that a user placed stay where they are, those that are ignored or were rejected from a person
        /// do not join her, and two people are not merged of whom users said something or whom they keep apart.
        case grouping
        /// A user: moved faces are marked as placed by the user.
        case user
    }

    /// One person becomes part of another.
    public struct Merge: Sendable, Hashable {
        /// She ceases to exist.
        public var absorbed: PersonID
        /// She keeps her id, and of name, note, birth date and cover what she has, else takes that of the absorbed one.
        public var survivor: PersonID

        public init(_ absorbed: PersonID, into survivor: PersonID) {
            self.absorbed = absorbed
            self.survivor = survivor
        }
    }

    public var author: Author
    /// The first one is merged first; a survivor may be absorbed later on.
    public var merges: [Merge]
    /// Each list becomes a new person, in this order. An empty list makes none.
    public var created: [[FaceID]]
    /// Faces that join persons who exist.
    public var joined: [PersonID: [FaceID]]
    /// Faces that belong to nobody from now on.
    public var released: [FaceID]

    public init(
        author: Author = .grouping, merges: [Merge] = [], created: [[FaceID]] = [], joined: [PersonID: [FaceID]] = [:],
        released: [FaceID] = []
    ) {
        self.author = author
        self.merges = merges
        self.created = created
        self.joined = joined
        self.released = released
    }
}

/// What a `GroupingChange` did.
public struct GroupingResult: Sendable, Hashable {
    /// The persons made of `GroupingChange.created`, one for each list; nil where every face of the list stayed where
    /// it was, and for an empty list.
    public let created: [PersonID?]
    /// Faces that belong to somebody else (or to nobody) now; merges are not counted.
    public let movedCount: Int
    /// Faces that the machine left where they are: a user had placed, ignored or rejected them, or they had become
    /// somebody else's before the change. A face is listed as often as the change named it.
    public let kept: [FaceID]
    /// Persons who are gone: absorbed ones, and unnamed ones who lost their last face.
    public let removed: [PersonID]

    public init(created: [PersonID?], movedCount: Int, kept: [FaceID], removed: [PersonID]) {
        self.created = created
        self.movedCount = movedCount
        self.kept = kept
        self.removed = removed
    }
}
