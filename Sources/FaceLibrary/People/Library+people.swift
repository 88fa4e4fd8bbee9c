public import FaceCore
public import FaceStore

/// A person and all her faces.
public struct PersonDetails: Sendable, Hashable {
    public let person: ListedPerson
    /// In the order of their ids.
    public let faces: [ListedFace]

    public init(person: ListedPerson, faces: [ListedFace]) {
        self.person = person
        self.faces = faces
    }
}

extension Library {
    /// The persons who meet a filter, in an order: at most `limit` (nil: all), after a cursor if one is given, without the
    /// first `offset`. A cursor is of use only for the same filter and order.
    public func persons(
        _ filter: PersonFilter = PersonFilter(), sort: PersonSort = .newest, after cursor: PageCursor? = nil,
        offset: Int = 0, limit: Int? = nil
    ) throws(LibraryError) -> Page<ListedPerson> {
        try storing { () throws(FaceStoreError) in
            try store.persons.page(filter, sort: sort, after: cursor, offset: offset, limit: limit)
        }
    }

    /// A person with her faces; nil when there is none, or she was deleted.
    public func person(_ id: PersonID) throws(LibraryError) -> PersonDetails? {
        try storing { () throws(FaceStoreError) -> PersonDetails? in
            guard let person = try store.persons.listed(id) else { return nil }
            return PersonDetails(person: person, faces: try store.faces.listed(of: id))
        }
    }

    /// The persons whose name contains the text, in any case and script, or whose id it is; newest first.
    public func search(_ text: String) throws(LibraryError) -> [ListedPerson] {
        try storing { () throws(FaceStoreError) in try store.persons.search(text) }
    }

    /// Gives a person a name of 1 to 255 characters; white space around it is dropped.
    ///
    /// - Throws: `LibraryError.unknownPerson`; `.store` with `nameIsEmpty`, `.nameIsTooLong` or
    ///   `.nameHasControlCharacters`.
    @discardableResult
    public func rename(_ id: PersonID, to name: String) throws(LibraryError) -> Person {
        try changingPeople(id) { () throws(FaceStoreError) in try store.persons.rename(id, to: name) }
    }

    /// Hides a person and her faces at once; she is erased `LibraryOptions.eraseAfter` later.
    ///
    /// - Throws: `LibraryError.unknownPerson`, also when she is deleted already.
    @discardableResult
    public func deletePerson(_ id: PersonID) throws(LibraryError) -> DeletedPerson {
        let deleted = try changingPeople(id) { () throws(FaceStoreError) in try store.persons.delete(id) }
        cleaning.ring()
        return deleted
    }

    /// Shows a deleted person again.
    ///
    /// - Throws: `LibraryError.unknownPerson` when there is none or she was erased.
    @discardableResult
    public func restorePerson(_ id: PersonID) throws(LibraryError) -> Person {
        try changingPeople(id) { () throws(FaceStoreError) in try store.persons.restore(id) }
    }

    /// The persons who can be restored, last deleted first.
    public func deletedPersons() throws(LibraryError) -> [DeletedPerson] {
        try storing { () throws(FaceStoreError) in try store.persons.deleted() }
    }

    /// The faces that belong to nobody, newest first.
    public func unknownFaces(
        after cursor: PageCursor? = nil, limit: Int = 100
    ) throws(LibraryError) -> Page<ListedFace> {
        try storing { () throws(FaceStoreError) in try store.faces.unassigned(after: cursor, limit: limit) }
    }

    private func changingPeople<Value>(
        _ id: PersonID, _ change: () throws(FaceStoreError) -> Value
    ) throws(LibraryError) -> Value {
        let value: Value
        do throws(FaceStoreError) {
            value = try change()
        } catch .unknownPerson {
            throw .unknownPerson(id.description)
        } catch {
            throw .store(error)
        }
        // Her name is on photos too.
        changed(.people, .photos)
        statsChanged()
        return value
    }
}
