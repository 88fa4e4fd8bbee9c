public import FaceCore

/// A face as grouping sees it: who it belongs to by now, and who said so.
public struct GroupedFace: Sendable, Hashable {
    public let id: FaceID
    /// nil: nobody yet.
    public let person: PersonID?
    /// A user put the face there: it never moves by itself.
    public let isPlacedByUser: Bool

    public init(id: FaceID, person: PersonID? = nil, isPlacedByUser: Bool = false) {
        self.id = id
        self.person = person
        self.isPlacedByUser = isPlacedByUser
    }
}

/// What grouping wants changed. Faces that stay where they are do not appear.
public struct PersonAssignment: Sendable, Equatable {
    /// Faces that join somebody who is known.
    public var joined: [FaceID: PersonID]
    /// Groups of faces that become new people, each with at least one face.
    public var created: [[FaceID]]
    /// Unnamed people that turned out to be somebody else: from → into. A target is never itself merged.
    public var merged: [PersonID: PersonID]
    /// Faces that fit nobody.
    public var unknown: [FaceID]

    public init(
        joined: [FaceID: PersonID] = [:], created: [[FaceID]] = [], merged: [PersonID: PersonID] = [:],
        unknown: [FaceID] = []
    ) {
        self.joined = joined
        self.created = created
        self.merged = merged
        self.unknown = unknown
    }

    public var isEmpty: Bool { joined.isEmpty && created.isEmpty && merged.isEmpty }
}
