import FaceClustering
import FaceCore
import FaceStore

/// Finds the people whom faces are nearest to: each of them by all of her telling faces, that is by their mean dissimilarity
/// to the face. A search sees every change that was stored before it, by whatever process.
protocol PeopleSearch: Sendable {
    /// A person as faces are compared with her; nil when she has none.
    func group(
        of person: PersonID, model: ModelID, options: GroupingOptions
    ) throws(FaceStoreError) -> VectorGroup?

    /// The people nearest to each probe, nearest first, and the lower id first where two are equally near.
    ///
    /// - Parameters:
    ///   - probes: groups of one face.
    ///   - limit: how many at most for each, not negative.
    ///   - scope: whom they are compared with; nil for everybody.
    ///   - model: of whose embeddings the people are.
    ///   - options: the metric, and which faces are weak; those count only where a person has no others.
    func nearest(
        to probes: [VectorGroup], limit: Int, among scope: CollectionScope?, model: ModelID, options: GroupingOptions
    ) throws(FaceStoreError) -> [[PersonMatch]]
}

/// Somebody whom a search found.
struct PersonMatch: Sendable, Hashable {
    let person: PersonID
    /// The mean over her telling faces.
    let dissimilarity: Double
}
