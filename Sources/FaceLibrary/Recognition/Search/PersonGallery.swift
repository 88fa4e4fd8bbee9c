import FaceClustering
import FaceCore
import FaceStore
import Synchronization

/// The people of a library as probes are compared with them: each by all of her strong faces, which for the mean
/// dissimilarity come down to one vector, so that a library of a million faces is searched as fast as it has people.
///
/// It is read from the store when it is first asked for and kept in step from then on: a search sees every change that
/// was stored before it, by whatever process. See `KnownPeople` for what it takes.
final class PersonGallery: Sendable {
    private let store: any LibraryStore
    /// One gallery is kept by all who search; it is brought up to date by one of them at a time.
    private let known = Mutex<KnownPeople?>(nil)

    init(store: any LibraryStore) {
        self.store = store
    }

    /// The people as they are now; nil when there is nobody.
    ///
    /// - Parameters:
    ///   - model: of whose embeddings the gallery is.
    ///   - options: the metric, and which faces are weak; those count only where a person has no others.
    /// - Throws: `FaceStoreError`.
    func people(model: ModelID, options: GroupingOptions) throws(FaceStoreError) -> PersonIndex? {
        let outcome = known.withLock { known in
            Result { () throws(FaceStoreError) in try upToDate(&known, model, options) }
        }
        return try outcome.get()
    }

    private func upToDate(
        _ known: inout KnownPeople?, _ model: ModelID, _ options: GroupingOptions
    ) throws(FaceStoreError) -> PersonIndex? {
        if known?.model == model, known?.options == options {
            do throws(FaceStoreError) {
                // In place: the vectors are copied only while a search holds them.
                if try known?.catchUp(with: store) == true { return known?.index }
            } catch {
                // What was learnt of it may be half of the change.
                known = nil
                throw error
            }
        }
        known = nil
        known = try KnownPeople(of: store, model: model, options: options)
        return known?.index
    }
}

extension PersonGallery: PeopleSearch {
    func group(
        of person: PersonID, model: ModelID, options: GroupingOptions
    ) throws(FaceStoreError) -> VectorGroup? {
        try people(model: model, options: options)?.group(for: .person(person))
    }

    func nearest(
        to probes: [VectorGroup], limit: Int, among scope: CollectionScope?, model: ModelID, options: GroupingOptions
    ) throws(FaceStoreError) -> [[PersonMatch]] {
        guard let people = try people(model: model, options: options) else { return probes.map { _ in [] } }
        let queries = probes.map { PersonIndex.Query($0) }
        return Self.nearest(to: queries, limit: limit, of: people, among: scope?.keys).map { matches in
            matches.compactMap { match in
                // A gallery holds nothing but people.
                guard case .person(let person) = match.key else { return nil }
                return PersonMatch(person: person, dissimilarity: match.dissimilarity)
            }
        }
    }

    /// The people nearest to each query, of some of them if these are given.
    private static func nearest(
        to queries: [PersonIndex.Query], limit: Int, of people: PersonIndex, among keys: Set<KnownPeople.Key>?
    ) -> [[PersonIndex.Match]] {
        guard let keys, keys.count >= people.count / 8 else {
            return people.nearest(to: queries, limit: limit, among: keys)
        }
        // To ask of everybody whether she is among so many costs more than to look at some who are not.
        let wide = 16 * limit + 16
        return zip(queries, people.nearest(to: queries, limit: wide)).map { query, matches in
            let found = matches.filter { keys.contains($0.key) }
            guard found.count < limit, matches.count == wide else { return Array(found.prefix(limit)) }
            return people.nearest(to: [query], limit: limit, among: keys)[0]
        }
    }
}

/// People, each as the group of her faces.
typealias PersonIndex = LinkageIndex<KnownPeople.Key>

extension Metric {
    /// Of groups, so that it follows from their means.
    var dissimilarity: Dissimilarity { self == .cosine ? .cosine : .squaredEuclidean }

    /// The distance that a mean dissimilarity of groups stands for.
    func distance(of dissimilarity: Double) -> Double {
        self == .cosine ? dissimilarity : dissimilarity.squareRoot()
    }
}
