import CVectorKernels
import Testing

@Suite struct VectorKernelsTests {
    /// Those that this processor has; others are tested where it is another one.
    private static let sets = [LIK_BASELINE, LIK_AVX2, LIK_AVX512, LIK_WIDEST].filter { lik_has_instructions($0) }

    @Test func `Every set of instructions gives the products, for all counts of queries`() {
        var generator = SeededGenerator(seed: 51)
        let (blockCount, dimension) = (3, 45)
        for queryCount in [1, 3, 4, 6, 7, 12, 13, 25] {
            let stride = blockCount * 32 + 5
            let queries = (0..<queryCount * dimension).map { _ in Float(generator.normal()) }
            let vectors = (0..<blockCount * 32 * dimension).map { _ in Float(generator.normal()) }
            let halves = vectors.map { UInt16($0.bitPattern >> 16) }
            for set in Self.sets {
                var floats = Array(repeating: Float.nan, count: queryCount * stride)
                lik_products_float(set, queries, queryCount, vectors, blockCount, dimension, &floats, stride)
                var fromHalves = Array(repeating: Float.nan, count: queryCount * stride)
                lik_products_bfloat16(set, queries, queryCount, halves, blockCount, dimension, &fromHalves, stride)
                var doubles = Array(repeating: Double.nan, count: queryCount * stride)
                lik_products_double(
                    set, queries.map { Double($0) }, queryCount, vectors.map { Double($0) }, 2 * blockCount, dimension,
                    &doubles, stride)
                var worst = 0.0
                for query in 0..<queryCount {
                    for place in 0..<blockCount * 32 {
                        func exact(_ lanes: Int, _ number: (Int) -> Float) -> Double {
                            (0..<dimension).reduce(0) { sum, component in
                                let index = (place / lanes * dimension + component) * lanes + place % lanes
                                return sum + Double(queries[query * dimension + component]) * Double(number(index))
                            }
                        }
                        let half = exact(32) { Float(bitPattern: UInt32(halves[$0]) << 16) }
                        worst = max(
                            worst, abs(Double(floats[query * stride + place]) - exact(32) { vectors[$0] }),
                            abs(Double(fromHalves[query * stride + place]) - half),
                            abs(doubles[query * stride + place] - exact(16) { vectors[$0] }) * 1e6)
                    }
                }
                #expect(worst < 1e-4, "\(queryCount) queries")
                let between = (0..<queryCount).flatMap { $0 * stride + blockCount * 32..<($0 + 1) * stride }
                #expect(between.allSatisfy { floats[$0].isNaN && fromHalves[$0].isNaN && doubles[$0].isNaN })
            }
        }
    }

    @Test func `Every set finds what is not below, and what is no number`() {
        var generator = SeededGenerator(seed: 52)
        var values = (0..<160).map { _ in Float(generator.normal()) }
        values[7] = .nan
        values[64] = .infinity
        values[65] = -.infinity
        values[100] = 1.5
        let offsets = (0..<160).map { _ in Float(generator.normal()) }
        for set in Self.sets {
            for bound: Float in [-10, 0.3, 1.5, 3, .infinity, .nan] {
                var found = Array(repeating: UInt32(0), count: 160)
                var total = lik_find_not_below(set, values, nil, bound, 160, &found)
                #expect(found.prefix(total).map { Int($0) } == (0..<160).filter { !(values[$0] < bound) })
                total = lik_find_not_below(set, values, offsets, bound, 160, &found)
                #expect(
                    found.prefix(total).map { Int($0) } == (0..<160).filter { !(values[$0] + offsets[$0] < bound) })
            }
        }
    }

    @Test(arguments: [1, 19, 64, 96, 512])
    func `Every set bounds the scores of rows`(dimension: Int) {
        var generator = SeededGenerator(seed: 53)
        let count = 37
        let query = (0..<dimension).map { _ in Float(generator.normal()) }
        let vectors = (0..<count * dimension).map { _ in Float(generator.normal()) }
        let scales = (0..<count).map { _ in Float(generator.normal()) }
        let offsets = (0..<count).map { _ in Float(generator.normal()) }
        for set in Self.sets {
            var uppers = Array(repeating: Float.nan, count: count)
            lik_upper_scores_float(set, query, vectors, count, dimension, scales, offsets, 0.25, &uppers)
            for row in 0..<count {
                let product = (0..<dimension).reduce(0) { sum, component in
                    sum + Double(query[component]) * Double(vectors[row * dimension + component])
                }
                let score = Double(scales[row]) * product + Double(offsets[row]) + 0.25
                #expect(abs(Double(uppers[row]) - score) < 1e-3)
            }
        }
    }

    @Test(arguments: [64, 128, 192, 512])
    func `Every set bounds the scores of bytes, to the last bit of their products`(stride: Int) {
        var generator = SeededGenerator(seed: 54)
        let count = 37
        let query = (0..<stride).map { $0 < 3 ? Int8(-127) : Int8.random(in: -127...127, using: &generator) }
        let vectors = (0..<count * stride).map { $0 < stride ? UInt8(1) : UInt8.random(in: 1...255, using: &generator) }
        let errors = (0..<count).map { Float($0) }
        let (ones, zeros) = (Array(repeating: Float(1), count: count), Array(repeating: Float(0), count: count))
        for set in Self.sets {
            var uppers = Array(repeating: Float.nan, count: count)
            query.withUnsafeBufferPointer { query in
                let asked = LikCodeQuery(codes: query.baseAddress, scale: 2, error_factor: 4, slack: 8)
                lik_upper_scores_codes(set, asked, vectors, count, stride, ones, zeros, errors, &uppers)
            }
            for row in 0..<count {
                let product = (0..<stride).reduce(0) { $0 + Int(query[$1]) * (Int(vectors[row * stride + $1]) - 128) }
                #expect(uppers[row] == Float(2 * product + 4 * row + 8))
            }
        }
    }

    @Test func `The baseline is always there`() {
        #expect(lik_has_instructions(LIK_BASELINE) && lik_has_instructions(LIK_WIDEST))
    }
}
