public import FaceCore
public import FaceStore
import Synchronization

/// Whom faces are compared with: who is in a collection, at the moment at which it was asked for. Whoever holds one goes on
/// with it, also when the collection is deleted meanwhile.
public struct CollectionScope: Sendable {
    /// Nil for some people of the library as a whole.
    public let collection: PersonCollection?
    /// Deleted people may be among them.
    public let members: Set<PersonID>
}

/// Who is in which collection, as far as it was asked for: read again only when somebody came or went.
final class CollectionMembers: Sendable {
    private struct Known {
        let version: Int64
        let members: Set<PersonID>
    }

    private let store: any LibraryStore
    private let known = Mutex<[CollectionID: Known]>([:])
    private let named = Mutex<Known?>(nil)

    /// Collections that are remembered.
    private static let capacity = 64

    init(store: any LibraryStore) { self.store = store }

    /// Everybody who has a name.
    func namedPeople() throws(FaceStoreError) -> Set<PersonID> {
        let version = try store.peopleVersion()
        if let named = named.withLock({ $0 }), named.version == version { return named.members }
        let people = Set(try store.persons.named())
        named.withLock { $0 = Known(version: version, members: people) }
        return people
    }

    /// - Throws: `FaceStoreError.unknownCollection`.
    func scope(of id: CollectionID) throws(FaceStoreError) -> CollectionScope {
        // First the version, then the members: those who come in between are read twice rather than not at all.
        guard let collection = try store.collections.collection(id) else { throw .unknownCollection(id) }
        if let known = known.withLock({ $0[id] }), known.version == collection.membersVersion {
            return CollectionScope(collection: collection, members: known.members)
        }
        guard let members = try store.collections.members(of: id) else { throw .unknownCollection(id) }
        let set = Set(members)
        known.withLock { known in
            if known.count >= Self.capacity { known = [:] }
            known[id] = Known(version: collection.membersVersion, members: set)
        }
        return CollectionScope(collection: collection, members: set)
    }
}
