/// Groups known by the dissimilarity of each two, which merges update (Lance and Williams 1967): for dissimilarities
/// that do not follow from means. Memory and time grow with the square of the count.
struct PairGroups: ChainedGroups {
    private var constraints: LiveConstraints
    private var counts: [Int]
    private var active: [Int]
    /// Below the diagonal, row by row: groups a > b at `a * (a − 1) / 2 + b`.
    private var values: [Double]

    var initialCount: Int { counts.count }

    /// Single vectors and their Euclidean distances.
    init(_ vectors: VectorSet, constraints: MergeConstraints) {
        let count = vectors.count
        self.constraints = LiveConstraints(constraints, count: count)
        counts = Array(repeating: 1, count: count)
        active = Array(0..<count)
        values = []
        values.reserveCapacity(count * max(count - 1, 0) / 2)
        for row in 0..<count { Self.appendDistances(of: row, in: vectors, to: &values) }
    }

    /// The distances of a vector to those before it. Four sums go side by side, each in the order of the components.
    private static func appendDistances(of row: Int, in vectors: VectorSet, to values: inout [Double]) {
        let dimension = vectors.dimension
        vectors.values.withUnsafeBufferPointer { numbers in
            let own = row * dimension
            var other = 0
            while other < row {
                let together = min(4, row - other)
                // Past the end the last vector is taken again, and its sum dropped.
                let starts = SIMD4<Int>(0, 1, 2, 3).clamped(
                    lowerBound: .zero, upperBound: SIMD4(repeating: together - 1))
                let (first, second) = ((other + starts[0]) * dimension, (other + starts[1]) * dimension)
                let (third, fourth) = ((other + starts[2]) * dimension, (other + starts[3]) * dimension)
                var sums = SIMD4<Double>.zero
                for component in 0..<dimension {
                    let others = SIMD4(
                        Double(numbers[first + component]), Double(numbers[second + component]),
                        Double(numbers[third + component]), Double(numbers[fourth + component]))
                    let differences = SIMD4(repeating: Double(numbers[own + component])) - others
                    sums += differences * differences
                }
                for lane in 0..<together { values.append(sums[lane].squareRoot()) }
                other += together
            }
        }
    }

    private static func index(_ first: Int, _ second: Int) -> Int {
        let (high, low) = (max(first, second), min(first, second))
        return high * (high - 1) / 2 + low
    }

    mutating func nearest(to group: Int, preferred: Int?) -> (group: Int, dissimilarity: Double)? {
        var best: (group: Int, dissimilarity: Double)?
        if let preferred, constraints.mayMerge(group, preferred) {
            best = (preferred, values[Self.index(group, preferred)])
        }
        for other in active where other != group {
            let value = values[Self.index(group, other)]
            if value < best?.dissimilarity ?? .infinity, constraints.mayMerge(group, other) { best = (other, value) }
        }
        return best
    }

    mutating func merge(_ gone: Int, into kept: Int) {
        let (part, rest) = (Double(counts[gone]), Double(counts[kept]))
        retire(gone)
        for other in active where other != kept {
            let place = Self.index(kept, other)
            values[place] = (part * values[Self.index(gone, other)] + rest * values[place]) / (part + rest)
        }
        counts[kept] += counts[gone]
        constraints.merge(gone, into: kept)
    }

    mutating func retire(_ group: Int) {
        active.removeAll { $0 == group }
    }
}
