import FaceCore

/// Vectors made ready for one metric, with their distances at two precisions: fast ones with a known bound on the
/// error, which settle nearly all comparisons, and exact ones in `Double` for the rest. What is decided is therefore what
/// `Double` alone would have decided.
///
/// Distances are handled in a *comparable* form that orders pairs as the distance does: the cosine distance itself, or
/// the square of the Euclidean one.
struct MetricVectors: Sendable {
    let metric: Metric
    let count: Int
    let dimension: Int
    private let values: [Float]
    /// For the cosine distance the vectors brought to length 1, otherwise the vectors themselves.
    private let rows: [Float]
    private let squaredNorms: [Double]
    private let roundedSquaredNorms: [Float]
    private let largestSquaredNorm: Float
    private let productError: DotProductError
    private(set) var blocks: VectorBlocks

    init(_ vectors: VectorSet, metric: Metric) {
        self.metric = metric
        count = vectors.count
        dimension = vectors.dimension
        values = vectors.values
        squaredNorms = vectors.squaredNorms()
        rows = metric == .cosine ? vectors.unitRows(squaredNorms: squaredNorms).map { Float($0) } : vectors.values
        roundedSquaredNorms = metric == .cosine ? [] : squaredNorms.map { Float($0) }
        largestSquaredNorm = roundedSquaredNorms.max() ?? 1
        productError = DotProductError(dimension: dimension)
        blocks = VectorBlocks(dimension: dimension, rows: rows)
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

    /// Calls `body` for each vector in order with the fast comparables to all vectors (valid from index `row` on when
    /// `upperTriangle`) and their error.
    func forEachRow(upperTriangle: Bool, _ body: (_ row: Int, _ fast: UnsafePointer<Float>, _ error: Float) -> Void) {
        let blockCount = blocks.blockCount
        guard blockCount > 0 else { return }
        let width = VectorBlocks.width
        withUnsafeTemporaryAllocation(of: VectorBlocks.Lanes.self, capacity: 4 * blockCount) { products in
            guard let base = products.baseAddress else { return }
            rows.withUnsafeBufferPointer { rows in
                guard let first = rows.baseAddress else { return }
                var row = 0
                while row < count {
                    let together = row + 4 <= count ? 4 : 1
                    let fromBlock = upperTriangle ? row / width : 0
                    if together == 4 {
                        blocks.dotProductsOfFour(first + row * dimension, fromBlock: fromBlock, into: base)
                    } else {
                        blocks.dotProducts(of: first + row * dimension, into: base)
                    }
                    for offset in 0..<together {
                        let own = base + offset * blockCount
                        own.withMemoryRebound(to: Float.self, capacity: blockCount * width) { products in
                            makeComparable(products, from: upperTriangle ? row : 0, row: row + offset, names: nil)
                            body(row + offset, products, error(ofRow: row + offset))
                        }
                    }
                    row += together
                }
            }
        }
    }

    /// The fast comparables of one vector to those that are still in `blocks`, place by place.
    ///
    /// - Parameter names: which vector stands at each place of `blocks`.
    func fastComparables(ofRow row: Int, names: [Int], into products: UnsafeMutablePointer<VectorBlocks.Lanes>) {
        rows.withUnsafeBufferPointer { rows in
            guard let first = rows.baseAddress else { return }
            blocks.dotProducts(of: first + row * dimension, into: products)
        }
        products.withMemoryRebound(to: Float.self, capacity: blocks.blockCount * VectorBlocks.width) { products in
            makeComparable(products, from: 0, row: row, names: names)
        }
    }

    /// Takes the vector at a place out of `blocks`; the last one moves there. The exact distances keep knowing it.
    mutating func removeFromBlocks(place: Int) {
        blocks.remove(at: place)
    }

    /// Turns dot products into fast comparables.
    private func makeComparable(_ products: UnsafeMutablePointer<Float>, from start: Int, row: Int, names: [Int]?) {
        switch metric {
        case .cosine:
            for place in start..<blocks.count { products[place] = 1 - products[place] }
        case .euclidean:
            let own = roundedSquaredNorms[row]
            roundedSquaredNorms.withUnsafeBufferPointer { norms in
                if let names {
                    for place in start..<blocks.count {
                        products[place] = own + norms[names[place]] - 2 * products[place]
                    }
                } else {
                    for place in start..<blocks.count { products[place] = own + norms[place] - 2 * products[place] }
                }
            }
        }
    }
}
