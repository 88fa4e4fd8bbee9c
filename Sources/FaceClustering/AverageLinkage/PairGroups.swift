import Synchronization

/// Groups known by the dissimilarity of each two, which merges update (Lance and Williams 1967): the quickest way as long
/// as there is room for all pairs, and the only one for dissimilarities that do not follow from means.
struct PairGroups: ChainedGroups {
    private var constraints: LiveConstraints
    private var counts: [Int]
    private var active: [Int]
    /// Below the diagonal, row by row: groups a > b at `a * (a − 1) / 2 + b`.
    private var values: [Double]

    var initialCount: Int { counts.count }

    /// Some of the groups, named by their places in `members`.
    init(_ members: [Int], of start: StartingGroups, constraints: MergeConstraints, threads: Int) {
        let count = members.count
        self.constraints = LiveConstraints(constraints, count: count)
        counts = members.map { start.counts[$0] }
        active = Array(0..<count)
        values = GroupPairs(members, of: start).all(threads: threads)
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

/// The dissimilarities of all pairs of some groups, in `Double`.
private struct GroupPairs {
    private let dissimilarity: Dissimilarity
    private let dimension: Int
    private let squaredNorms: [Double]
    private var blocks: VectorBlocks<Double>

    /// Rows that are multiplied together.
    private static let together = 12

    init(_ members: [Int], of start: StartingGroups) {
        dissimilarity = start.dissimilarity
        dimension = start.dimension
        squaredNorms = members.map { start.squaredNorms[$0] }
        blocks = VectorBlocks(dimension: dimension, capacity: members.count)
        var mean = Array(repeating: 0.0, count: dimension)
        for member in members {
            mean.withUnsafeMutableBufferPointer { start.fill($0, with: member) }
            mean.withUnsafeBufferPointer { blocks.append($0) }
        }
    }

    /// The pairs below the diagonal, row by row.
    func all(threads: Int) -> [Double] {
        let shared = Mutex(Array(repeating: 0.0, count: blocks.count * (blocks.count - 1) / 2))
        let parts = (blocks.count + Self.together - 1) / Self.together
        // The last rows are the longest, so they come first.
        ParallelLoop.run(parts: parts, threads: threads) { part in
            let first = (parts - 1 - part) * Self.together
            let rows = first..<min(first + Self.together, blocks.count)
            let values = dissimilarity == .euclidean ? distances(of: rows) : fromProducts(of: rows)
            shared.withLock { all in
                all.withUnsafeMutableBufferPointer { all in
                    let start = first * (first - 1) / 2
                    _ = all[start..<start + values.count].update(fromContentsOf: values)
                }
            }
        }
        return shared.withLock { all in
            // Taken out, so that it stays the only reference to so much memory.
            let values = all
            all = []
            return values
        }
    }

    /// What stands below the diagonal in some rows.
    private func fromProducts(of rows: Range<Int>) -> [Double] {
        let width = VectorBlocks<Double>.places(for: rows.upperBound)
        var values: [Double] = []
        values.reserveCapacity(rows.count * rows.upperBound)
        withRows(rows) { queries in
            let products = UnsafeMutablePointer<Double>.allocate(capacity: rows.count * width)
            defer { products.deallocate() }
            blocks.multiply(
                queries, queryCount: rows.count, blocks: 0..<width / Double.lanes, into: products, stride: width)
            for row in rows {
                let own = products + (row - rows.lowerBound) * width
                for other in 0..<row {
                    values.append(
                        dissimilarity.fromMeans(
                            product: own[other], squaredNorms: squaredNorms[row] + squaredNorms[other]))
                }
            }
        }
        return values
    }

    /// From differences: lengths and products lose the distance of two long vectors that are near each other.
    private func distances(of rows: Range<Int>) -> [Double] {
        var values: [Double] = []
        values.reserveCapacity(rows.count * rows.upperBound)
        withRows(rows) { queries in
            for row in rows {
                let own = queries + (row - rows.lowerBound) * dimension
                blocks.forEachSquaredDistance(of: own, before: row) { values.append($0.squareRoot()) }
            }
        }
        return values
    }

    private func withRows(_ rows: Range<Int>, _ body: (UnsafePointer<Double>) -> Void) {
        withUnsafeTemporaryAllocation(of: Double.self, capacity: rows.count * dimension) { queries in
            guard let queries = queries.baseAddress else { return }
            blocks.copy(rows, to: queries)
            body(queries)
        }
    }
}
