/// The means of groups, place by place, searched by many queries in one pass over half of their memory.
///
/// Products screen; what their error leaves open is settled in `Double` by `Dissimilarity.between`.
struct GroupMeans: Sendable {
    private let dissimilarity: Dissimilarity
    private let dimension: Int
    private let productError: DotProductError
    private var blocks: VectorBlocks<HalfFloat>
    /// Minus half of the mean squared length for each place of the blocks; empty for cosine.
    private var offsets: [Float] = []
    /// No mean that is or was there is longer, and no mean squared norm larger.
    private var largestLength: Float = 0
    private var largestSquaredNorm: Float = 0

    init(dimension: Int, dissimilarity: Dissimilarity) {
        precondition(dissimilarity != .euclidean, "Euclidean distances do not follow from means")
        self.dimension = dimension
        self.dissimilarity = dissimilarity
        productError = DotProductError(dimension: dimension, componentError: 0x1p-8)
        blocks = VectorBlocks(dimension: dimension)
    }

    private var count: Int { blocks.count }

    mutating func append(_ group: VectorGroup) {
        group.mean.withUnsafeBufferPointer { blocks.append($0) }
        let places = blocks.blockCount * HalfFloat.lanes
        if dissimilarity != .cosine, offsets.count < places {
            offsets.append(contentsOf: repeatElement(0, count: places - offsets.count))
        }
        note(group, at: count - 1)
    }

    mutating func replace(at place: Int, with group: VectorGroup) {
        group.mean.withUnsafeBufferPointer { blocks.replace(at: place, with: $0) }
        note(group, at: place)
    }

    private mutating func note(_ group: VectorGroup, at place: Int) {
        if dissimilarity != .cosine { offsets[place] = -Float(group.meanSquaredNorm) / 2 }
        largestLength = max(largestLength, group.length)
        largestSquaredNorm = max(largestSquaredNorm, Float(group.meanSquaredNorm).nextUp)
    }

    /// Takes a group out; the last one moves to its place.
    mutating func remove(at place: Int) {
        blocks.remove(at: place)
        if !offsets.isEmpty { offsets[place] = offsets[count] }
    }

    /// For each query the allowed places that may be among its `limit` nearest (all where it is nil) within a
    /// dissimilarity (any where it is nil): at least those that are.
    ///
    /// - Parameter isAllowed: is asked by several threads at once.
    func candidates(
        for queries: [VectorGroup], limit: Int?, within dissimilarity: Double?, threads: Int,
        isAllowed: @Sendable (_ query: Int, _ place: Int) -> Bool = { _, _ in true }
    ) -> [[Int]] {
        guard count > 0, limit != 0 else { return Array(repeating: [], count: queries.count) }
        precondition(queries.allSatisfy { $0.mean.count == dimension }, "the groups have another dimension")
        return BlockSearch(blocks: blocks, offsets: offsets).run(
            queries.flatMap(\.mean), questions: queries.map { question(of: $0, within: dissimilarity) }, limit: limit,
            threads: threads, isAllowed: isAllowed)
    }

    /// What the score of a group within a dissimilarity is at least: the product of the means, less half of the other's
    /// mean squared length.
    private func question(of query: VectorGroup, within dissimilarity: Double?) -> BlockSearch<HalfFloat>.Question {
        let product = productError.bound(query.length, largestLength)
        let rounding = 2 * Float.ulpOfOne * (largestSquaredNorm + 2 * query.length * largestLength)
        let error = self.dissimilarity == .cosine ? product : product + rounding
        guard let dissimilarity else { return .init(floor: -.infinity, error: error) }
        let limit = Float(dissimilarity * (1 + 1e-9)).nextUp
        if self.dissimilarity == .cosine {
            return .init(floor: (1 - limit - product - 4 * .ulpOfOne).nextDown, error: error)
        }
        let own = Float(query.meanSquaredNorm)
        let floor = (own - limit) / 2 - product - rounding - Float.ulpOfOne * (own + limit)
        return .init(floor: floor.nextDown, error: error)
    }
}

extension VectorGroup {
    /// At least the length of the mean.
    fileprivate var length: Float {
        Float(mean.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()).nextUp
    }
}
