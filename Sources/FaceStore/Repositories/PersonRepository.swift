public import FaceCore
public import Foundation

/// The people of a library.
///
/// A deleted person and her faces are in no list, count, search and grouping, as if they did not exist; until she is
/// erased she can be restored.
public protocol PersonRepository: Sendable {
    func person(_ id: PersonID) throws(FaceStoreError) -> Person?

    /// All persons, newest first; with `limit` and `offset` a part of that list.
    func all(limit: Int?, offset: Int) throws(FaceStoreError) -> [Person]

    /// The persons whose name (or `person_N`) contains the text, without regard to case and accents in any script, or
    /// whose id is the text; newest first. An empty text finds nobody.
    func find(_ text: String) throws(FaceStoreError) -> [Person]

    /// Who has a name, in the order of their ids.
    func named() throws(FaceStoreError) -> [PersonID]

    /// Who has a name, of a collection or of the library, by name.
    ///
    /// - Parameter name: only those who are called exactly so.
    func named(_ name: String?, in collection: CollectionID?) throws(FaceStoreError) -> [Person]

    /// Makes a person without faces; she stays until faces came and went again, or for good when she has a name.
    ///
    /// - Throws: `FaceStoreError.nameIsEmpty`, `.nameIsTooLong`, `.nameHasControlCharacters`.
    func create(name: String?) throws(FaceStoreError) -> Person

    /// Gives a person a name of 1 to 255 characters; white space around it is dropped. Names need not be unique. It is an
    /// edit with an entry in the journal, unless she has this name already.
    ///
    /// - Throws: `FaceStoreError.unknownPerson`, `.nameIsEmpty`, `.nameIsTooLong`, `.nameHasControlCharacters`.
    @discardableResult
    func rename(_ id: PersonID, to name: String) throws(FaceStoreError) -> Person

    // MARK: As lists show them

    /// A person with her cover.
    func listed(_ id: PersonID) throws(FaceStoreError) -> ListedPerson?

    /// A part of the persons who meet a filter: at most `limit` (nil: all), after a cursor if one is given, without the
    /// first `offset` of these. A cursor is of use only for the same filter and order.
    func page(
        _ filter: PersonFilter, sort: PersonSort, after cursor: PageCursor?, offset: Int, limit: Int?
    ) throws(FaceStoreError) -> Page<ListedPerson>

    /// What `find(_:)` finds, with covers.
    func search(_ text: String) throws(FaceStoreError) -> [ListedPerson]

    // MARK: Deletion

    /// Hides a person and her faces at once. It is an edit with an entry in the journal.
    ///
    /// - Returns: when; it counts from here to her erasure.
    /// - Throws: `FaceStoreError.unknownPerson`, also when she is deleted already.
    @discardableResult
    func delete(_ id: PersonID) throws(FaceStoreError) -> DeletedPerson

    /// Shows a deleted person again, with her name and those of her faces that did not come to somebody else since. It is
    /// an edit with an entry in the journal, unless she is there already.
    ///
    /// - Throws: `FaceStoreError.unknownPerson` when there is none or she was erased.
    @discardableResult
    func restore(_ id: PersonID) throws(FaceStoreError) -> Person

    /// The persons who can be restored, last deleted first.
    func deleted() throws(FaceStoreError) -> [DeletedPerson]

    /// Erases for good who was deleted then or earlier: embeddings, faces, names, and what the journal and the answers to
    /// suggestions keep of her and of those who had been merged into her. An uploaded photo that shows nobody
    /// else goes with her; of the others the drawn copies have to (see `FileRemovals`). Photos that were not uploaded
    /// stay known, without her face.
    ///
    /// - Returns: whom, in the order of their ids.
    @discardableResult
    func erase(deletedBefore moment: Date) throws(FaceStoreError) -> [ErasedPerson]
}

extension PersonRepository {
    /// All persons, newest first.
    public func all() throws(FaceStoreError) -> [Person] { try all(limit: nil, offset: 0) }

    /// A part of all persons, newest first.
    public func page(
        after cursor: PageCursor?, offset: Int, limit: Int?
    ) throws(FaceStoreError) -> Page<ListedPerson> {
        try page(PersonFilter(), sort: .newest, after: cursor, offset: offset, limit: limit)
    }
}
