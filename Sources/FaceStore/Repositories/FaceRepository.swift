public import FaceCore

/// The faces of a library and whose they are. Faces of deleted persons are treated as if they did not exist.
public protocol FaceRepository: Sendable {
    func face(_ id: FaceID) throws(FaceStoreError) -> StoredFace?

    /// The faces on a photo in the order in which they were recorded.
    func faces(on photo: PhotoID) throws(FaceStoreError) -> [StoredFace]

    /// How many faces there are on a photo, those of people who are deleted and can come back included.
    func count(on photo: PhotoID) throws(FaceStoreError) -> Int

    /// The faces of a person in the order of their ids.
    func faces(of person: PersonID) throws(FaceStoreError) -> [StoredFace]

    /// The faces that belong to nobody and are not ignored, in the order of their ids.
    func unassignedFaces() throws(FaceStoreError) -> [StoredFace]

    /// The faces of a person with their photos, in the order of their ids.
    func listed(of person: PersonID) throws(FaceStoreError) -> [ListedFace]

    /// The faces on a photo in the order in which they were recorded, as lists show them, ignored ones among them.
    func listed(on photo: PhotoID) throws(FaceStoreError) -> [ListedFace]

    /// The faces that belong to nobody and are not ignored, newest first, at most `limit`, after a cursor if one is given.
    func unassigned(after cursor: PageCursor?, limit: Int) throws(FaceStoreError) -> Page<ListedFace>

    /// The faces that users want ignored, newest first, at most `limit`, after a cursor if one is given.
    func ignored(after cursor: PageCursor?, limit: Int) throws(FaceStoreError) -> Page<ListedFace>

    /// Every embedding of a model, read in one go: 2 KB a face of 512 numbers. Ignored faces are left out.
    func allEmbeddings(model: ModelID) throws(FaceStoreError) -> EmbeddingTable

    /// Whose every face is that takes part in grouping and has an embedding of a model, and at which version.
    func owners(model: ModelID) throws(FaceStoreError) -> FaceOwners

    /// Of what `allEmbeddings` gives, the faces of some people and some other faces. Those that are not there are left out.
    func embeddings(
        of people: [PersonID], and faces: [FaceID], model: ModelID
    ) throws(FaceStoreError) -> EmbeddingTable

    /// What became of faces since a version (see `LibraryStore.peopleVersion()`), for whoever keeps what `allEmbeddings`
    /// gave; nil when that was too long ago, or the library has another model since: then it is to be read anew.
    func changes(since version: Int64, model: ModelID) throws(FaceStoreError) -> FaceChanges?

    /// Of how many faces `changes(since:model:)` gives embeddings: for whoever would not read very many of them at once.
    func changeCount(since version: Int64, model: ModelID) throws(FaceStoreError) -> Int

    // MARK: Changing over to another model

    /// Faces without an embedding of a model, in the order of their ids, at most `limit`, those after `id` if one is given.
    /// Those of deleted persons and ignored ones are among them.
    func faces(without model: ModelID, after id: FaceID?, limit: Int) throws(FaceStoreError) -> [StoredFace]

    /// Adds embeddings of a model that need not be the library's; they take the place of those that are there. Faces that
    /// are gone are left out. The library's model does not change: see `PersonEdit.apply`.
    ///
    /// - Throws: `FaceStoreError.modelMismatch` when one is of another model, `.dimensionMismatch`, `.invalidFace`.
    func addEmbeddings(
        model: ModelID, _ embeddings: [(face: FaceID, embedding: Embedding)]
    ) throws(FaceStoreError)

    /// Drops the embeddings of a model which is not the library's, where a face has another one. Journal entries that
    /// changed the library over from or to it are closed, for they cannot be undone or redone without it.
    ///
    /// - Returns: how many were dropped.
    /// - Throws: `FaceStoreError.modelInUse`.
    @discardableResult
    func dropEmbeddings(model: ModelID) throws(FaceStoreError) -> Int

    // MARK: Grouping

    /// Changes who is who in one transaction. Unnamed persons who lose their last face by it are removed.
    ///
    /// A change by the machine rests on what it read earlier. Faces that joined somebody since then are not moved to a
    /// person but reported in `GroupingResult.kept`, and so are faces that users placed or ignored, or rejected from the
    /// person; who wants them grouped with the others reads again.
    ///
    /// - Throws: `FaceStoreError.unknownFace`, `.unknownPerson`, `.mergeWithSelf`, and for the machine `.bothAreNamed` when
    ///   it would merge two people of whom users said something, or whom users keep apart; nothing has changed then.
    @discardableResult
    func apply(_ change: GroupingChange) throws(FaceStoreError) -> GroupingResult
}
