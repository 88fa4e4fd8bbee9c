import Testing

@testable import FaceClustering

@Suite struct NumericsTests {
    private func length(_ vector: some Sequence<Float>) -> Float {
        Float(vector.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()).nextUp
    }

    /// Products of random queries with random vectors against sums in `Double`.
    private func checkProducts<Component: BlockComponent>(
        of component: Component.Type, componentError: Double = 0
    ) where Component.Scalar == Float {
        var generator = SeededGenerator(seed: 41)
        for (count, dimension) in [(1, 3), (7, 512), (32, 1), (33, 128), (65, 65), (140, 512), (70, 20)] {
            let rows = (0..<count).map { _ in (0..<dimension).map { _ in Float(generator.normal()) } }
            var blocks = VectorBlocks<Component>(dimension: dimension)
            for row in rows { row.withUnsafeBufferPointer { blocks.append($0) } }
            let error = DotProductError(dimension: dimension, componentError: componentError)
            // No bound is so generous that it means nothing.
            let largest = 1e-3 + 4 * componentError
            // All the ways of cutting queries into groups that are multiplied side by side.
            for queryCount in [1, 2, 5, 6, 11, 13, 31] {
                let queries = (0..<queryCount).map { _ in (0..<dimension).map { _ in Float(generator.normal()) } }
                let width = blocks.blockCount * Component.lanes
                var products = Array(repeating: Float(0), count: queryCount * width)
                Array(queries.joined()).withUnsafeBufferPointer { queries in
                    products.withUnsafeMutableBufferPointer { products in
                        guard let query = queries.baseAddress, let product = products.baseAddress else { return }
                        blocks.multiply(
                            query, queryCount: queryCount, blocks: 0..<blocks.blockCount, into: product, stride: width)
                    }
                }
                var worst = 0.0
                for (query, own) in queries.enumerated() {
                    for (index, row) in rows.enumerated() {
                        let exact = zip(own, row).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
                        let bound = Double(error.bound(length(own), length(row)))
                        let off = abs(Double(products[query * width + index]) - exact)
                        worst = max(worst, off / bound, bound / Double(max(dimension, 3)) / largest)
                    }
                }
                #expect(worst <= 1)
            }
        }
    }

    @Test func `Products in blocks are within their bound, for all counts`() {
        checkProducts(of: Float.self)
    }

    @Test func `Products with halved floats are within theirs`() {
        checkProducts(of: HalfFloat.self, componentError: 0x1p-8)
    }

    @Test func `Products in Double are those of sums in Double`() {
        var generator = SeededGenerator(seed: 42)
        let rows = (0..<37).map { _ in (0..<70).map { _ in generator.normal() } }
        var blocks = VectorBlocks<Double>(dimension: 70)
        for row in rows { row.withUnsafeBufferPointer { blocks.append($0) } }
        var queries = Array(repeating: 0.0, count: 14 * 70)
        var products = Array(repeating: 0.0, count: 14 * 16)
        queries.withUnsafeMutableBufferPointer { queries in
            products.withUnsafeMutableBufferPointer { products in
                guard let query = queries.baseAddress, let product = products.baseAddress else { return }
                blocks.copy(20..<34, to: query)
                blocks.multiply(query, queryCount: 14, blocks: 1..<2, into: product, stride: 16)
            }
        }
        for query in 0..<14 {
            #expect(Array(queries[query * 70..<(query + 1) * 70]) == rows[20 + query])
            for lane in 0..<16 {
                let exact = zip(rows[20 + query], rows[16 + lane]).reduce(0.0) { $0 + $1.0 * $1.1 }
                #expect(abs(products[query * 16 + lane] - exact) < 1e-12)
            }
        }
    }

    @Test func `Taking vectors out of blocks leaves the others`() {
        var blocks = VectorBlocks<Float>(dimension: 1)
        var names = (0..<70).map { Float($0) }
        for name in names { [name].withUnsafeBufferPointer { blocks.append($0) } }
        for place in [3, 68, 0, 9, 5, 5, 2, 40] {
            blocks.remove(at: place)
            names.swapAt(place, names.count - 1)
            names.removeLast()
        }
        [Float(77)].withUnsafeBufferPointer { blocks.append($0) }
        names.append(77)
        var rows = Array(repeating: Float(0), count: names.count)
        rows.withUnsafeMutableBufferPointer { rows in
            if let base = rows.baseAddress { blocks.copy(0..<blocks.count, to: base) }
        }
        #expect(rows == names && blocks.count == 63 && blocks.blockCount == 2)
    }

    @Test func `The portable order sorts, and puts ties as NumPy's argsort does`() {
        var generator = SeededGenerator(seed: 43)
        for count in [0, 1, 2, 16, 17, 100, 3000] {
            let values = (0..<count).map { _ in Double(Int.random(in: 0...9, using: &generator)) }
            let order = PortableSortOrder.indices(sorting: values)
            #expect(order.sorted() == Array(values.indices))
            #expect(order.map { values[$0] } == values.sorted())
        }
        // numpy.argsort([i * 7 % 5 for i in range(24)]) with the processor's extensions switched off.
        #expect(PortableSortOrder.indices(sorting: (0..<24).map { Double($0 * 7 % 5) }) == NumericsTests.numpyOrder)
    }

    private static let numpyOrder = [
        0, 20, 15, 5, 10, 18, 13, 8, 23, 3, 6, 16, 1, 21, 11, 9, 4, 14, 19, 22, 12, 17, 2, 7,
    ]
}
