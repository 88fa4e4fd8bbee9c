import FaceAnalysis
public import FaceCore

/// How faces are grouped into people.
public struct GroupingOptions: Sendable, Hashable {
    public enum Algorithm: String, Sendable, Codable, CaseIterable {
        /// Average linkage with a threshold, the default: see docs/grouping.md for the figures behind it.
        case average
        case dbscan
        case hdbscan
    }

    public var algorithm: Algorithm
    /// Average linkage: the largest mean distance of two groups that still become one (cosine distance; for the
    /// Euclidean metric the mean of *squared* distances). DBSCAN: the largest distance of neighbours, which does not
    /// bound the distances within a group. HDBSCAN: groups closer than this are not told apart.
    public var eps: Double
    /// DBSCAN: how many faces, the face itself included, make a dense place. HDBSCAN: the smallest group. Average
    /// linkage does not use it. 1 makes a lone face a person of its own.
    public var minSamples: Int
    public var metric: Metric

    public init(algorithm: Algorithm, eps: Double, minSamples: Int = 1, metric: Metric) {
        self.algorithm = algorithm
        self.eps = eps
        self.minSamples = minSamples
        self.metric = metric
    }
}
