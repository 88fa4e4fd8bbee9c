import FaceCore

/// Which vectors are near which, in one array: 4 bytes for each end of a pair.
struct NeighbourGraph: Sendable {
    /// Where the neighbours of each vector begin in `ends`, and, last, where they all end.
    private var starts: [Int]
    private var ends: [Int32]

    /// The pairs whose distance is less than `threshold`, compared in `Double`.
    init(_ vectors: VectorSet, nearerThan threshold: Double, metric: Metric) {
        let prepared = MetricVectors(vectors, metric: metric)
        let limit = prepared.comparable(fromDistance: threshold)
        let count = vectors.count
        var pairs: [(Int32, Int32)] = []
        prepared.forEachRow(upperTriangle: true) { row, fast, error in
            let surelyFar = (Float(limit).nextUp + error).nextUp
            let surelyNear = (Float(limit).nextDown - error).nextDown
            for other in row + 1..<max(count, row + 1) where !(fast[other] > surelyFar) {
                if fast[other] < surelyNear || prepared.comparable(row, other) < limit {
                    pairs.append((Int32(row), Int32(other)))
                }
            }
        }
        self.init(count: count, pairs: pairs)
    }

    init(count: Int, pairs: [(Int32, Int32)]) {
        starts = Array(repeating: 0, count: count + 1)
        ends = Array(repeating: 0, count: 2 * pairs.count)
        for (first, second) in pairs {
            starts[Int(first)] += 1
            starts[Int(second)] += 1
        }
        var total = 0
        for index in starts.indices {
            total += starts[index]
            starts[index] = total
        }
        // Filled from the back, so that each start ends up at its first neighbour.
        for (first, second) in pairs {
            starts[Int(first)] -= 1
            ends[starts[Int(first)]] = second
            starts[Int(second)] -= 1
            ends[starts[Int(second)]] = first
        }
    }

    /// In no particular order, the vector itself not among them.
    func neighbours(of vector: Int) -> ArraySlice<Int32> {
        ends[starts[vector]..<starts[vector + 1]]
    }
}
