public import FaceCore

/// Who every face shall be, as a draft wants it.
public struct DraftPlacement: Sendable, Hashable {
    /// A group of faces and the person whom it continues; nil makes a new one.
    public struct Group: Sendable, Hashable {
        public var person: PersonID?
        public var faces: [FaceID]

        public init(person: PersonID?, faces: [FaceID]) {
            self.person = person
            self.faces = faces
        }
    }

    /// Faces that are in no group and not in `unknown` stay where they are. Each person is continued by at most one group;
    /// people whose faces all go to others cease to exist unless they are settled.
    public var groups: [Group]
    /// Faces that shall belong to nobody.
    public var unknown: [FaceID]
    /// Whose embeddings it rests on; when it is not the library's model, the library changes over to it.
    public var model: ModelID

    public init(groups: [Group], unknown: [FaceID] = [], model: ModelID) {
        self.groups = groups
        self.unknown = unknown
        self.model = model
    }
}
