public import FaceCore

/// Hierarchical density-based clustering (Campello, Moulavi and Sander 2013; McInnes and Healy 2017) with the labels of
/// scikit-learn's `HDBSCAN`, up to renaming.
///
/// It asks for no distance: of all groups that DBSCAN would find at any eps it keeps those that last longest. Where
/// two people are near each other it may still take them for one, and a person with fewer than `minClusterSize` faces
/// is noise always.
///
/// Edges of one length are common here, since core distances stand in for many, and labels can depend on their order.
/// That is the order of NumPy's portable `argsort`; on processors for which NumPy has a vectorised one, scikit-learn's
/// own labels differ from machine to machine (`NPY_DISABLE_CPU_FEATURES` makes it use the portable one). With
/// `minSamples` of 1 or 2 there are no such ties. Distances are summed in `Double`, component by component: for the
/// Euclidean metric bit for bit what scikit-learn computes, for cosine up to the rounding of its matrix product.
///
/// Memory grows with the count, time with its square. Only the search for core distances uses several threads.
public struct HDBSCAN: ClusteringAlgorithm, Hashable, Codable {
    /// How the groups are picked from the hierarchy.
    public enum SelectionMethod: String, Sendable, Hashable, Codable, CaseIterable {
        /// Those that last over the widest range of densities ("eom").
        case excessOfMass
        /// The smallest ones: more, tighter groups.
        case leaf
    }

    /// Groups of fewer vectors are noise; at least 2.
    public var minClusterSize: Int
    /// How many vectors, itself included, must lie near one before it counts as dense; nil takes `minClusterSize`. A
    /// larger value makes more noise, not larger groups.
    public var minSamples: Int?
    /// Groups that part at a distance below this are kept as one. It is not the eps of DBSCAN: groups that part at
    /// a larger distance are chosen as without it. 0 for none.
    public var clusterSelectionEpsilon: Double
    /// How the groups are picked from the hierarchy.
    public var clusterSelectionMethod: SelectionMethod
    /// How vectors are compared.
    public var metric: Metric
    /// Whether all vectors together may be one group; without it a single blob is split or noise.
    public var allowsSingleCluster: Bool
    /// Distances are divided by this before they are compared with core distances (robust single linkage); above 0. As
    /// in scikit-learn, core distances are divided too for cosine, and are not for the Euclidean metric.
    public var alpha: Double
    /// Larger groups are split where the hierarchy allows it (excess of mass only); nil for no limit.
    public var maxClusterSize: Int?

    /// - Precondition: `minClusterSize >= 2`, `minSamples` and `maxClusterSize` at least 1 where given,
    ///   `clusterSelectionEpsilon >= 0`, `alpha > 0`.
    public init(
        minClusterSize: Int = 5, minSamples: Int? = nil, clusterSelectionEpsilon: Double = 0,
        clusterSelectionMethod: SelectionMethod = .excessOfMass, metric: Metric, allowsSingleCluster: Bool = false,
        alpha: Double = 1, maxClusterSize: Int? = nil
    ) {
        precondition(minClusterSize >= 2, "a cluster has at least two vectors")
        precondition(minSamples ?? 1 >= 1 && maxClusterSize ?? 1 >= 1, "sizes are at least 1")
        precondition(clusterSelectionEpsilon >= 0 && alpha > 0, "distances are not negative")
        self.minClusterSize = minClusterSize
        self.minSamples = minSamples
        self.clusterSelectionEpsilon = clusterSelectionEpsilon
        self.clusterSelectionMethod = clusterSelectionMethod
        self.metric = metric
        self.allowsSingleCluster = allowsSingleCluster
        self.alpha = alpha
        self.maxClusterSize = maxClusterSize
    }

    /// The group of each vector. All are noise when there are fewer than two, or fewer than `minSamples`, which
    /// scikit-learn calls an error.
    public func cluster(_ vectors: VectorSet, threads: Int) -> [Int?] {
        let samples = minSamples ?? minClusterSize
        guard vectors.count >= max(2, samples) else { return Array(repeating: nil, count: vectors.count) }
        let graph = ReachabilityGraph(vectors, metric: metric, minSamples: samples, alpha: alpha, threads: threads)
        let linkage = SingleLinkage(edges: graph.minimumSpanningTree())
        let tree = CondensedTree(linkage, minClusterSize: minClusterSize)
        return ClusterSelection(
            method: clusterSelectionMethod, epsilon: clusterSelectionEpsilon, allowsSingleCluster: allowsSingleCluster,
            maxClusterSize: maxClusterSize
        ).labels(of: tree).numberedByFirstAppearance()
    }
}
