import FaceCore

/// An edge of a spanning tree.
struct SpanningEdge: Sendable {
    var first: Int
    var second: Int
    var length: Double
}

/// The complete graph of mutual reachability, max(core distance, core distance, distance / α), edge by edge as needed.
struct ReachabilityGraph: Sendable {
    private var vectors: MetricVectors
    private let coreDistances: [Double]
    private let alpha: Double
    private let metric: Metric

    /// - Precondition: there are at least `minSamples` vectors, and at least one.
    init(_ vectors: VectorSet, metric: Metric, minSamples: Int, alpha: Double, threads: Int) {
        self.vectors = MetricVectors(vectors, metric: metric)
        self.metric = metric
        self.alpha = alpha
        let scale = metric == .cosine ? alpha : 1
        coreDistances = Self.coreDistances(self.vectors, minSamples: minSamples, threads: threads)
            .map { $0 / scale }
    }

    /// The distance of each vector to the `minSamples`-th nearest, itself being the first.
    private static func coreDistances(_ vectors: MetricVectors, minSamples: Int, threads: Int) -> [Double] {
        vectors.mapRows(threads: threads) { row, fast, error in
            var fastLeast = LeastValues<Float>(limit: minSamples)
            for other in 0..<vectors.count { fastLeast.offer(fast[other]) }
            let open = ((fastLeast.largest ?? .infinity) + 2 * error).nextUp
            var least = LeastValues<Double>(limit: minSamples)
            for other in 0..<vectors.count where !(fast[other] > open) { least.offer(vectors.comparable(row, other)) }
            return vectors.distance(fromComparable: least.largest ?? 0)
        }
    }

    /// Prim's algorithm from the first vector on; of equally near vectors the lowest comes first.
    ///
    /// The edges come in the order in which they are found. With the Euclidean metric an edge leads from the vector it
    /// was first reached from; with cosine from the vector found just before. Both give the same hierarchy, and the
    /// order of ties follows scikit-learn's two ways.
    func minimumSpanningTree() -> [SpanningEdge] {
        var search = vectors
        let count = search.count
        var names = Array(0..<count)
        var places = names
        var reach = Array(repeating: Double.infinity, count: count)
        // The comparable from which on a distance cannot improve `reach`, rounded up.
        var limits = Array(repeating: Float.infinity, count: count)
        var sources = Array(repeating: 0, count: count)
        var products = Array(repeating: Float(0), count: VectorBlocks<Float>.places(for: count))
        var edges: [SpanningEdge] = []
        edges.reserveCapacity(count - 1)
        var current = 0
        while edges.count < count - 1 {
            let place = places[current]
            search.removeFromBlocks(place: place)
            let last = names.removeLast()
            if last != current {
                names[place] = last
                places[last] = place
            }
            products.withUnsafeMutableBufferPointer { products in
                guard let base = products.baseAddress else { return }
                search.fastComparables(ofRow: current, names: names, into: base)
            }
            let error = search.error(ofRow: current)
            let core = coreDistances[current]
            var nearest = names[0]
            products.withUnsafeBufferPointer { fast in
                for place in names.indices {
                    let name = names[place]
                    if !(fast[place] - error > limits[name]) {
                        let bound = max(core, coreDistances[name])
                        if bound < reach[name] {
                            let distance = search.distance(fromComparable: search.comparable(current, name)) / alpha
                            let reachability = max(bound, distance)
                            if reachability < reach[name] {
                                reach[name] = reachability
                                sources[name] = current
                                let limit = Float(search.comparable(fromDistance: reachability * alpha))
                                limits[name] = (limit * (1 + 4 * .ulpOfOne)).nextUp
                            }
                        }
                    }
                    if (reach[name], name) < (reach[nearest], nearest) { nearest = name }
                }
            }
            let source = metric == .cosine ? current : sources[nearest]
            edges.append(SpanningEdge(first: source, second: nearest, length: reach[nearest]))
            current = nearest
        }
        return edges
    }
}
