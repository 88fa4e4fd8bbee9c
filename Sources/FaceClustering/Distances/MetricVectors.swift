import FaceCore
import Synchronization

/// Vectors made ready for one metric, with their distances at two precisions: fast ones with a known bound on the
/// error, which settle nearly all comparisons, and exact ones in `Double` for the rest. What is decided is therefore what
/// `Double` alone would have decided.
///
/// Distances are handled in a *comparable* form that orders pairs as the distance does: the cosine distance itself, or
/// the square of the Euclidean one.
struct MetricVectors: ScreenedVectors {
    let metric: Metric
    let count: Int
    let dimension: Int
    private let values: [Float]
    private let squaredNorms: [Double]
    /// Empty for cosine.
    private let roundedSquaredNorms: [Float]
    private let largestSquaredNorm: Float
    private let productError: DotProductError
    /// For the cosine distance the vectors brought to length 1, otherwise the vectors themselves.
    private(set) var blocks: VectorBlocks<Float>
    let offsets: [Float]

    init(_ vectors: VectorSet, metric: Metric) {
        self.metric = metric
        count = vectors.count
        dimension = vectors.dimension
        values = vectors.values
        squaredNorms = vectors.squaredNorms()
        roundedSquaredNorms = metric == .cosine ? [] : squaredNorms.map { Float($0) }
        largestSquaredNorm = roundedSquaredNorms.max() ?? 1
        let unused = roundedSquaredNorms.isEmpty ? 0 : VectorBlocks<Float>.places(for: count) - count
        offsets = roundedSquaredNorms.map { -$0 / 2 } + Array(repeating: 0, count: unused)
        productError = DotProductError(dimension: dimension)
        blocks = VectorBlocks(dimension: dimension, capacity: count)
        var row = Array(repeating: Float(0), count: dimension)
        for index in 0..<count {
            row.withUnsafeMutableBufferPointer { fillRow(index, into: $0) }
            row.withUnsafeBufferPointer { blocks.append($0) }
        }
    }

    /// A vector as it is in `blocks`.
    private func fillRow(_ index: Int, into row: UnsafeMutableBufferPointer<Float>) {
        let start = index * dimension
        values.withUnsafeBufferPointer { values in
            guard metric == .cosine, squaredNorms[index] > 0 else {
                for component in 0..<dimension { row[component] = values[start + component] }
                return
            }
            let length = squaredNorms[index].squareRoot()
            for component in 0..<dimension { row[component] = Float(Double(values[start + component]) / length) }
        }
    }

    // MARK: Exact

    /// The comparable form of the distance of two vectors, summed in `Double` in the order of the components; 0 of a
    /// vector to itself. A vector of length 0 is at cosine distance 1 from all others.
    func comparable(_ first: Int, _ second: Int) -> Double {
        guard first != second else { return 0 }
        return values.withUnsafeBufferPointer { values in
            let (left, right) = (first * dimension, second * dimension)
            var sum = 0.0
            switch metric {
            case .euclidean:
                for component in 0..<dimension {
                    let difference = Double(values[left + component]) - Double(values[right + component])
                    sum += difference * difference
                }
                return sum
            case .cosine:
                let norms = squaredNorms[first] * squaredNorms[second]
                guard norms > 0 else { return 1 }
                for component in 0..<dimension {
                    sum += Double(values[left + component]) * Double(values[right + component])
                }
                return min(max(1 - sum / norms.squareRoot(), 0), 2)
            }
        }
    }

    func distance(fromComparable comparable: Double) -> Double {
        metric == .cosine ? comparable : comparable.squareRoot()
    }

    func comparable(fromDistance distance: Double) -> Double {
        metric == .cosine ? distance : distance * distance
    }

    // MARK: Fast

