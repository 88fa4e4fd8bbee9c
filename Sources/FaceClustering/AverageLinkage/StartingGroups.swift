/// What average linkage starts from: groups of one vector or more, with what is needed to tell which of them are
/// within a dissimilarity.
struct StartingGroups: ScreenedVectors {
    let dissimilarity: Dissimilarity
    let dimension: Int
    let counts: [Int]
    /// The mean squared length of each group's vectors.
    let squaredNorms: [Double]
    private let source: Source
    private let productError: DotProductError
    private let lengths: [Float]
    private let largestLength: Float
    private let largestSquaredNorm: Float
    private(set) var blocks: VectorBlocks<Float>
    let offsets: [Float]

    fileprivate enum Source: Sendable {
        /// Lengths to divide by, or none.
        case vectors(VectorSet, lengths: [Double]?)
        case groups([VectorGroup])
    }

    /// A group of each vector; for `Dissimilarity.cosine` brought to length 1.
    init(_ vectors: VectorSet, dissimilarity: Dissimilarity) {
        let norms = vectors.squaredNorms()
        let isCosine = dissimilarity == .cosine
        self.init(
            .vectors(vectors, lengths: isCosine ? norms.map { $0 > 0 ? $0.squareRoot() : 1 } : nil),
            dimension: vectors.dimension, counts: Array(repeating: 1, count: vectors.count),
            squaredNorms: isCosine ? norms.map { $0 > 0 ? 1 : 0 } : norms, dissimilarity: dissimilarity)
    }

    /// - Precondition: all have the same dimension, and `dissimilarity` follows from means.
    init(_ groups: [VectorGroup], dissimilarity: Dissimilarity) {
        precondition(dissimilarity != .euclidean, "Euclidean distances do not follow from means")
        let dimension = groups.first?.mean.count ?? 1
        precondition(groups.allSatisfy { $0.mean.count == dimension }, "all groups have one dimension")
        self.init(
            .groups(groups), dimension: dimension, counts: groups.map(\.count),
            squaredNorms: groups.map(\.meanSquaredNorm), dissimilarity: dissimilarity)
    }

    private init(
        _ source: Source, dimension: Int, counts: [Int], squaredNorms: [Double], dissimilarity: Dissimilarity
    ) {
        self.source = source
        self.dissimilarity = dissimilarity
        self.dimension = dimension
        self.counts = counts
        self.squaredNorms = squaredNorms
        productError = DotProductError(dimension: dimension)
        var blocks = VectorBlocks<Float>(dimension: dimension, capacity: counts.count)
        var lengths: [Float] = []
        var mean = Array(repeating: 0.0, count: dimension)
        for index in counts.indices {
            mean.withUnsafeMutableBufferPointer { source.fill($0, with: index) }
            mean.map { Float($0) }.withUnsafeBufferPointer { blocks.append($0) }
            lengths.append(Float(mean.reduce(0) { $0 + $1 * $1 }.squareRoot()).nextUp)
        }
        self.blocks = blocks
        self.lengths = lengths
        largestLength = lengths.max() ?? 0
        largestSquaredNorm = squaredNorms.reduce(0) { max($0, Float($1).nextUp) }
        let unused = VectorBlocks<Float>.places(for: counts.count) - counts.count
        offsets =
            dissimilarity == .cosine
            ? [] : squaredNorms.map { -Float($0) / 2 } + Array(repeating: 0, count: unused)
    }

    var count: Int { counts.count }

    /// The mean of a group, in `Double`.
    func fill(_ mean: UnsafeMutableBufferPointer<Double>, with group: Int) {
        source.fill(mean, with: group)
    }

    /// Everything that is not surely beyond the limit counts as near: a pair too many does no harm, and the margin of
    /// `Float` is wide enough for what rounds in `Double` later.
    func screen(ofRow row: Int, limit: Double) -> PairScreen {
        let product = productError.bound(lengths[row], largestLength)
        let limit = Float(limit * (1 + 1e-9)).nextUp
        let bound: Float
        if dissimilarity == .cosine {
            bound = 1 - limit - product - 4 * .ulpOfOne
        } else {
            let own = Float(squaredNorms[row])
            bound = (own - limit) / 2 - product - 2 * .ulpOfOne * (own.nextUp + largestSquaredNorm)
        }
        return PairScreen(surelyFarBelow: bound.nextDown, surelyNearAbove: -.infinity)
    }

    func comparable(_ first: Int, _ second: Int) -> Double { 0 }
}

extension StartingGroups.Source {
    fileprivate func fill(_ mean: UnsafeMutableBufferPointer<Double>, with index: Int) {
        switch self {
        case .vectors(let vectors, let lengths):
            let length = lengths?[index] ?? 1
            vectors.values.withUnsafeBufferPointer { values in
                let start = index * mean.count
                for component in mean.indices { mean[component] = Double(values[start + component]) / length }
            }
        case .groups(let groups):
            groups[index].mean.withUnsafeBufferPointer { numbers in
                for component in mean.indices { mean[component] = Double(numbers[component]) }
            }
        }
    }
}
