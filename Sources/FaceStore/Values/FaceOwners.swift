public import FaceCore

/// Whose faces are whose at one moment, as columns in the order of the faces' ids.
public struct FaceOwners: Sendable, Hashable {
    /// From where on to ask what changed since.
    public let version: Int64
    public let faces: [FaceID]
    /// Nil where a face belongs to nobody.
    public let persons: [PersonID?]
    /// Whether a user said whose face it is; with no person: that it is nobody's.
    public let isPlacedByUser: [Bool]

    /// - Precondition: all columns have the same length.
    public init(version: Int64, faces: [FaceID], persons: [PersonID?], isPlacedByUser: [Bool]) {
        precondition(
            faces.count == persons.count && faces.count == isPlacedByUser.count, "columns of different lengths")
        self.version = version
        self.faces = faces
        self.persons = persons
        self.isPlacedByUser = isPlacedByUser
    }
}
