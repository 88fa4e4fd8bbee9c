/// Agglomerative clustering by average linkage, cut at a threshold: the two groups with the least mean dissimilarity
/// over all pairs between them are merged, for as long as it is at most `threshold`.
///
/// The labels are those of SciPy's `linkage(method="average")` cut by `fcluster(criterion="distance")`, up to renaming
/// and up to the order in which exact ties are taken. Nothing is noise: a vector without company is a group of its own.
/// Order of the input matters only among exact ties.
///
/// One pass over all pairs finds what the threshold can bring together at all, and each such component is merged by
/// itself. Time grows with the square of the count; memory is the vectors twice and 8 bytes for each pair of a component,
/// or, for components of more than `pairLimit` vectors, 12 bytes a number. `euclidean` keeps the pairs of a component
/// always.
public struct AverageLinkage: ClusteringAlgorithm, Hashable, Codable {
    /// Two groups are merged when the mean dissimilarity between them is at most this, in the unit of `dissimilarity`.
    /// It is a mean: single pairs within a group may be further apart, and two groups may hold pairs that are nearer.
    public var threshold: Double
    /// What the mean is taken of.
    public var dissimilarity: Dissimilarity

    /// The largest component whose pairs are kept: 256 MB of them.
    static let pairLimit = 8192

    /// How far a single vector may be from the centre of a group (`VectorGroup.centre`) that takes it in, where that is asked;
    /// see `AdoptingLinkage`.
    ///
    /// For the cosine it is the threshold itself: strangers are as far from a centre as from each other. Squared distances
    /// shrink when one of the two has no spread, for strangers too: there it is three quarters.
    public var centreThreshold: Double {
        dissimilarity == .cosine ? threshold : 0.75 * threshold
    }

    /// - Precondition: `threshold >= 0`.
    public init(threshold: Double, dissimilarity: Dissimilarity) {
        precondition(threshold >= 0, "a dissimilarity is never negative")
        self.threshold = threshold
        self.dissimilarity = dissimilarity
    }

    /// The group of each vector. For `Dissimilarity.cosine` vectors are first brought to length 1; one of length 0 has
    /// dissimilarity 1 to all others.
    public func cluster(_ vectors: VectorSet, threads: Int) -> [Int?] {
        merge(vectors: vectors, threads: threads).groupOf
    }

    /// As `cluster`, with constraints between vectors and the merges told.
    ///
    /// - Parameter threads: how many to work on; nil for as many as there are processors.
    public func merge(vectors: VectorSet, constraints: MergeConstraints = .none, threads: Int? = nil) -> Merging {
        merge(
            StartingGroups(vectors, dissimilarity: dissimilarity), constraints: constraints, threads: threads,
            pairLimit: Self.pairLimit)
    }

    /// Goes on from groups that exist already, for example people and the faces of a new photo.
    ///
    /// - Parameters:
    ///   - groups: with means of unit vectors for `Dissimilarity.cosine`.
    ///   - constraints: between groups, by their index in `groups`.
    ///   - threads: how many to work on; nil for as many as there are processors.
    /// - Precondition: `dissimilarity` is not `euclidean`, whose means do not follow from what a group keeps.
    public func merge(groups: [VectorGroup], constraints: MergeConstraints = .none, threads: Int? = nil) -> Merging {
        merge(
            StartingGroups(groups, dissimilarity: dissimilarity), constraints: constraints, threads: threads,
            pairLimit: Self.pairLimit)
    }

    /// - Parameter pairLimit: the largest component whose pairs are kept.
    func merge(
        _ start: StartingGroups, constraints: MergeConstraints, threads: Int?, pairLimit: Int
    ) -> Merging {
        let threads = threads ?? ParallelLoop.defaultThreads
        let limit = dissimilarity == .euclidean ? threshold * threshold : threshold
        var components = PairScan(vectors: start, limit: limit)
            .run(into: LinkageComponents(count: start.count), threads: threads)
        let members = components.members(count: start.count)
        let found = ComponentLinkage(
            start: start, constraints: constraints, components: members, threshold: threshold, pairLimit: pairLimit
        ).run(threads: threads)
        return Merging(inputCount: start.count, found: found, counts: start.counts)
    }
}
