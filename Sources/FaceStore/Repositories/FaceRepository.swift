public import FaceCore

/// The faces of a library and whose they are.
public protocol FaceRepository: Sendable {
    func face(_ id: FaceID) throws(FaceStoreError) -> StoredFace?

    /// The faces on a photo in the order in which they were recorded.
    func faces(on photo: PhotoID) throws(FaceStoreError) -> [StoredFace]

    /// The faces of a person in the order of their ids.
    func faces(of person: PersonID) throws(FaceStoreError) -> [StoredFace]

    /// The faces that belong to nobody, in the order of their ids.
    func unassignedFaces() throws(FaceStoreError) -> [StoredFace]

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
