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
