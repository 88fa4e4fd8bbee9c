/// Groups known by their means, searched many against all: memory grows with the number of groups, not of pairs.
///
/// A search screens all groups in `Float` and asks `Double` about those that may be the nearest.
struct MeanGroups: ChainedGroups {
    private let dissimilarity: Dissimilarity
    private let dimension: Int
    private let threshold: Double
    private let threads: Int
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
    private var blocks: VectorBlocks<Float>
    /// Minus half of the mean squared length, place by place; empty for cosine.
    private var offsets: [Float]
    private var names: [Int]
    private var places: [Int]
    /// What a search found, while that neighbour is as it was then: others that merge can only get farther away.
    private var known: [Nearest]
    private var askers: [[Int]]
    /// Groups that have to be searched for, the first from `firstWaiting` on; some have left or are known by now.
    private var waiting: [Int]
    private var firstWaiting = 0

    private enum Nearest {
        case unknown
        /// None within the threshold.
        case none
        case group(Int, dissimilarity: Double)
    }

    /// Groups that are searched for in one pass when one has to be.
    private static let together = 24

    let initialCount: Int

    /// Some of the groups, named by their places in `members`.
    ///
    /// - Parameter threshold: nothing further away is of interest.
    /// - Precondition: the dissimilarity follows from means.
    init(
        _ members: [Int], of start: StartingGroups, constraints: MergeConstraints, threshold: Double, threads: Int
    ) {
        precondition(start.dissimilarity != .euclidean, "Euclidean distances do not follow from means")
        let (count, dimension) = (members.count, start.dimension)
        dissimilarity = start.dissimilarity
        self.dimension = dimension
        self.threshold = threshold
        self.threads = threads
        self.constraints = LiveConstraints(constraints, count: count)
        initialCount = count
        productError = DotProductError(dimension: dimension)
        counts = members.map { start.counts[$0] }
        let squaredNorms = members.map { start.squaredNorms[$0] }
        self.squaredNorms = squaredNorms
        largestSquaredNorm = squaredNorms.reduce(0) { max($0, Float($1).nextUp) }
        var blocks = VectorBlocks<Float>(dimension: dimension, capacity: count)
        var lengths: [Float] = []
        means = Array(unsafeUninitializedCapacity: count * dimension) { means, filled in
            for (place, member) in members.enumerated() {
                let mean = UnsafeMutableBufferPointer(
                    rebasing: means[place * dimension..<(place + 1) * dimension])
                mean.initialize(repeating: 0)
                start.fill(mean, with: member)
                mean.map { Float($0) }.withUnsafeBufferPointer { blocks.append($0) }
                lengths.append(Float(mean.reduce(0) { $0 + $1 * $1 }.squareRoot()).nextUp)
            }
            filled = count * dimension
        }
        self.blocks = blocks
        self.lengths = lengths
        largestLength = lengths.max() ?? 0
        let unused = VectorBlocks<Float>.places(for: count) - count
        offsets =
            dissimilarity == .cosine
            ? [] : squaredNorms.map { -Float($0) / 2 } + Array(repeating: 0, count: unused)
        names = Array(0..<count)
        places = Array(0..<count)
        known = Array(repeating: .unknown, count: count)
        askers = Array(repeating: [], count: count)
        waiting = Array(0..<count)
    }

    mutating func nearest(to group: Int, preferred: Int?) -> (group: Int, dissimilarity: Double)? {
        if case .unknown = known[group] { search(for: group) }
        guard case .group(let found, let dissimilarity) = known[group] else { return nil }
        if let preferred, preferred != found, constraints.mayMerge(group, preferred) {
            let other = exact(group, preferred)
            if other <= dissimilarity { return (preferred, other) }
        }
        return (found, dissimilarity)
    }

    mutating func merge(_ gone: Int, into kept: Int) {
        let (part, rest) = (Double(counts[gone]), Double(counts[kept]))
        let total = part + rest
        let (from, into) = (gone * dimension, kept * dimension)
        means.withUnsafeMutableBufferPointer { means in
            for component in 0..<dimension {
                means[into + component] = (part * means[from + component] + rest * means[into + component]) / total
            }
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
        if !offsets.isEmpty { offsets[place] = -Float(squaredNorms[kept]) / 2 }
    }

    mutating func retire(_ group: Int) {
        let place = places[group]
        guard place >= 0 else { return }
        blocks.remove(at: place)
        let last = names.removeLast()
        if last != group {
            names[place] = last
            places[last] = place
            if !offsets.isEmpty { offsets[place] = offsets[names.count] }
        }
        places[group] = -1
    }

    /// Drops what searches found that ended at this group, and its own.
    private mutating func forget(_ group: Int) {
        wait(for: group)
        for asker in askers[group] {
            if case .group(group, _) = known[asker] { wait(for: asker) }
        }
        askers[group] = []
    }

    private mutating func wait(for group: Int) {
        known[group] = .unknown
        waiting.append(group)
    }

    /// Searches for a group, and in the same pass for others that have to be searched for some time.
    private mutating func search(for group: Int) {
        var asked = [group]
        while asked.count < Self.together, firstWaiting < waiting.count {
            let other = waiting[firstWaiting]
            firstWaiting += 1
            if case .unknown = known[other], places[other] >= 0, !asked.contains(other) { asked.append(other) }
        }
        if firstWaiting > waiting.count / 2 {
            waiting.removeFirst(firstWaiting)
            firstWaiting = 0
        }
        for (asker, finalists) in zip(asked, finalists(for: asked)) { settle(asker, among: finalists) }
        for asker in asked {
            if case .none = known[asker] { retire(asker) }
        }
    }

    /// For each of the groups those that may be nearest to it and within the threshold.
    private func finalists(for asked: [Int]) -> [[Int]] {
        let queries = asked.flatMap { group in
            means[group * dimension..<(group + 1) * dimension].map { Float($0) }
        }
        return BlockSearch(blocks: blocks, offsets: offsets).run(
            queries, questions: asked.map { question(of: $0) }, limit: 1, threads: threads
        ) { [names, constraints] query, place in
            names[place] != asked[query] && constraints.mayMerge(asked[query], names[place])
        }.map { places in places.map { names[$0] } }
    }

    /// Of those that rounding leaves open, takes the nearest: of several the lowest.
    private mutating func settle(_ group: Int, among finalists: [Int]) {
        var best: (group: Int, dissimilarity: Double)?
        for name in finalists {
            let value = exact(group, name)
            if let known = best, (known.dissimilarity, known.group) < (value, name) { continue }
            best = (name, value)
        }
        guard let best, best.dissimilarity <= threshold else {
            known[group] = .none
            return
        }
        known[group] = .group(best.group, dissimilarity: best.dissimilarity)
        askers[best.group].append(group)
    }

    /// What the score of a group within the threshold is at least: the product of the means, less half of the other's mean
    /// squared length.
    private func question(of group: Int) -> BlockSearch<Float>.Question {
        let product = productError.bound(lengths[group], largestLength)
        let rounding = 2 * Float.ulpOfOne * (largestSquaredNorm + 2 * lengths[group] * largestLength)
        let limit = Float(threshold * (1 + 1e-9)).nextUp
        if dissimilarity == .cosine {
            return .init(floor: (1 - limit - product - rounding).nextDown, error: product)
        }
        let own = Float(squaredNorms[group])
        let floor = (own - limit) / 2 - product - rounding - Float.ulpOfOne * own
        return .init(floor: floor.nextDown, error: product + rounding)
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
