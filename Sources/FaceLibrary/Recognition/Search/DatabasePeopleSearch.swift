import FaceClustering
package import FaceCore
public import FaceStore
import Foundation

/// Searches people in the library's own database, by its index of faces: this process then needs no memory for them. Looked
/// for are the people who have the nearest faces; the index may miss one, and whoever it finds is compared exactly.
///
/// The vectors are kept in step by `keepInStep`, which somebody has to call all the time (`PeopleIndexing`); a search learns
/// what changed since by itself.
public struct DatabasePeopleSearch: PeopleSearch {
    private let store: any LibraryStore
    private let vectors: any PersonVectors
    private let breadth: Int

    /// People whose faces are read at once.
    private static let portion = 500
    /// A collection of so many people is looked through without the index.
    private static let smallScope = 5000
    /// Changed faces that somebody who waits for an answer brings in himself.
    private static let mostAtOnce = 2000
    /// Changed faces whose embeddings are read at once: 2 KB each. After more of them the set is filled anew, in portions.
    private static let mostInMemory = 50_000
    /// Faces that the index gives at most.
    private static let mostFaces = 1000
    /// How long a search waits for another process that brings the vectors up to date.
    private static let patience = Duration.seconds(10)

    /// - Parameter breadth: candidates that the index looks at for a search; more cost time and miss fewer.
    public init(store: any LibraryStore, vectors: any PersonVectors, breadth: Int = Self.standardBreadth) {
        self.store = store
        self.vectors = vectors
        self.breadth = breadth
    }

    /// See docs/performance.md for what it finds.
    public static let standardBreadth = 200

    // MARK: Searching

    func group(
        of person: PersonID, model: ModelID, options: GroupingOptions
    ) throws(FaceStoreError) -> VectorGroup? {
        let table = try store.faces.embeddings(of: [person], and: [], model: model)
        return PersonVectorSpace(model: model, options: options).groups(of: table)[person]
    }

    func nearest(
        to probes: [VectorGroup], limit: Int, among scope: CollectionScope?, model: ModelID, options: GroupingOptions
    ) throws(FaceStoreError) -> [[PersonMatch]] {
        let space = PersonVectorSpace(model: model, options: options)
        guard limit > 0, let set = try current(space) else { return probes.map { _ in [] } }
        var found: [[PersonMatch]] = []
        for probe in probes {
            let matches = try candidates(for: probe, in: space, limit: limit, among: scope, of: set)
                .compactMap { space.match(probe, $0) }
                .sorted { ($0.dissimilarity, $0.person) < ($1.dissimilarity, $1.person) }
            found.append(Array(matches.prefix(limit)))
        }
        // One that was begun anew meanwhile was empty for a moment.
        guard try self.set(of: space)?.isReady == true else { throw .searchNotReady }
        return found
    }

    /// The faces nearest to one, nearest first, as the index finds them.
    package func nearestFaces(
        to embedding: Embedding, limit: Int, of pack: AnalysisPack
    ) throws(FaceStoreError) -> [FaceID] {
        let space = PersonVectorSpace(model: pack.model, options: pack.grouping)
        guard let set = try current(space) else { return [] }
        let probe = VectorGroup([0], of: VectorSet([embedding.vector]), for: pack.grouping.metric.dissimilarity)
        return try vectors.faces(nearestTo: probe.mean, limit: limit, breadth: breadth, in: set)
    }

    /// Those who may be the nearest people, some more than are asked for.
    private func candidates(
        for probe: VectorGroup, in space: PersonVectorSpace, limit: Int, among scope: CollectionScope?,
        of set: PersonVectorSet
    ) throws(FaceStoreError) -> [PersonVector] {
        let members = scope?.members
        if let members, members.count <= Self.smallScope {
            return try vectors.people(
                nearestTo: space.query(probe), limit: limit, among: Array(members), in: set)
        }
        // A person has several faces among the nearest ones.
        var count = min(max(8 * limit, 64), Self.mostFaces)
        while true {
            let faces = try vectors.faces(
                nearestTo: probe.mean, limit: count, breadth: max(breadth, count), in: set)
            let people = try vectors.people(having: faces, in: set).filter { members?.contains($0.person) ?? true }
            if people.count >= limit { return people }
            // Fewer than were asked for are no sign that there are no more: what was deleted counts in the index until it is
            // cleared up.
            guard count < Self.mostFaces, faces.count == count else { break }
            count = min(4 * count, Self.mostFaces)
        }
        // One person has all the nearest faces, most of the nearest people are not in the collection, or there are few.
        return try vectors.people(
            nearestTo: space.query(probe), limit: limit, among: members.map { Array($0) }, in: set)
    }