    /// How far a fast comparable of this vector may be from the exact one.
    func error(ofRow row: Int) -> Float {
        guard metric == .euclidean else { return productError.bound(1, 1) + 4 * .ulpOfOne }
        let squaredNorm = roundedSquaredNorms[row]
        let product = productError.bound(squaredNorm.squareRoot(), largestSquaredNorm.squareRoot())
        return 2 * product + 2 * .ulpOfOne * (squaredNorm + largestSquaredNorm)
    }

    func screen(ofRow row: Int, limit: Double) -> PairScreen {
        let error = error(ofRow: row)
        let (low, high) = ((Float(limit).nextDown - error).nextDown, (Float(limit).nextUp + error).nextUp)
        switch metric {
        case .cosine: return PairScreen(surelyFarBelow: (1 - high).nextDown, surelyNearAbove: (1 - low).nextUp)
        case .euclidean:
            let own = roundedSquaredNorms[row]
            return PairScreen(
                surelyFarBelow: ((own - high) / 2).nextDown, surelyNearAbove: ((own - low) / 2).nextUp)
        }
    }

    /// One value for each vector, from the fast comparables to all vectors and their error; asked for by several threads
    /// at once.
    func mapRows(
        threads: Int, _ value: @Sendable (_ row: Int, _ fast: UnsafePointer<Float>, _ error: Float) -> Double
    ) -> [Double] {
        let together = 12
        let width = blocks.blockCount * Float.lanes
        let found = Mutex(Array(repeating: 0.0, count: count))
        ParallelLoop.run(parts: (count + together - 1) / together, threads: threads) { part in
            let rows = part * together..<min((part + 1) * together, count)
            var queries = Array(repeating: Float(0), count: rows.count * dimension)
            var products = Array(repeating: Float(0), count: rows.count * width)
            let values = queries.withUnsafeMutableBufferPointer { queries in
                products.withUnsafeMutableBufferPointer { products -> [Double] in
                    guard let query = queries.baseAddress, let product = products.baseAddress else { return [] }
                    blocks.copy(rows, to: query)
                    blocks.multiply(
                        query, queryCount: rows.count, blocks: 0..<blocks.blockCount, into: product, stride: width)
                    return rows.map { row in
                        let own = product + (row - rows.lowerBound) * width
                        makeComparable(own, row: row, names: nil)
                        return value(row, own, error(ofRow: row))
                    }
                }
            }
            found.withLock { $0.replaceSubrange(rows, with: values) }
        }
        return found.withLock { $0 }
    }

    /// The fast comparables of one vector to those that are still in `blocks`, place by place.
    ///
    /// - Parameters:
    ///   - names: which vector stands at each place of `blocks`.
    ///   - products: room for the places of all blocks.
    func fastComparables(ofRow row: Int, names: [Int], into products: UnsafeMutablePointer<Float>) {
        withUnsafeTemporaryAllocation(of: Float.self, capacity: dimension) { query in
            fillRow(row, into: query)
            guard let query = query.baseAddress else { return }
            blocks.multiply(
                query, queryCount: 1, blocks: 0..<blocks.blockCount, into: products,
                stride: blocks.blockCount * Float.lanes)
        }
        makeComparable(products, row: row, names: names)
    }

    /// Takes the vector at a place out of `blocks`; the last one moves there. The exact distances keep knowing it.
    mutating func removeFromBlocks(place: Int) {
        blocks.remove(at: place)
    }

    /// Turns dot products into fast comparables.
    private func makeComparable(_ products: UnsafeMutablePointer<Float>, row: Int, names: [Int]?) {
        switch metric {
        case .cosine:
            for place in 0..<blocks.count { products[place] = 1 - products[place] }
        case .euclidean:
            let own = roundedSquaredNorms[row]
            roundedSquaredNorms.withUnsafeBufferPointer { norms in
                if let names {
                    for place in 0..<blocks.count {
                        products[place] = own + norms[names[place]] - 2 * products[place]
                    }
                } else {
                    for place in 0..<blocks.count { products[place] = own + norms[place] - 2 * products[place] }
                }
            }
        }
    }
}
