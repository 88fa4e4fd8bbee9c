/// Groups known by their means, searched one against all: memory grows with the number of groups, not of pairs.
///
/// A search screens all groups in `Float` and asks `Double` about those that may be the nearest.
struct MeanGroups: ChainedGroups {
    private let dissimilarity: Dissimilarity
    private let dimension: Int
    private let productError: DotProductError
    private var constraints: LiveConstraints
    private var counts: [Int]
    /// Group by group; exact up to `Double`'s rounding, however many merges.
    private var means: [Double]
    private var squaredNorms: [Double]
    /// The lengths of the means.
    private var lengths: [Float]
    /// The largest such length, and the largest mean squared length; merging never leads beyond them.
    private let largestLength: Float
    private let largestSquaredNorm: Float

    /// The groups still in the search, place by place, and where each stands (−1 when it no longer does).
    private var blocks: VectorBlocks
    private var names: [Int]
    private var places: [Int]
    private var products: [VectorBlocks.Lanes]
    /// What a search found, while that neighbour is as it was then: others that merge can only get farther away.
    private var known: [(group: Int, dissimilarity: Double)?]
    private var askers: [[Int]]

    let initialCount: Int

    /// - Precondition: all means have the same dimension, and `dissimilarity` follows from means.
    init(_ groups: [VectorGroup], dissimilarity: Dissimilarity, constraints: MergeConstraints) {
        let dimension = groups.first?.mean.count ?? 1
        precondition(groups.allSatisfy { $0.mean.count == dimension }, "all groups have one dimension")
        self.init(
            dimension: dimension, means: groups.flatMap { $0.mean.map { Double($0) } }, counts: groups.map(\.count),
            squaredNorms: groups.map(\.meanSquaredNorm), dissimilarity: dissimilarity, constraints: constraints)
    }

    init(
        dimension: Int, means: [Double], counts: [Int], squaredNorms: [Double], dissimilarity: Dissimilarity,
        constraints: MergeConstraints
    ) {
        precondition(dissimilarity != .euclidean, "Euclidean distances do not follow from means")
        let count = counts.count
        self.dissimilarity = dissimilarity
        self.dimension = dimension
        self.counts = counts
        self.squaredNorms = squaredNorms
        self.constraints = LiveConstraints(constraints, count: count)
        initialCount = count
        productError = DotProductError(dimension: dimension)
        self.means = means
        largestSquaredNorm = squaredNorms.reduce(0) { max($0, Float($1).nextUp) }
        blocks = VectorBlocks(dimension: dimension, rows: means.map { Float($0) })
        names = Array(0..<count)
        places = Array(0..<count)
        products = Array(repeating: .zero, count: blocks.blockCount)
        known = Array(repeating: nil, count: count)
        askers = Array(repeating: [], count: count)
        lengths = (0..<count).map { group in
            let mean = means[group * dimension..<(group + 1) * dimension]
            return Float(mean.reduce(0) { $0 + $1 * $1 }.squareRoot()).nextUp
        }
        largestLength = lengths.max() ?? 0
    }

    mutating func nearest(to group: Int, preferred: Int?) -> (group: Int, dissimilarity: Double)? {
        let found = known[group] ?? search(group)
        guard let found else { return nil }
        if let preferred, preferred != found.group, constraints.mayMerge(group, preferred) {
            let other = exact(group, preferred)
            if other <= found.dissimilarity { return (preferred, other) }
        }
        return found
    }

    mutating func merge(_ gone: Int, into kept: Int) {
        let (part, rest) = (Double(counts[gone]), Double(counts[kept]))
        let total = part + rest
        let (from, into) = (gone * dimension, kept * dimension)
        for component in 0..<dimension {
            means[into + component] = (part * means[from + component] + rest * means[into + component]) / total
        }
        squaredNorms[kept] = (part * squaredNorms[gone] + rest * squaredNorms[kept]) / total
        counts[kept] += counts[gone]
        constraints.merge(gone, into: kept)
        forget(gone)
        forget(kept)
        retire(gone)
        lengths[kept] = Float(exactProduct(kept, kept).squareRoot()).nextUp
        let mean = means[into..<into + dimension].map { Float($0) }
        let place = places[kept]
        mean.withUnsafeBufferPointer { blocks.replace(at: place, with: $0) }
    }

    mutating func retire(_ group: Int) {
        let place = places[group]
        guard place >= 0 else { return }
        blocks.remove(at: place)
        let last = names.removeLast()
        if last != group {
            names[place] = last
            places[last] = place
        }
        places[group] = -1
    }

    /// Drops what searches found that ended at this group, and its own.
    private mutating func forget(_ group: Int) {
        known[group] = nil
        for asker in askers[group] where known[asker]?.group == group { known[asker] = nil }
        askers[group] = []
    }

    private mutating func search(_ group: Int) -> (group: Int, dissimilarity: Double)? {
        let query = means[group * dimension..<(group + 1) * dimension].map { Float($0) }
        query.withUnsafeBufferPointer { query in
            guard let query = query.baseAddress else { return }
            products.withUnsafeMutableBufferPointer { products in
                if let products = products.baseAddress { blocks.dotProducts(of: query, into: products) }
            }
        }
        let found = products.withUnsafeBytes { bytes in
            nearest(to: group, among: bytes.bindMemory(to: Float.self))
        }
        guard let found else { return nil }
        known[group] = found
        askers[found.group].append(group)
        return found
    }

    /// The nearest by the products of the means in `Float`, settled in `Double` among those that rounding leaves open.
    private func nearest(
        to group: Int, among products: UnsafeBufferPointer<Float>
    ) -> (group: Int, dissimilarity: Double)? {
        // A constant of the group itself does not change who is nearest: −2·m·m′ + s′ is compared, or −m·m′.
        let weighsNorms = dissimilarity == .squaredEuclidean
        let product = productError.bound(lengths[group], largestLength)
        let rounding = 2 * Float.ulpOfOne * (largestSquaredNorm + 2 * lengths[group] * largestLength)
        let error = weighsNorms ? 2 * product + rounding : product
        var fast: [Float] = Array(repeating: 0, count: names.count)
        var least = Float.infinity
        for place in names.indices {
            let name = names[place]
            let value = weighsNorms ? Float(squaredNorms[name]) - 2 * products[place] : -products[place]
            fast[place] = value
            if value < least, name != group, constraints.mayMerge(group, name) { least = value }
        }
        let open = (least + 2 * error).nextUp
        var best: (group: Int, dissimilarity: Double)?
        for place in names.indices where !(fast[place] > open) {
            let name = names[place]
            guard name != group, constraints.mayMerge(group, name) else { continue }
            let value = exact(group, name)
            if let known = best, (known.dissimilarity, known.group) < (value, name) { continue }
            best = (name, value)
        }
        return best
    }

    private func exact(_ first: Int, _ second: Int) -> Double {
        dissimilarity.fromMeans(
            product: exactProduct(first, second), squaredNorms: squaredNorms[first] + squaredNorms[second])
    }

    private func exactProduct(_ first: Int, _ second: Int) -> Double {
        means.withUnsafeBufferPointer { means in
            let (left, right) = (first * dimension, second * dimension)
            var sum = 0.0
            for component in 0..<dimension { sum += means[left + component] * means[right + component] }
            return sum
        }
    }
}
