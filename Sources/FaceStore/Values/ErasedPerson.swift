public import FaceCore
public import Foundation

/// A person whom a user deleted and who can still be restored.
public struct DeletedPerson: Sendable, Hashable {
    /// As she was, and will be when she is restored.
    public let person: Person
    public let deletedAt: Date

    public init(person: Person, deletedAt: Date) {
        self.person = person
        self.deletedAt = deletedAt
    }
}

/// What was erased for good with a person.
public struct ErasedPerson: Sendable, Hashable {
    public let id: PersonID
    /// Her faces, all gone with their embeddings.
    public let faceCount: Int
    /// The photos she was on, in the order of their ids: whatever was drawn of them shows her.
    public let photos: [PhotoID]
    /// The uploaded files that showed nobody else: no photo lies there any more. They are among
    /// `FileRemovals.pending(limit:)` until their removal is confirmed.
    public let unneededFiles: [String]

    public init(id: PersonID, faceCount: Int, photos: [PhotoID], unneededFiles: [String]) {
        self.id = id
        self.faceCount = faceCount
        self.photos = photos
        self.unneededFiles = unneededFiles
    }
}
