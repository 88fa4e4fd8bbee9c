/// How much is in a library.
public struct LibraryCounts: Sendable, Hashable {
    /// Photos whose faces are stored.
    public let analyzedPhotos: Int
    /// Photos that could not be analysed.
    public let failedPhotos: Int
    public let faces: Int
    /// Faces that belong to nobody.
    public let unassignedFaces: Int
    public let persons: Int
    public let tasks: Int

    public init(
        analyzedPhotos: Int, failedPhotos: Int, faces: Int, unassignedFaces: Int, persons: Int, tasks: Int
    ) {
        self.analyzedPhotos = analyzedPhotos
        self.failedPhotos = failedPhotos
        self.faces = faces
        self.unassignedFaces = unassignedFaces
        self.persons = persons
        self.tasks = tasks
    }
}
