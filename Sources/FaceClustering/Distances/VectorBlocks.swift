/// Vectors in blocks, component by component, so that one pass over a block forms the products with all its vectors side by
/// side: no sum across lanes, and one load of a component serves several queries.
struct VectorBlocks<Component: BlockComponent>: Sendable {
    /// What queries and products are made of.
    typealias Scalar = Component.Scalar

    let dimension: Int
    private(set) var count = 0
    /// Component `d` of lane `l` in block `b` is at `(b * dimension + d) * lanes + l`; lanes past `count` hold old
    /// numbers or zeros.
    private var components: [Component] = []

    private static var lanes: Int { Component.lanes }

    init(dimension: Int) {
        self.dimension = dimension
    }

    /// Room for so many vectors.
    init(dimension: Int, capacity: Int) {
        self.dimension = dimension
        components.reserveCapacity(Self.blocks(for: capacity) * Self.lanes * dimension)
    }

    var blockCount: Int { Self.blocks(for: count) }

    static func blocks(for count: Int) -> Int { (count + lanes - 1) / lanes }

    /// The lanes of so many vectors' blocks, used or not.
    static func places(for count: Int) -> Int { blocks(for: count) * lanes }

    mutating func append(_ vector: UnsafeBufferPointer<Scalar>) {
        if components.count == blockCount * Self.lanes * dimension, count.isMultiple(of: Self.lanes) {
            components.append(contentsOf: repeatElement(Component.zero, count: Self.lanes * dimension))
        }
        count += 1
        replace(at: count - 1, with: vector)
    }

    mutating func replace(at index: Int, with vector: UnsafeBufferPointer<Scalar>) {
        precondition(index < count && vector.count == dimension, "no such place for the vector")
        let start = place(of: index)
        components.withUnsafeMutableBufferPointer { components in
            for component in 0..<dimension {
                components[start + component * Self.lanes] = Component(nearest: vector[component])
            }
        }
    }

    /// Takes a vector out; the last one moves to its place.
    mutating func remove(at index: Int) {
        precondition(index < count, "no such vector")
        let (start, last) = (place(of: index), place(of: count - 1))
        components.withUnsafeMutableBufferPointer { components in
            for component in 0..<dimension {
                components[start + component * Self.lanes] = components[last + component * Self.lanes]
            }
        }
        count -= 1
    }

    private func place(of index: Int) -> Int {
        let (block, lane) = index.quotientAndRemainder(dividingBy: Self.lanes)
        return block * dimension * Self.lanes + lane
    }

    /// The products of queries with the vectors of some blocks.
    ///
    /// - Parameters:
    ///   - queries: `queryCount` vectors, one after another.
    ///   - blocks: the blocks that take part.
    ///   - products: those of query q with the first of these blocks begin at `q * stride`; lanes past `count` get numbers
    ///     without meaning.
    func multiply(
        _ queries: UnsafePointer<Scalar>, queryCount: Int, blocks: Range<Int>,
        into products: UnsafeMutablePointer<Scalar>, stride: Int
    ) {
        precondition(blocks.lowerBound >= 0 && blocks.upperBound <= blockCount, "no such blocks")
        components.withUnsafeBufferPointer { components in
            guard let base = components.baseAddress else { return }
            Component.multiply(
                queries, queryCount: queryCount, blocks: base + blocks.lowerBound * dimension * Self.lanes,
                blockCount: blocks.count, dimension: dimension, into: products, stride: stride)
        }
    }
}

extension VectorBlocks where Component == Component.Scalar {
    /// Writes vectors one after another, as queries are.
    func copy(_ vectors: Range<Int>, to rows: UnsafeMutablePointer<Scalar>) {
        precondition(vectors.lowerBound >= 0 && vectors.upperBound <= count, "no such vectors")
        components.withUnsafeBufferPointer { components in
            for (row, vector) in vectors.enumerated() {
                let start = place(of: vector)
                for component in 0..<dimension {
                    rows[row * dimension + component] = components[start + component * Self.lanes]
                }
            }
        }
    }
}

extension VectorBlocks<Double> {
    /// Calls `body` with the squared distance of a vector to each that lies before `end`, one after another; summed over
    /// the components in their order.
    func forEachSquaredDistance(of vector: UnsafePointer<Double>, before end: Int, _ body: (Double) -> Void) {
        typealias Lanes = SIMD16<Double>
        components.withUnsafeBytes { bytes in
            for start in stride(from: 0, to: end, by: Double.lanes) {
                let block = start * dimension * MemoryLayout<Double>.stride
                var sums = Lanes.zero
                for component in 0..<dimension {
                    let offset = block + component * MemoryLayout<Lanes>.stride
                    let differences =
                        Lanes(repeating: vector[component])
                        - bytes.loadUnaligned(fromByteOffset: offset, as: Lanes.self)
                    sums += differences * differences
                }
                for lane in 0..<min(Double.lanes, end - start) { body(sums[lane]) }
            }
        }
    }
}
