import CVectorKernels
import Synchronization

/// The vectors in blocks that have the highest scores with queries; a score is a product plus the vector's offset.
///
/// Scores are in `Float` and may be off: what is found is all that could be among the best, for its owner to settle in
/// `Double`.
struct BlockSearch<Component: BlockComponent>: Sendable where Component.Scalar == Float {
    let blocks: VectorBlocks<Component>
    /// One for each place of the blocks, or empty for none.
    let offsets: [Float]

    /// What is asked of a score.
    struct Question: Sendable {
        /// Lower scores are out of the question.
        var floor: Float
        /// How far off a score may be.
        var error: Float
    }

    /// Blocks whose products are formed before they are looked at.
    private static var chunkBlocks: Int { 16 }
    /// Queries that share a pass.
    private static var together: Int { 24 }
    /// Multiplications below which a second thread is not worth its start.
    private static var leastWork: Int { 10_000_000 }

    /// For each query the places that are allowed and whose scores may be among its `limit` highest (all from the floor on
    /// where it is nil), in order.
    ///
    /// - Parameters:
    ///   - queries: one after another, as many as questions.
    ///   - isAllowed: is asked by several threads at once.
    func run(
        _ queries: [Float], questions: [Question], limit: Int?, threads: Int,
        isAllowed: @Sendable (_ query: Int, _ place: Int) -> Bool
    ) -> [[Int]] {
        var found: [[Int]] = []
        for start in stride(from: 0, to: questions.count, by: Self.together) {
            let batch = start..<min(start + Self.together, questions.count)
            let work = blocks.count * blocks.dimension * batch.count
            let parts = max(1, min(threads, work / Self.leastWork))
            let results = Mutex<[[Finalists]]>([])
            ParallelLoop.run(parts: parts, threads: threads) { part in
                let range = blocks.blockCount * part / parts..<blocks.blockCount * (part + 1) / parts
                let finalists = scan(
                    queries, questions: questions, batch: batch, blocks: range, limit: limit, isAllowed: isAllowed)
                results.withLock { $0.append(finalists) }
            }
            let all = results.withLock { $0 }
            for query in batch.indices {
                var joint = Finalists(limit: limit)
                for part in all { joint.join(part[query - batch.lowerBound]) }
                found.append(joint.places(error: questions[query].error).sorted())
            }
        }
        return found
    }

    private func scan(
        _ queries: [Float], questions: [Question], batch: Range<Int>, blocks range: Range<Int>, limit: Int?,
        isAllowed: @Sendable (_ query: Int, _ place: Int) -> Bool
    ) -> [Finalists] {
        var finalists = Array(repeating: Finalists(limit: limit), count: batch.count)
        let width = Self.chunkBlocks * Float.lanes
        let dimension = blocks.dimension
        withUnsafeTemporaryAllocation(of: Float.self, capacity: batch.count * width) { products in
            withUnsafeTemporaryAllocation(of: UInt32.self, capacity: width) { found in
                queries.withUnsafeBufferPointer { queries in
                    guard let query = queries.baseAddress, let product = products.baseAddress,
                        let found = found.baseAddress
                    else { return }
                    for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.chunkBlocks) {
                        let chunk = start..<min(start + Self.chunkBlocks, range.upperBound)
                        blocks.multiply(
                            query + batch.lowerBound * dimension, queryCount: batch.count, blocks: chunk,
                            into: product, stride: width)
                        for index in batch {
                            look(
                                at: product + (index - batch.lowerBound) * width, chunk: chunk, found: found,
                                question: questions[index], finalists: &finalists[index - batch.lowerBound]
                            ) { isAllowed(index, $0) }
                        }
                    }
                }
            }
        }
        return finalists
    }

    private func look(
        at products: UnsafePointer<Float>, chunk: Range<Int>, found: UnsafeMutablePointer<UInt32>, question: Question,
        finalists: inout Finalists, isAllowed: (_ place: Int) -> Bool
    ) {
        let start = chunk.lowerBound * Float.lanes
        let bound = finalists.bound(floor: question.floor, error: question.error)
        let total = offsets.withUnsafeBufferPointer { offsets in
            lik_find_not_below(
                LIK_WIDEST, products, offsets.isEmpty ? nil : offsets.baseAddress.map { $0 + start }, bound,
                chunk.count * Float.lanes, found)
        }
        for index in 0..<total {
            let place = start + Int(found[index])
            guard place < blocks.count, isAllowed(place) else { continue }
            finalists.add(products[Int(found[index])] + (offsets.isEmpty ? 0 : offsets[place]), at: place)
        }
    }
}

/// The best of the scores that have been seen, and those too near to them to tell.
private struct Finalists: Sendable {
    private let limit: Int?
    private var seen: [(score: Float, place: Int)] = []
    /// The highest scores, turned round.
    private var best: LeastValues<Float>?

    init(limit: Int?) {
        self.limit = limit
        best = limit.map { LeastValues(limit: $0) }
    }

    /// What a score must not be below to be of interest.
    func bound(floor: Float, error: Float) -> Float {
        guard let worst = best?.largest else { return floor }
        return max(floor, (-worst - 2 * error).nextDown)
    }

    mutating func add(_ score: Float, at place: Int) {
        seen.append((score, place))
        if !score.isNaN { best?.offer(-score) }
    }

    mutating func join(_ other: Finalists) {
        for (score, place) in other.seen { add(score, at: place) }
    }

    func places(error: Float) -> [Int] {
        let bound = bound(floor: -.infinity, error: error)
        return seen.filter { !($0.score < bound) }.map(\.place)
    }
}
