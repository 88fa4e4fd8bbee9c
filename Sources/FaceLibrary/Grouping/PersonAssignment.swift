public import FaceCore

/// What grouping wants changed. Faces that stay where they are do not appear.
public struct PersonAssignment: Sendable, Equatable {
    /// Faces that join somebody who is known.
    public var joined: [FaceID: PersonID]
    /// Groups of faces that become new people, each with at least one face.
    public var created: [[FaceID]]
    /// People that turned out to be somebody else, as a whole: from → into. A target is never itself merged.
    public var merged: [PersonID: PersonID]
    /// Faces that fit nobody.
    public var unknown: [FaceID]
    /// Whom the faces of `joined`, `created` and `unknown` belonged to; those that belonged to nobody do not appear.
    public var taken: [FaceID: PersonID]

    public init(
        joined: [FaceID: PersonID] = [:], created: [[FaceID]] = [], merged: [PersonID: PersonID] = [:],
        unknown: [FaceID] = [], taken: [FaceID: PersonID] = [:]
    ) {
        self.joined = joined
        self.created = created
        self.merged = merged
        self.unknown = unknown
        self.taken = taken
    }

    public var isEmpty: Bool { joined.isEmpty && created.isEmpty && merged.isEmpty && taken.isEmpty }
}
