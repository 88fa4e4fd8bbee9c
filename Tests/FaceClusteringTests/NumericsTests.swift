import Testing

@testable import FaceClustering

@Suite struct NumericsTests {
    @Test func `Dot products in blocks are within their bound, for all counts`() {
        var generator = SeededGenerator(seed: 41)
        for (count, dimension) in [(1, 3), (7, 512), (8, 1), (9, 128), (33, 65), (40, 512), (70, 20)] {
            let rows = (0..<count).map { _ in (0..<dimension).map { _ in Float(generator.normal()) } }
            let blocks = VectorBlocks(dimension: dimension, rows: Array(rows.joined()))
            let query = (0..<4 * dimension).map { _ in Float(generator.normal()) }
            var one = Array(repeating: VectorBlocks.Lanes.zero, count: blocks.blockCount)
            var four = Array(repeating: VectorBlocks.Lanes.zero, count: 4 * blocks.blockCount)
            query.withUnsafeBufferPointer { query in
                guard let query = query.baseAddress else { return }
                one.withUnsafeMutableBufferPointer { products in
                    guard let base = products.baseAddress else { return }
                    blocks.dotProducts(of: query, into: base)
                }
                four.withUnsafeMutableBufferPointer { products in
                    guard let base = products.baseAddress else { return }
                    blocks.dotProductsOfFour(query, fromBlock: 0, into: base)
                }
            }
            func length(_ vector: some Sequence<Float>) -> Float {
                Float(vector.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot())
            }
            let error = DotProductError(dimension: dimension)
            for index in 0..<count {
                for part in 0..<4 {
                    let own = query[part * dimension..<(part + 1) * dimension]
                    let exact = zip(own, rows[index]).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
                    let bound = Double(error.bound(length(own), length(rows[index])))
                    let fast = four[part * blocks.blockCount + index / 8][index % 8]
                    #expect(abs(Double(fast) - exact) <= bound)
                    #expect(bound < 1e-3 * Double(max(dimension, 3)))
                    if part == 0 { #expect(one[index / 8][index % 8] == fast) }
                }
            }
        }
    }

    @Test func `Taking vectors out of blocks leaves the others`() {
        var blocks = VectorBlocks(dimension: 1, rows: (0..<20).map { Float($0) })
        var names = (0..<20).map { Float($0) }
        for place in [3, 18, 0, 9, 5, 5, 2] {
            blocks.remove(at: place)
            names.swapAt(place, names.count - 1)
            names.removeLast()
        }
        [Float(77)].withUnsafeBufferPointer { blocks.append($0) }
        names.append(77)
        var products = Array(repeating: VectorBlocks.Lanes.zero, count: blocks.blockCount)
        products.withUnsafeMutableBufferPointer { products in
            guard let base = products.baseAddress else { return }
            [Float(1)].withUnsafeBufferPointer { query in
                guard let query = query.baseAddress else { return }
                blocks.dotProducts(of: query, into: base)
            }
        }
        #expect(names.indices.map { products[$0 / 8][$0 % 8] } == names)
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
