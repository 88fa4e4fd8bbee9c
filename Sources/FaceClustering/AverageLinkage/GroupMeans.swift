/// The means of groups, place by place, searched by many queries in one pass.
///
/// Products in `Float` screen; what their error leaves open is settled in `Double` by `Dissimilarity.between`.
struct GroupMeans: Sendable {
    private let dissimilarity: Dissimilarity
    private let dimension: Int
    private let productError: DotProductError
    private var blocks: VectorBlocks
    private var squaredNorms: [Float] = []
    /// No mean that is or was there is longer, and no mean squared norm larger.
    private var largestLength: Float = 0
    private var largestSquaredNorm: Float = 0

    init(dimension: Int, dissimilarity: Dissimilarity) {
        precondition(dissimilarity != .euclidean, "Euclidean distances do not follow from means")
        self.dimension = dimension
        self.dissimilarity = dissimilarity
        productError = DotProductError(dimension: dimension)
        blocks = VectorBlocks(dimension: dimension)
    }

    var count: Int { squaredNorms.count }

    mutating func append(_ group: VectorGroup) {
        squaredNorms.append(Float(group.meanSquaredNorm))
        group.mean.withUnsafeBufferPointer { blocks.append($0) }
        widen(for: group)
    }

    mutating func replace(at place: Int, with group: VectorGroup) {
        squaredNorms[place] = Float(group.meanSquaredNorm)
        group.mean.withUnsafeBufferPointer { blocks.replace(at: place, with: $0) }
        widen(for: group)
    }

    /// Takes a group out; the last one moves to its place.
    mutating func remove(at place: Int) {
        blocks.remove(at: place)
        squaredNorms[place] = squaredNorms[count - 1]
        squaredNorms.removeLast()
    }

    private mutating func widen(for group: VectorGroup) {
        largestLength = max(largestLength, group.length)
        largestSquaredNorm = max(largestSquaredNorm, Float(group.meanSquaredNorm).nextUp)
    }

    /// The places of all groups within a dissimilarity of any of the queries, and perhaps of some a little beyond.
    func within(_ limit: Double, of queries: [VectorGroup]) -> Set<Int> {
        var found: Set<Int> = []
        forEachQuery(queries) { _, values, error in
            let open = (Float(limit).nextUp + error).nextUp
            for place in 0..<count where !(values[place] > open) { found.insert(place) }
        }
        return found
    }

    /// For each query the allowed places that may be among the `limit` nearest within `dissimilarity`, unordered, with
    /// exact values: at least those that are.
    func nearest(
        to queries: [VectorGroup], limit: Int, within dissimilarity: Double?, groups: [VectorGroup],
        isAllowed: (_ query: Int, _ place: Int) -> Bool
    ) -> [[(place: Int, dissimilarity: Double)]] {
        var found: [[(place: Int, dissimilarity: Double)]] = Array(repeating: [], count: queries.count)
        guard limit > 0 else { return found }
        forEachQuery(queries) { query, values, error in
            var open = dissimilarity.map { (Float($0).nextUp + error).nextUp } ?? .infinity
            var least = LeastValues<Float>(limit: min(limit, count))
            for place in 0..<count where values[place] <= open && isAllowed(query, place) {
                least.offer(values[place])
                if let largest = least.largest { open = min(open, (largest + 2 * error).nextUp) }
            }
            for place in 0..<count where !(values[place] > open) && isAllowed(query, place) {
                guard let exact = self.dissimilarity.between(queries[query], groups[place]) else { continue }
                if exact <= dissimilarity ?? .infinity { found[query].append((place, exact)) }
            }
        }
        return found
    }

    /// Calls `body` for each query with its dissimilarities to all groups in `Float`, and how far off they may be.
    private func forEachQuery(
        _ queries: [VectorGroup], _ body: (_ query: Int, _ values: UnsafePointer<Float>, _ error: Float) -> Void
    ) {
        guard count > 0 else { return }
        var products = Array(repeating: VectorBlocks.Lanes.zero, count: blocks.blockCount)
        for (index, query) in queries.enumerated() {
            precondition(query.mean.count == dimension, "the groups have another dimension")
            products.withUnsafeMutableBytes { bytes in
                guard let base = bytes.baseAddress else { return }
                let lanes = base.assumingMemoryBound(to: VectorBlocks.Lanes.self)
                query.mean.withUnsafeBufferPointer { mean in
                    if let mean = mean.baseAddress { blocks.dotProducts(of: mean, into: lanes) }
                }
                let values = base.assumingMemoryBound(to: Float.self)
                body(index, values, makeDissimilarities(values, of: query))
            }
        }
    }

    /// Turns products into dissimilarities; returns how far off they may be.
    private func makeDissimilarities(_ values: UnsafeMutablePointer<Float>, of query: VectorGroup) -> Float {
        let product = productError.bound(query.length, largestLength)
        switch dissimilarity {
        case .cosine:
            for place in 0..<count { values[place] = 1 - values[place] }
            return product + 4 * .ulpOfOne
        case .squaredEuclidean, .euclidean:
            let own = Float(query.meanSquaredNorm)
            for place in 0..<count { values[place] = own + squaredNorms[place] - 2 * values[place] }
            return 2 * product + 2 * .ulpOfOne * (own.nextUp + largestSquaredNorm + 2 * query.length * largestLength)
        }
    }
}

extension VectorGroup {
    /// At least the length of the mean.
    fileprivate var length: Float {
        Float(mean.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()).nextUp
    }
}
