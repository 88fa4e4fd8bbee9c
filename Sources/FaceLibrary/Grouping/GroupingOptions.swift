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
    /// linkage does not use it. With 1 a lone face is no noise.
    public var minSamples: Int
    public var metric: Metric
    /// How many faces make a person; smaller groups that fit nobody wait as unknown faces until they have company. At
    /// least 1, which makes a lone face a person, unless it is weak.
    public var minFaces: Int
    /// Which faces are weak: they join people but never make or bring together any.
    public var strength: FaceStrengthRule

    public init(
        algorithm: Algorithm, eps: Double, minSamples: Int = 1, metric: Metric, minFaces: Int = 1,
        strength: FaceStrengthRule = .none
    ) {
        self.algorithm = algorithm
        self.eps = eps
        self.minSamples = minSamples
        self.metric = metric
        self.minFaces = minFaces
        self.strength = strength
    }
}