    /// The vectors, once they have all that was stored before this call; nil when there is nobody.
    private func current(_ space: PersonVectorSpace) throws(FaceStoreError) -> PersonVectorSet? {
        let wanted = try store.peopleVersion()
        let deadline = ContinuousClock.now + Self.patience
        while true {
            guard let set = try set(of: space) else { return nil }
            guard set.isReady, let version = set.version else { throw .searchNotReady }
            if version >= wanted { return set }
            // Much of it is for those who keep the set in step, not for one who waits for an answer.
            if try store.faces.changeCount(since: version, model: space.model) > Self.mostAtOnce {
                throw .searchNotReady
            }
            let isCaughtUp = try alone(with: set) { () throws(FaceStoreError) in try catchUp(space) }
            if isCaughtUp == false { throw .searchNotReady }
            guard ContinuousClock.now < deadline else { throw .locked }
            // Somebody else is at it.
            if isCaughtUp == nil { Thread.sleep(forTimeInterval: 0.02) }
        }
    }

    // MARK: Keeping in step

    /// Fills the vectors where they are not yet, and learns what changed since. Blocks: for minutes when there are very many
    /// people who are not in yet.
    ///
    /// - Parameter goesOn: is asked now and then; false breaks it off, and the next call goes on from there.
    /// - Returns: false when another process is at it, or it was broken off.
    /// - Throws: `FaceStoreError.vectorSearchMissing`, `.tooManyNumbers`, and others of the store.
    @discardableResult
    public func keepInStep(
        _ pack: AnalysisPack, goesOn: () -> Bool = { true }
    ) throws(FaceStoreError) -> Bool {
        let space = PersonVectorSpace(model: pack.model, options: pack.grouping)
        guard let set = try set(of: space) else { return true }
        if set.isReady, set.version == (try store.peopleVersion()) { return true }
        return try alone(with: set) { () throws(FaceStoreError) in
            while goesOn() {
                try fill(space, goesOn: goesOn)
                if try catchUp(space) { return true }
            }
            return false
        } ?? false
    }

    /// Drops the vectors that were made in ways which nobody uses any more.
    func dropUnused(_ pack: AnalysisPack) throws(FaceStoreError) {
        let space = PersonVectorSpace(model: pack.model, options: pack.grouping)
        if let set = try set(of: space) { try vectors.dropUnused(but: set) }
    }

    private func set(of space: PersonVectorSpace) throws(FaceStoreError) -> PersonVectorSet? {
        try vectors.set(named: space.name, model: space.model)
    }

    /// - Returns: nil when another process is at it.
    private func alone<Value>(
        with set: PersonVectorSet, _ body: () throws(FaceStoreError) -> Value
    ) throws(FaceStoreError) -> Value? {
        do {
            return try store.exclusively("person vectors \(set.id)", body)
        } catch let error as FaceStoreError {
            throw error
        } catch {
            throw .unexpected(detail: "\(error)")
        }
    }

    private func fill(_ space: PersonVectorSpace, goesOn: () -> Bool) throws(FaceStoreError) {
        guard let set = try set(of: space), !set.isReady else { return }
        if set.version == nil { try vectors.beginFilling(set) }
        while goesOn() {
            let people = try vectors.peopleToFill(set, limit: Self.portion)
            guard !people.isEmpty else { return try vectors.endFilling(set) }
            let table = try store.faces.embeddings(of: people, and: [], model: space.model)
            let groups = space.groups(of: table).map { space.vector(of: $0.key, $0.value) }
            try vectors.fill(set, with: groups, space.faces(of: table), of: people)
        }
    }

    /// Learns what changed, of a set that is filled; a set for which that cannot be told any more is begun anew.
    ///
    /// Whose vectors may be others than they were is written last: what breaks off before is done again.
    ///
    /// - Returns: false when the set is to be filled.
    private func catchUp(_ space: PersonVectorSpace) throws(FaceStoreError) -> Bool {
        guard let set = try set(of: space), set.isReady, let version = set.version else { return false }
        let present = try store.peopleVersion()
        guard version != present else { return true }
        // A version that is higher than the library's is of another library, which this one took the place of.
        guard version < present, try store.faces.changeCount(since: version, model: space.model) <= Self.mostInMemory,
            let changes = try store.faces.changes(since: version, model: space.model)
        else {
            try vectors.beginFilling(set)
            return false
        }
        var touched = try vectors.owners(of: changes.gone + changes.changed.faces, in: set)
        touched.formUnion(changes.changed.persons.compactMap(\.self))
        let people = touched.sorted()
        for start in stride(from: 0, to: people.count, by: Self.portion) {
            let some = Array(people[start..<min(start + Self.portion, people.count)])
            let table = try store.faces.embeddings(of: some, and: [], model: space.model)
            let groups = space.groups(of: table).map { space.vector(of: $0.key, $0.value) }
            try vectors.replace(groups, of: some, in: set)
        }
        try vectors.advance(set, to: changes, with: space.faces(of: changes.changed))
        return true
    }
}
