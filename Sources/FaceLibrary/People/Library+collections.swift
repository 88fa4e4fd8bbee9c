public import FaceCore
public import FaceStore

/// Named sets of people.
extension Library {
    /// All collections, by name.
    public func collections() throws(LibraryError) -> [PersonCollection] {
        try storing { () throws(FaceStoreError) in try store.collections.all() }
    }

    /// - Throws: `LibraryError.store` with `FaceStoreError.unknownCollection`.
    public func collection(_ id: CollectionID) throws(LibraryError) -> PersonCollection {
        try storing { () throws(FaceStoreError) in
            guard let collection = try store.collections.collection(id) else { throw .unknownCollection(id) }
            return collection
        }
    }

    /// - Throws: `LibraryError.store` with what `CollectionRepository.create` throws.
    public func createCollection(
        name: String, threshold: PersonCollection.Threshold = .pack
    ) throws(LibraryError) -> PersonCollection {
        try storing { () throws(FaceStoreError) in try store.collections.create(name: name, threshold: threshold) }
    }

    /// Changes what is not nil.
    ///
    /// - Throws: `LibraryError.store` with what `CollectionRepository.change` throws.
    public func changeCollection(
        _ id: CollectionID, name: String? = nil, threshold: PersonCollection.Threshold? = nil
    ) throws(LibraryError) -> PersonCollection {
        try storing { () throws(FaceStoreError) in
            try store.collections.change(id, name: name, threshold: threshold)
        }
    }

    /// Deletes the set and nobody of it. Who compares faces with it at the moment goes on to the end.
    ///
    /// - Throws: `LibraryError.store` with `FaceStoreError.unknownCollection`.
    public func deleteCollection(_ id: CollectionID) throws(LibraryError) {
        try storing { () throws(FaceStoreError) in try store.collections.delete(id) }
        changed(.people)
    }

    /// - Throws: `LibraryError.store` with `FaceStoreError.unknownCollection`, `.unknownPerson`; nothing has changed then.
    public func addMembers(_ people: [PersonID], to id: CollectionID) throws(LibraryError) {
        try storing { () throws(FaceStoreError) in try store.collections.add(people, to: id) }
        changed(.people)
    }

    /// Makes a person without faces, who is in a collection if one is given.
    ///
    /// - Throws: `LibraryError.store` with what is wrong with the name, or `FaceStoreError.unknownCollection`.
    public func createPerson(name: String, in collection: CollectionID? = nil) throws(LibraryError) -> Person {
        if let collection { _ = try self.collection(collection) }
        let person = try storing { () throws(FaceStoreError) in try store.persons.create(name: name) }
        if let collection { try addMembers([person.id], to: collection) }
        changed(.people)
        statsChanged()
        return person
    }

    /// - Returns: how many were in it.
    /// - Throws: `LibraryError.store` with `FaceStoreError.unknownCollection`.
    @discardableResult
    public func removeMembers(_ people: [PersonID], from id: CollectionID) throws(LibraryError) -> Int {
        let count = try storing { () throws(FaceStoreError) in try store.collections.remove(people, from: id) }
        changed(.people)
        statsChanged()
        return count
    }
}
