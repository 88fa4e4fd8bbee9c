public import FaceCore

/// The exact index: every search looks at every vector.
///
/// Memory is 8 bytes a number; a search takes one multiplication a number. Distances are those of `Metric.distance`.
public struct FlatVectorIndex<Key: Hashable & Comparable & Sendable>: VectorIndex {
    /// Numbers a vector.
    public let dimension: Int
    /// How vectors are compared.
    public let metric: Metric

    private var keys: [Key] = []
    private var places: [Key: Int] = [:]
    /// As they were added, place by place.
    private var vectors: [[Float]] = []
    private var squaredNorms: [Float] = []
    /// For the cosine metric brought to length 1.
    private var blocks: VectorBlocks<Float>
    private let productError: DotProductError

    /// - Precondition: `dimension >= 1`.
    public init(dimension: Int, metric: Metric) {
        precondition(dimension >= 1, "a vector has at least one number")
        self.dimension = dimension
        self.metric = metric
        blocks = VectorBlocks(dimension: dimension)
        productError = DotProductError(dimension: dimension)
    }

    public var count: Int { keys.count }

    /// - Precondition: the vector has `dimension` numbers.
    public mutating func add(_ vector: [Float], for key: Key) {
        precondition(vector.count == dimension, "the index holds vectors of another dimension")
        remove(key)
        places[key] = keys.count
        keys.append(key)
        vectors.append(vector)
        squaredNorms.append(Float(Self.squaredNorm(vector)))
        comparableForm(of: vector).withUnsafeBufferPointer { blocks.append($0) }
    }

    @discardableResult
    public mutating func remove(_ key: Key) -> Bool {
        guard let place = places.removeValue(forKey: key) else { return false }
        let last = keys.count - 1
        if place != last {
            keys[place] = keys[last]
            vectors[place] = vectors[last]
            squaredNorms[place] = squaredNorms[last]
            places[keys[place]] = place
        }
        keys.removeLast()
        vectors.removeLast()
        squaredNorms.removeLast()
        blocks.remove(at: place)
        return true
    }

    /// - Precondition: the query has `dimension` numbers, and `limit` is not negative.
    public func search(_ query: [Float], limit: Int? = nil, within distance: Double? = nil) -> [VectorMatch<Key>] {
        precondition(query.count == dimension && limit ?? 0 >= 0, "the index holds vectors of another dimension")
        let limit = min(limit ?? count, count)
        guard limit > 0 else { return [] }
        let (nearness, error) = fastComparables(to: query)
        var open = Float.infinity
        if let distance {
            open = (Float(metric == .cosine ? distance : distance * abs(distance)).nextUp + error).nextUp
        }
        if limit < count {
            open = min(open, (nearness.sorted()[limit - 1] + 2 * error).nextUp)
        }
        var matches: [VectorMatch<Key>] = []
        for place in keys.indices where !(nearness[place] > open) {
            let exact = metric.distance(query, vectors[place])
            if exact <= distance ?? .infinity { matches.append(VectorMatch(key: keys[place], distance: exact)) }
        }
        matches.sort { ($0.distance, $0.key) < ($1.distance, $1.key) }
        return Array(matches.prefix(limit))
    }

    /// The cosine distances, or the squares of the Euclidean ones, in `Float`, and how far off they may be.
    private func fastComparables(to query: [Float]) -> ([Float], error: Float) {
        let width = blocks.blockCount * Float.lanes
        var products = Array(repeating: Float(0), count: width)
        comparableForm(of: query).withUnsafeBufferPointer { query in
            products.withUnsafeMutableBufferPointer { products in
                guard let query = query.baseAddress, let base = products.baseAddress else { return }
                blocks.multiply(query, queryCount: 1, blocks: 0..<blocks.blockCount, into: base, stride: width)
            }
        }
        let ownNorm = Float(Self.squaredNorm(query))
        let largestNorm = squaredNorms.max() ?? 0
        let values = keys.indices.map { place in
            metric == .cosine ? 1 - products[place] : ownNorm + squaredNorms[place] - 2 * products[place]
        }
        if metric == .cosine { return (values, productError.bound(1, 1) + 4 * .ulpOfOne) }
        let product = productError.bound(ownNorm.squareRoot(), largestNorm.squareRoot())
        return (values, 2 * product + 2 * .ulpOfOne * (ownNorm + largestNorm))
    }

    private func comparableForm(of vector: [Float]) -> [Float] {
        guard metric == .cosine else { return vector }
        let length = Self.squaredNorm(vector).squareRoot()
        return length > 0 ? vector.map { Float(Double($0) / length) } : vector
    }

    private static func squaredNorm(_ vector: [Float]) -> Double {
        vector.reduce(0) { $0 + Double($1) * Double($1) }
    }
}
