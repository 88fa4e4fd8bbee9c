public import FaceCore

/// The faces of a library and whose they are. Faces of deleted persons are treated as if they did not exist.
public protocol FaceRepository: Sendable {
    func face(_ id: FaceID) throws(FaceStoreError) -> StoredFace?

    /// The faces on a photo in the order in which they were recorded.
    func faces(on photo: PhotoID) throws(FaceStoreError) -> [StoredFace]

    /// The faces of a person in the order of their ids.
    func faces(of person: PersonID) throws(FaceStoreError) -> [StoredFace]

    /// The faces that belong to nobody, in the order of their ids.
    func unassignedFaces() throws(FaceStoreError) -> [StoredFace]

    /// The faces of a person with their photos, in the order of their ids.
    func listed(of person: PersonID) throws(FaceStoreError) -> [ListedFace]

    /// The faces on a photo in the order in which they were recorded, as lists show them.
    func listed(on photo: PhotoID) throws(FaceStoreError) -> [ListedFace]

    /// The faces that belong to nobody, newest first, at most `limit`, after a cursor if one is given.
    func unassigned(after cursor: PageCursor?, limit: Int) throws(FaceStoreError) -> Page<ListedFace>

    /// Every embedding of a model, read in one go: 2 KB a face of 512 numbers.
    func allEmbeddings(model: ModelID) throws(FaceStoreError) -> EmbeddingTable

    /// Changes who is who in one transaction. Unnamed persons who lose their last face by it are removed.
    ///
    /// A change by the machine rests on what it read earlier. Faces that joined somebody since then are not moved to a
    /// person but reported in `GroupingResult.kept`; who wants them grouped with the others reads again.
    ///
    /// - Throws: `FaceStoreError.unknownFace`, `.unknownPerson`, `.mergeWithSelf`, and for the machine `.bothAreNamed`;
    ///   nothing has changed then.
    @discardableResult
    func apply(_ change: GroupingChange) throws(FaceStoreError) -> GroupingResult
}
