import FaceCore
import FaceStore
import Synchronization

/// What is known of a library from one grouping to the next.
///
/// Shared by threads behind a mutex. A grouping takes what is kept out while it works, so that two at the same time do not
/// wait for each other: the second one reads the library for itself.
final class GroupingMemory: Sendable {
    private let kept = Mutex<KnownPeople?>(nil)

    /// Who there is by now.
    func people(
        of store: any LibraryStore, model: ModelID, options: GroupingOptions
    ) throws(FaceStoreError) -> KnownPeople {
        if var known = kept.withLock({ $0.take() }), known.model == model, known.options == options,
            try known.catchUp(with: store)
        {
            return known
        }
        return try KnownPeople(of: store, model: model, options: options)
    }

    func keep(_ known: KnownPeople) { kept.withLock { $0 = known } }

    /// See `KnownPeople.settle`.
    func settle(waiting: [FaceID], in table: EmbeddingTable) {
        kept.withLock { $0?.settle(waiting: waiting, in: table) }
    }
}
