public import FaceCore
public import Foundation

/// One edit that a user made, as the journal tells it.
public struct JournalEntry: Sendable, Hashable {
    public typealias ID = Identifier<JournalKind>

    /// Which kind of edit it was; the raw values are part of the API.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case rename, describe, merge, split, move, reject, confirm, ignore, heed
        case addFace = "add_face"
        case separate, delete, restore
        case applyDraft = "apply_draft"
    }

    public enum State: String, Sendable, Hashable, Codable {
        /// It holds, and can be undone when it is its turn.
        case done
        /// It was taken back, and can be redone when it is its turn.
        case undone
        /// It can be neither: a person it tells of was erased, or edits came after it was undone.
        case closed
    }

    public let id: ID
    public let kind: Kind
    public let state: State
    public let createdAt: Date
    /// The people it is about, those first whom the user named; empty when what it kept was erased.
    public let persons: [PersonID]
    /// How many faces it moved or marked.
    public let faceCount: Int
    /// What the first of them were called, `namesKept` people at most; without those of whom nothing is kept.
    public let names: [Names]

    /// Of so many people an entry tells the names.
    public static let namesKept = 8

    /// What somebody was called before an edit and after it.
    public struct Names: Sendable, Hashable {
        public let person: PersonID
        /// `person_7` while nobody has named her; nil when she was not there.
        public let before: String?
        public let after: String?

        public init(person: PersonID, before: String?, after: String?) {
            self.person = person
            self.before = before
            self.after = after
        }
    }

    public init(
        id: ID, kind: Kind, state: State, createdAt: Date, persons: [PersonID], faceCount: Int, names: [Names] = []
    ) {
        self.id = id
        self.kind = kind
        self.state = state
        self.createdAt = createdAt
        self.persons = persons
        self.faceCount = faceCount
        self.names = names
    }
}

public enum JournalKind: Sendable {}

/// What an edit, an undo or a redo did.
public struct EditResult: Sendable, Hashable {
    /// The entry that was written, undone or redone.
    public let entry: JournalEntry
    /// Everybody who was changed and is there, as she is now, in the order of their ids.
    public let persons: [Person]
    /// People who were there before and are gone: absorbed, left without a face, deleted.
    public let removed: [PersonID]
    /// People who were not there before: split off, restored, or back by an undo.
    public let created: [PersonID]
    /// Faces that were added; gone ones after an undo are not told.
    public let addedFaces: [FaceID]

    public init(
        entry: JournalEntry, persons: [Person], removed: [PersonID], created: [PersonID], addedFaces: [FaceID] = []
    ) {
        self.entry = entry
        self.persons = persons
        self.removed = removed
        self.created = created
        self.addedFaces = addedFaces
    }
}
