import FaceStore

/// How much is in the library.
public struct LibraryStats: Sendable, Hashable {
    public var persons: Int
    public var faces: Int
    /// Faces that belong to nobody.
    public var unknownFaces: Int
    public var tasks: Int
    /// Photos whose faces are stored.
    public var photos: Int

    public init(persons: Int, faces: Int, unknownFaces: Int, tasks: Int, photos: Int) {
        self.persons = persons
        self.faces = faces
        self.unknownFaces = unknownFaces
        self.tasks = tasks
        self.photos = photos
    }

    init(_ counts: LibraryCounts) {
        self.init(
            persons: counts.persons, faces: counts.faces, unknownFaces: counts.unassignedFaces, tasks: counts.tasks,
            photos: counts.analyzedPhotos)
    }
}
