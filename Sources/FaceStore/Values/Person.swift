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

    public init(id: PersonID, name: String?, createdAt: Date, updatedAt: Date, faceCount: Int) {
        self.id = id
        self.name = name
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.faceCount = faceCount
    }

    /// The name, or `person_N` until a user gives one.
    public var displayName: String { name ?? Person.placeholder(for: id) }

    /// What an unnamed person is called.
    public static func placeholder(for id: PersonID) -> String { "person_\(id)" }
}
