public import FaceCore
public import Foundation

/// A group of faces that are the same person.
public struct Person: Sendable, Hashable {
    public let id: PersonID
    /// What a user called her; nil until then.
    public let name: String?
    public let createdAt: Date
    /// When her name or her faces last changed.
    public let updatedAt: Date
    public let faceCount: Int
    /// Free text of a user.
    public let note: String?
    public let birthDate: CalendarDate?
    /// The face that a user chose to stand for her.
    public let cover: FaceID?
    /// Whether a user wants her out of sight; she is grouped like anybody.
    public let isHidden: Bool
    /// The journal entry that changed her last; nil when no user did.
    public let revision: JournalEntry.ID?

    public init(
        id: PersonID, name: String?, createdAt: Date, updatedAt: Date, faceCount: Int, note: String? = nil,
        birthDate: CalendarDate? = nil, cover: FaceID? = nil, isHidden: Bool = false, revision: JournalEntry.ID? = nil
    ) {
        self.id = id
        self.name = name
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.faceCount = faceCount
        self.note = note
        self.birthDate = birthDate
        self.cover = cover
        self.isHidden = isHidden
        self.revision = revision
    }

    /// The name, or `person_N` until a user gives one.
    public var displayName: String { name ?? Person.placeholder(for: id) }

    /// What an unnamed person is called.
    public static func placeholder(for id: PersonID) -> String { "person_\(id)" }
}
