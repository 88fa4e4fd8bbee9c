public import FaceCore
public import FaceStore
import Synchronization

/// A collection as faces are compared with it: who is in it, at the moment at which it was asked for. Whoever holds one goes
/// on with it, also when the collection is deleted meanwhile.
public struct CollectionScope: Sendable {
    public let collection: PersonCollection
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

    /// Collections that are remembered.
    private static let capacity = 64

    init(store: any LibraryStore) { self.store = store }

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
