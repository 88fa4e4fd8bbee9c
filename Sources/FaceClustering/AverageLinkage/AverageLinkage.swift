/// Agglomerative clustering by average linkage, cut at a threshold: the two groups with the least mean dissimilarity
/// over all pairs between them are merged, for as long as it is at most `threshold`.
///
/// The labels are those of SciPy's `linkage(method="average")` cut by `fcluster(criterion="distance")`, up to renaming
/// and up to the order in which exact ties are taken. Nothing is noise: a vector without company is a group of its own.
/// Order of the input matters only among exact ties.
///
/// With `cosine` and `squaredEuclidean` groups are kept as means: memory is 12 bytes a number and time grows with the
/// square of the count; `euclidean` keeps all pairs.
public struct AverageLinkage: ClusteringAlgorithm, Hashable, Codable {
    /// Two groups are merged when the mean dissimilarity between them is at most this, in the unit of `dissimilarity`.
    /// It is a mean: single pairs within a group may be further apart, and two groups may hold pairs that are nearer.
    public var threshold: Double
    /// What the mean is taken of.
    public var dissimilarity: Dissimilarity

    /// - Precondition: `threshold >= 0`.
    public init(threshold: Double, dissimilarity: Dissimilarity) {
        precondition(threshold >= 0, "a dissimilarity is never negative")
        self.threshold = threshold
        self.dissimilarity = dissimilarity
    }

    /// The group of each vector. For `Dissimilarity.cosine` vectors are first brought to length 1; one of length 0 has
    /// dissimilarity 1 to all others.
    public func cluster(_ vectors: VectorSet) -> [Int?] {
        merge(vectors: vectors).groupOf
    }

    /// As `cluster`, with constraints between vectors and the merges told.
    public func merge(vectors: VectorSet, constraints: MergeConstraints = .none) -> Merging {
        let counts = Array(repeating: 1, count: vectors.count)
        switch dissimilarity {
        case .euclidean:
            var groups = PairGroups(vectors, constraints: constraints)
            return merge(&groups, counts: counts)
        case .cosine, .squaredEuclidean:
            let norms = vectors.squaredNorms()
            let isCosine = dissimilarity == .cosine
            var groups = MeanGroups(
                dimension: vectors.dimension,
                means: isCosine ? vectors.unitRows(squaredNorms: norms) : vectors.values.map { Double($0) },
                counts: counts, squaredNorms: isCosine ? norms.map { $0 > 0 ? 1 : 0 } : norms,
                dissimilarity: dissimilarity, constraints: constraints)
            return merge(&groups, counts: counts)
        }
    }

    /// Goes on from groups that exist already, for example people and the faces of a new photo.
    ///
    /// - Parameters:
    ///   - groups: with means of unit vectors for `Dissimilarity.cosine`.
    ///   - constraints: between groups, by their index in `groups`.
    /// - Precondition: `dissimilarity` is not `euclidean`, whose means do not follow from what a group keeps.
    public func merge(groups: [VectorGroup], constraints: MergeConstraints = .none) -> Merging {
        var live = MeanGroups(groups, dissimilarity: dissimilarity, constraints: constraints)
        return merge(&live, counts: groups.map(\.count))
    }

    private func merge<Groups: ChainedGroups>(_ groups: inout Groups, counts: [Int]) -> Merging {
        let found = NearestNeighbourChain.merges(of: &groups, threshold: threshold)
        return Merging(inputCount: counts.count, found: found, counts: counts)
    }
}
