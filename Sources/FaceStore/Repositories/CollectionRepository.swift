public import FaceCore

/// The named sets of people. Deleted people are in none, as if they did not exist; restored ones are where they were.
///
/// Who is merged into somebody hands her memberships on, and gets them back when the merge is undone: see docs/people.md.
public protocol CollectionRepository: Sendable {
    /// All of them, by name.
    func all() throws(FaceStoreError) -> [PersonCollection]

    func collection(_ id: CollectionID) throws(FaceStoreError) -> PersonCollection?

    /// Another number whenever the collection or who is in it changed; nil when there is no such collection. Cheap to ask
    /// for, however many are in it.
    func version(of id: CollectionID) throws(FaceStoreError) -> Int64?

    /// - Throws: `FaceStoreError.collectionNameIsTaken`, `.invalidThreshold`, `.nameIsEmpty`, `.nameIsTooLong`,
    ///   `.nameHasControlCharacters`.
    func create(name: String, threshold: PersonCollection.Threshold) throws(FaceStoreError) -> PersonCollection

    /// Changes what is not nil.
    ///
    /// - Throws: as `create`, and `FaceStoreError.unknownCollection`.
    func change(
        _ id: CollectionID, name: String?, threshold: PersonCollection.Threshold?
    ) throws(FaceStoreError) -> PersonCollection

    /// Deletes the set; its people stay in the library.
    ///
    /// - Throws: `FaceStoreError.unknownCollection`.
    func delete(_ id: CollectionID) throws(FaceStoreError)

    /// Who is in it, deleted people too, in the order of their ids; nil when there is no such collection.
    func members(of id: CollectionID) throws(FaceStoreError) -> [PersonID]?

    /// The collections that somebody is in, by name.
    func collections(of person: PersonID) throws(FaceStoreError) -> [PersonCollection]

    /// Puts people into a collection; who is in it already stays.
    ///
    /// - Throws: `FaceStoreError.unknownCollection`, `.unknownPerson`; nothing has changed then.
    func add(_ people: [PersonID], to id: CollectionID) throws(FaceStoreError)

    /// Takes people out of a collection.
    ///
    /// - Returns: how many were in it.
    /// - Throws: `FaceStoreError.unknownCollection`.
    @discardableResult
    func remove(_ people: [PersonID], from id: CollectionID) throws(FaceStoreError) -> Int
}
