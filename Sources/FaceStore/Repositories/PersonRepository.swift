public import FaceCore

/// The people of a library.
public protocol PersonRepository: Sendable {
    func person(_ id: PersonID) throws(FaceStoreError) -> Person?

    /// All persons, newest first; with `limit` and `offset` a part of that list.
    func all(limit: Int?, offset: Int) throws(FaceStoreError) -> [Person]

    /// The persons whose name (or `person_N`) contains the text, without regard to case and accents in any script, or
    /// whose id is the text; newest first. An empty text finds nobody.
    func find(_ text: String) throws(FaceStoreError) -> [Person]

    /// Makes a person without faces; she stays until faces came and went again, or for good when she has a name.
    ///
    /// - Throws: `FaceStoreError.nameIsEmpty`, `.nameIsTooLong`, `.nameHasControlCharacters`.
    func create(name: String?) throws(FaceStoreError) -> Person

    /// Gives a person a name of 1 to 255 characters; white space around it is dropped. Names need not be unique.
    ///
    /// - Throws: `FaceStoreError.unknownPerson`, `.nameIsEmpty`, `.nameIsTooLong`, `.nameHasControlCharacters`.
    @discardableResult
    func rename(_ id: PersonID, to name: String) throws(FaceStoreError) -> Person
}

extension PersonRepository {
    /// All persons, newest first.
    public func all() throws(FaceStoreError) -> [Person] { try all(limit: nil, offset: 0) }
}
