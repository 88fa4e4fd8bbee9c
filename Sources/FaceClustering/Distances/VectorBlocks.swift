/// Vectors in blocks of eight, component by component, so that one pass over a block forms eight dot products side by
/// side: eight lanes, no sum across lanes, and one load of a component serves several queries.
///
/// Every product is summed over the components in their order, in `Float`; `DotProductError` bounds what that loses.
struct VectorBlocks: Sendable {
    typealias Lanes = SIMD8<Float>
    static let width = Lanes.scalarCount

    let dimension: Int
    private(set) var count = 0
    /// Component `d` of block `b` is at `b * dimension + d`; lanes past `count` hold old or zero numbers.
    private var components: [Lanes] = []

    init(dimension: Int) {
        self.dimension = dimension
    }

    /// Blocks of the rows of a matrix.
    init(dimension: Int, rows: [Float]) {
        self.dimension = dimension
        let rowCount = rows.count / dimension
        components.reserveCapacity((rowCount + Self.width - 1) / Self.width * dimension)
        rows.withUnsafeBufferPointer { rows in
            for row in 0..<rowCount {
                append(UnsafeBufferPointer(rebasing: rows[row * dimension..<(row + 1) * dimension]))
            }
        }
    }

    var blockCount: Int { Self.blocks(for: count) }

    static func blocks(for count: Int) -> Int { (count + width - 1) / width }

    mutating func append(_ vector: UnsafeBufferPointer<Float>) {
        if count.isMultiple(of: Self.width), components.count == blockCount * dimension {
            components.append(contentsOf: repeatElement(.zero, count: dimension))
        }
        count += 1
        replace(at: count - 1, with: vector)
    }

    mutating func replace(at index: Int, with vector: UnsafeBufferPointer<Float>) {
        precondition(index < count && vector.count == dimension, "no such place for the vector")
        let (block, lane) = index.quotientAndRemainder(dividingBy: Self.width)
        let (start, dimension) = (block * dimension, dimension)
        components.withUnsafeMutableBufferPointer { components in
            for component in 0..<dimension { components[start + component][lane] = vector[component] }
        }
    }

    /// Takes a vector out; the last one moves to its place.
    mutating func remove(at index: Int) {
        precondition(index < count, "no such vector")
        let (block, lane) = index.quotientAndRemainder(dividingBy: Self.width)
        let (lastBlock, lastLane) = (count - 1).quotientAndRemainder(dividingBy: Self.width)
        let (start, lastStart, dimension) = (block * dimension, lastBlock * dimension, dimension)
        components.withUnsafeMutableBufferPointer { components in
            for component in 0..<dimension {
                components[start + component][lane] = components[lastStart + component][lastLane]
            }
        }
        count -= 1
    }

    /// The dot products of one query with all vectors.
    ///
    /// - Parameter products: room for `blockCount` blocks; lanes past `count` get numbers without meaning.
    func dotProducts(of query: UnsafePointer<Float>, into products: UnsafeMutablePointer<Lanes>) {
        components.withUnsafeBufferPointer { components in
            guard let base = components.baseAddress else { return }
            let blocks = blockCount
            var block = 0
            while block + 4 <= blocks {
                let first = base + block * dimension
                let second = first + dimension
                let third = second + dimension
                let fourth = third + dimension
                var (sum0, sum1, sum2, sum3) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
                for component in 0..<dimension {
                    let value = Lanes(repeating: query[component])
                    sum0 += value * first[component]
                    sum1 += value * second[component]
                    sum2 += value * third[component]
                    sum3 += value * fourth[component]
                }
                products[block] = sum0
                products[block + 1] = sum1
                products[block + 2] = sum2
                products[block + 3] = sum3
                block += 4
            }
            while block < blocks {
                let only = base + block * dimension
                var sum = Lanes.zero
                for component in 0..<dimension { sum += Lanes(repeating: query[component]) * only[component] }
                products[block] = sum
                block += 1
            }
        }
    }

    /// The dot products of four queries, which lie one after another, with the vectors from a block on.
    ///
    /// - Parameter products: room for four times `blockCount` blocks; those of query q start at `q * blockCount`.
    func dotProductsOfFour(
        _ queries: UnsafePointer<Float>, fromBlock: Int, into products: UnsafeMutablePointer<Lanes>
    ) {
        components.withUnsafeBufferPointer { components in
            guard let base = components.baseAddress else { return }
            let blocks = blockCount
            let (query0, query1) = (queries, queries + dimension)
            let (query2, query3) = (queries + 2 * dimension, queries + 3 * dimension)
            for block in fromBlock..<max(blocks, fromBlock) {
                let vectors = base + block * dimension
                var (sum0, sum1, sum2, sum3) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
                for component in 0..<dimension {
                    let values = vectors[component]
                    sum0 += Lanes(repeating: query0[component]) * values
                    sum1 += Lanes(repeating: query1[component]) * values
                    sum2 += Lanes(repeating: query2[component]) * values
                    sum3 += Lanes(repeating: query3[component]) * values
                }
                products[block] = sum0
                products[blocks + block] = sum1
                products[2 * blocks + block] = sum2
                products[3 * blocks + block] = sum3
            }
        }
    }
}

/// How far a dot product summed in `Float` can be from the true one.
///
/// Higham, Accuracy and Stability of Numerical Algorithms, 3.1: at most γₙ·|x|·|y| with γₙ = n·u / (1 − n·u) and
/// u = 2⁻²⁴. Four more roundings are allowed for, as the vectors may themselves have been rounded, and what products
/// below the smallest normal number lose is added.
struct DotProductError: Sendable {
    private let relative: Float
    private let absolute: Float

    init(dimension: Int) {
        let roundings = Double(dimension + 4) * 0x1p-24
        relative = roundings < 0.5 ? Float(1.05 * roundings / (1 - roundings)) : .infinity
        absolute = Float(dimension + 4) * .leastNormalMagnitude
    }

    /// The bound for vectors of these lengths.
    func bound(_ firstLength: Float, _ secondLength: Float) -> Float {
        relative * firstLength * secondLength + absolute
    }
}
