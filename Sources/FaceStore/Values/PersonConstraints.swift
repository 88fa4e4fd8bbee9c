public import FaceCore

/// What users said that binds the machine, besides where they placed faces. Of deleted people nothing is told.
public struct PersonConstraints: Sendable, Hashable {
    /// The machine never merges two of them: named, described, or with a face that a user placed.
    public var settled: Set<PersonID>
    /// The people whom a face is not.
    public var rejections: [FaceID: Set<PersonID>]
    /// People who are two, the lower id first.
    public var separations: Set<PersonPair>

    public init(
        settled: Set<PersonID> = [], rejections: [FaceID: Set<PersonID>] = [:], separations: Set<PersonPair> = []
    ) {
        self.settled = settled
        self.rejections = rejections
        self.separations = separations
    }
}

/// Two different people, whichever was named first.
public struct PersonPair: Sendable, Hashable, Comparable {
    public let lower: PersonID
    public let higher: PersonID

    /// - Precondition: they are two.
    public init(_ first: PersonID, _ second: PersonID) {
        precondition(first != second, "a pair is of two people")
        lower = min(first, second)
        higher = max(first, second)
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.lower, left.higher) < (right.lower, right.higher)
    }
}
