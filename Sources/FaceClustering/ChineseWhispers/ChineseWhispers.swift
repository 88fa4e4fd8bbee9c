public import FaceCore

/// Chinese whispers (Biemann 2006) as dlib does it, with dlib's labels up to renaming.
///
/// Vectors nearer than `threshold` are joined by an edge of weight 1, and every vector with itself. Each begins with a
/// label of its own; then vectors are picked at random, again and again, and take the label that most of their
/// neighbours have, the lowest of several. A vector without neighbours is a group of its own; nothing is noise.
///
/// It is here to be compared with. It knows pairs only, as DBSCAN does, and unlike the other algorithms it depends on
/// the order of the vectors and on chance, which `seed` fixes.
///
/// Memory is the vectors and 16 bytes for each two neighbours; time grows with the square of the count, and with
/// `iterations` times the number of neighbours.
public struct ChineseWhispers: ClusteringAlgorithm, Hashable, Codable {
    /// Two vectors are neighbours when their distance is less than this, in the unit of `metric`.
    public var threshold: Double
    /// How vectors are compared.
    public var metric: Metric
    /// How often each vector is picked, on average.
    public var iterations: Int
    /// Where the random numbers begin; 5489 is where dlib begins.
    public var seed: UInt32

    /// - Precondition: `threshold > 0` and `iterations >= 1`.
    public init(threshold: Double, metric: Metric, iterations: Int = 100, seed: UInt32 = 5489) {
        precondition(threshold > 0 && iterations >= 1, "whispers need neighbours and at least one iteration")
        self.threshold = threshold
        self.metric = metric
        self.iterations = iterations
        self.seed = seed
    }

    public func cluster(_ vectors: VectorSet, threads: Int) -> [Int?] {
        let graph = NeighbourGraph(vectors, nearerThan: threshold, metric: metric, threads: threads)
        let count = vectors.count
        var random = WhisperRandom(seed: seed)
        var labels = Array(0..<count)
        // How many neighbours of the vector in hand have each label; zero again after each.
        var votes = Array(repeating: 0, count: count)
        for _ in 0..<count * iterations {
            let picked = Int(random.next() % UInt64(count))
            votes[labels[picked]] += 1
            for other in graph.neighbours(of: picked) { votes[labels[Int(other)]] += 1 }
            var best = labels[picked]
            for other in graph.neighbours(of: picked) {
                let label = labels[Int(other)]
                if (votes[label], best) > (votes[best], label) { best = label }
            }
            votes[labels[picked]] = 0
            for other in graph.neighbours(of: picked) { votes[labels[Int(other)]] = 0 }
            labels[picked] = best
        }
        return labels.map { Optional($0) }.numberedByFirstAppearance()
    }
}
