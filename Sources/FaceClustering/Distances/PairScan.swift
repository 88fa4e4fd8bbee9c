import CVectorKernels
import Synchronization

/// Vectors whose comparables can be screened by products in `Float`.
protocol ScreenedVectors: Sendable {
    var count: Int { get }
    var dimension: Int { get }
    var blocks: VectorBlocks<Float> { get }
    /// What is added to the products with each vector before they are screened, one for each place of the blocks; empty for
    /// nothing.
    var offsets: [Float] { get }

    /// What products with a vector, the others' offsets added, say about comparables being at most `limit`.
    func screen(ofRow row: Int, limit: Double) -> PairScreen

    /// How far apart two vectors are, in `Double`; the same both ways.
    func comparable(_ first: Int, _ second: Int) -> Double
}

/// Where products settle a comparison; what lies between, or is no number, is compared in `Double`.
struct PairScreen {
    var surelyFarBelow: Float
    var surelyNearAbove: Float
}

/// Two vectors, the lower index first.
struct VectorPair: Sendable {
    var first: Int32
    var second: Int32
}

/// What takes the pairs that a scan finds, in any order.
protocol PairSink: Sendable {
    mutating func take(_ pairs: UnsafeBufferPointer<VectorPair>)

    /// Whether pairs of one of these rows with one of these columns can still make a difference.
    mutating func needs(rows: Range<Int>, columns: Range<Int>) -> Bool
}

extension PairSink {
    mutating func needs(rows: Range<Int>, columns: Range<Int>) -> Bool { true }
}

/// A walk over all pairs of vectors, each once, tile by tile and on several threads, which finds those that are near.
///
/// Memory beside the vectors is less than a megabyte a thread.
struct PairScan<Vectors: ScreenedVectors>: Sendable {
    let vectors: Vectors
    /// Pairs are found whose comparable is at most this, as compared in `Double`.
    let limit: Double

    /// Blocks of vectors whose rows stay in the cache while columns pass by.
    private static var rowBlocks: Int { 3 }
    /// Blocks of columns whose products are formed before they are looked at.
    private static var columnBlocks: Int { 8 }
    /// Blocks of columns for which the sink is asked at once.
    private static var stretchBlocks: Int { 32 }

    func run<Sink: PairSink>(into sink: Sink, threads: Int) -> Sink {
        let shared = Mutex(sink)
        let tiles = (vectors.blocks.blockCount + Self.rowBlocks - 1) / Self.rowBlocks
        ParallelLoop.run(parts: tiles, threads: threads) { tile in
            scan(tile: tile, into: shared)
        }
        return shared.withLock { $0 }
    }

    /// Compares the rows of a tile with each other and with all vectors after them.
    private func scan<Sink: PairSink>(tile: Int, into shared: borrowing Mutex<Sink>) {
        let firstBlock = tile * Self.rowBlocks
        let rows = firstBlock * Float.lanes..<min((firstBlock + Self.rowBlocks) * Float.lanes, vectors.count)
        let screens = rows.map { vectors.screen(ofRow: $0, limit: limit) }
        let width = Self.columnBlocks * Float.lanes
        var queries = Array(repeating: Float(0), count: rows.count * vectors.dimension)
        var products = Array(repeating: Float(0), count: rows.count * width)
        var found = Array(repeating: UInt32(0), count: width)
        var pairs: [VectorPair] = []
        queries.withUnsafeMutableBufferPointer { queries in
            products.withUnsafeMutableBufferPointer { products in
                found.withUnsafeMutableBufferPointer { found in
                    guard let query = queries.baseAddress, let product = products.baseAddress,
                        let found = found.baseAddress
                    else { return }
                    vectors.blocks.copy(rows, to: query)
                    let blockCount = vectors.blocks.blockCount
                    for stretch in stride(from: firstBlock, to: blockCount, by: Self.stretchBlocks) {
                        let end = min(stretch + Self.stretchBlocks, blockCount)
                        let columns = stretch * Float.lanes..<min(end * Float.lanes, vectors.count)
                        guard shared.withLock({ $0.needs(rows: rows, columns: columns) }) else { continue }
                        for start in stride(from: stretch, to: end, by: Self.columnBlocks) {
                            let blocks = start..<min(start + Self.columnBlocks, end)
                            vectors.blocks.multiply(
                                query, queryCount: rows.count, blocks: blocks, into: product, stride: width)
                            for row in rows {
                                let offset = row - rows.lowerBound
                                settle(
                                    row, screens[offset], product + offset * width, blocks: blocks, found: found,
                                    pairs: &pairs)
                            }
                        }
                        guard !pairs.isEmpty else { continue }
                        pairs.withUnsafeBufferPointer { pairs in shared.withLock { $0.take(pairs) } }
                        pairs.removeAll(keepingCapacity: true)
                    }
                }
            }
        }
    }

    /// Appends the pairs of a row with the vectors of some blocks that are near.
    private func settle(
        _ row: Int, _ screen: PairScreen, _ products: UnsafePointer<Float>, blocks: Range<Int>,
        found: UnsafeMutablePointer<UInt32>, pairs: inout [VectorPair]
    ) {
        let start = blocks.lowerBound * Float.lanes
        let total = vectors.offsets.withUnsafeBufferPointer { offsets in
            lik_find_not_below(
                LIK_WIDEST, products, offsets.isEmpty ? nil : offsets.baseAddress.map { $0 + start },
                screen.surelyFarBelow,
                blocks.count * Float.lanes, found)
        }
        for index in 0..<total {
            let column = start + Int(found[index])
            guard column > row, column < vectors.count else { continue }
            let value = products[Int(found[index])] + (vectors.offsets.isEmpty ? 0 : vectors.offsets[column])
            if value > screen.surelyNearAbove || vectors.comparable(row, column) <= limit {
                pairs.append(VectorPair(first: Int32(row), second: Int32(column)))
            }
        }
    }
}
