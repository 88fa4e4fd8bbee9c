public import FaceCore

/// Density-based clustering (Ester, Kriegel, Sander and Xu 1996) with the labels that scikit-learn's `DBSCAN` gives, up
/// to renaming.
///
/// A vector with at least `minSamples` neighbours is a core; cores that are neighbours share a group, and a vector that
/// is no core joins a group through a core next to it: of several, the group whose first core comes first. All others
/// are noise. Chains are followed as far as they go, so one bad face between two people makes them one.
///
/// Distances are compared in `Double` on the given `Float` numbers, which is what scikit-learn does with float64 input:
/// the sum of squares with `eps²`, or the cosine distance with `eps`. Memory is the vectors twice and at most
/// `minSamples` pairs a vector; time grows with the square of the count.
public struct DBSCAN: ClusteringAlgorithm, Hashable, Codable {
    /// Two vectors are neighbours when their distance is at most this. It is not a bound on the distances within a
    /// group, and not a threshold for "the same person": for that it is usually too large.
    public var eps: Double
    /// How many neighbours make a core; the vector itself counts as one. It is not the least size of a group: with a
    /// border shared between two groups a group may end up smaller.
    public var minSamples: Int
    /// How vectors are compared.
    public var metric: Metric

    /// - Precondition: `eps > 0` and `minSamples >= 1`.
    public init(eps: Double, minSamples: Int = 2, metric: Metric) {
        precondition(eps > 0 && minSamples >= 1, "DBSCAN needs a positive eps and at least one sample")
        self.eps = eps
        self.minSamples = minSamples
        self.metric = metric
    }

    public func cluster(_ vectors: VectorSet, threads: Int) -> [Int?] {
        let prepared = MetricVectors(vectors, metric: metric)
        let scan = PairScan(vectors: prepared, limit: prepared.comparable(fromDistance: eps))
        var growth = scan.run(into: DensityGrowth(count: vectors.count, minSamples: minSamples), threads: threads)
        return growth.labels()
    }
}

/// Groups that grow pair by pair, in one pass over the neighbours.
///
/// A pair is remembered only while one of its ends is not yet known to be a core, which happens at most `minSamples`
/// times for each end: so memory does not grow with the number of pairs.
private struct DensityGrowth: PairSink {
    private let minSamples: Int
    private var neighbourCount: [Int]
    private var groups: DisjointSets
    private var undecided: [VectorPair] = []

    init(count: Int, minSamples: Int) {
        self.minSamples = minSamples
        neighbourCount = Array(repeating: 1, count: count)
        groups = DisjointSets(count: count)
    }

    private func isCore(_ index: Int) -> Bool { neighbourCount[index] >= minSamples }

    mutating func take(_ pairs: UnsafeBufferPointer<VectorPair>) {
        for pair in pairs {
            let (first, second) = (Int(pair.first), Int(pair.second))
            neighbourCount[first] += 1
            neighbourCount[second] += 1
            if isCore(first), isCore(second) {
                groups.join(first, second)
            } else {
                undecided.append(pair)
            }
        }
    }

    mutating func labels() -> [Int?] {
        for pair in undecided where isCore(Int(pair.first)) && isCore(Int(pair.second)) {
            groups.join(Int(pair.first), Int(pair.second))
        }
        // The smallest index of a group is its name, so comparing names compares whose first core comes first.
        var name: [Int: Int] = [:]
        var labels: [Int?] = neighbourCount.indices.map { index in
            guard isCore(index) else { return nil }
            let root = groups.root(of: index)
            if let known = name[root] { return known }
            name[root] = index
            return index
        }
        let coreLabels = labels
        for pair in undecided {
            let (first, second) = (Int(pair.first), Int(pair.second))
            for (border, core) in [(first, second), (second, first)] where isCore(core) && !isCore(border) {
                guard let reached = coreLabels[core] else { continue }
                labels[border] = min(labels[border] ?? reached, reached)
            }
        }
        return labels.numberedByFirstAppearance()
    }
}
