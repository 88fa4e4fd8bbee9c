import FaceCore

/// Which vectors are near which, in one array: 4 bytes for each end of a pair.
struct NeighbourGraph: Sendable {
    /// Where the neighbours of each vector begin in `ends`, and, last, where they all end.
    private var starts: [Int]
    private var ends: [Int32]

    /// The pairs whose distance is less than `threshold`, compared in `Double`.
    init(_ vectors: VectorSet, nearerThan threshold: Double, metric: Metric, threads: Int) {
        let prepared = MetricVectors(vectors, metric: metric)
        let scan = PairScan(vectors: prepared, limit: prepared.comparable(fromDistance: threshold).nextDown)
        self.init(count: vectors.count, pairs: scan.run(into: PairList(), threads: threads).pairs)
    }

    init(count: Int, pairs: [VectorPair]) {
        starts = Array(repeating: 0, count: count + 1)
        ends = Array(repeating: 0, count: 2 * pairs.count)
        for pair in pairs {
            let (first, second) = (Int(pair.first), Int(pair.second))
            starts[first] += 1
            starts[second] += 1
        }
        var total = 0
        for index in starts.indices {
            total += starts[index]
            starts[index] = total
        }
        // Filled from the back, so that each start ends up at its first neighbour.
        for pair in pairs {
            let (first, second) = (Int(pair.first), Int(pair.second))
            starts[first] -= 1
            ends[starts[first]] = pair.second
            starts[second] -= 1
            ends[starts[second]] = pair.first
        }
    }

    /// In no particular order, the vector itself not among them.
    func neighbours(of vector: Int) -> ArraySlice<Int32> {
        ends[starts[vector]..<starts[vector + 1]]
    }
}

/// All pairs, as they come.
private struct PairList: PairSink {
    private(set) var pairs: [VectorPair] = []

    mutating func take(_ found: UnsafeBufferPointer<VectorPair>) { pairs.append(contentsOf: found) }
}
