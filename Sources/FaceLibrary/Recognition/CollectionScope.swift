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
    /// The same as the gallery knows them: made once, for there may be a hundred thousand.
    let keys: Set<KnownPeople.Key>

    init(collection: PersonCollection?, members: Set<PersonID>) {
        self.collection = collection
        self.members = members
        keys = Set(members.map { .person($0) })
    }
}

/// Who is in which collection, as far as it was asked for: read again only when somebody came or went.
final class CollectionMembers: Sendable {
    private struct Known {
        /// Of the collection's members, and where names count of the library's people.
        let versions: [Int64]
        let scope: CollectionScope
    }

    private let store: any LibraryStore
    private let known = Mutex<[CollectionID: Known]>([:])
    /// Of those who have a name; under nil those of the library.
    private let named = Mutex<[CollectionID?: Known]>([:])

    /// Collections that are remembered.
    private static let capacity = 64

    init(store: any LibraryStore) { self.store = store }

    /// - Throws: `FaceStoreError.unknownCollection`.
    func scope(of id: CollectionID) throws(FaceStoreError) -> CollectionScope {
        // First the version, then the members: those who come in between are read twice rather than not at all.
        guard let version = try store.collections.version(of: id) else { throw .unknownCollection(id) }
        let versions = [version]
        if let known = known.withLock({ $0[id] }), known.versions == versions { return known.scope }
        guard let collection = try store.collections.collection(id) else { throw .unknownCollection(id) }
        guard let members = try store.collections.members(of: id) else { throw .unknownCollection(id) }
        let scope = CollectionScope(collection: collection, members: Set(members))
        known.withLock { known in
            if known.count >= Self.capacity { known = [:] }
            known[id] = Known(versions: versions, scope: scope)
        }
        return scope
    }

    /// Those who have a name, of a collection or of the library.
    ///
    /// - Throws: `FaceStoreError.unknownCollection`.
    func namedPeople(in id: CollectionID?) throws(FaceStoreError) -> CollectionScope {
        let people = try store.peopleVersion()
        var scope: CollectionScope?
        if let id { scope = try self.scope(of: id) }
        let versions = [people, scope?.collection?.membersVersion ?? 0]
        if let known = named.withLock({ $0[id] }), known.versions == versions { return known.scope }
        var members = Set(try store.persons.named())
        if let scope { members.formIntersection(scope.members) }
        let made = CollectionScope(collection: scope?.collection, members: members)
        named.withLock { named in
            if named.count >= Self.capacity { named = [:] }
            named[id] = Known(versions: versions, scope: made)
        }
        return made
    }
}
