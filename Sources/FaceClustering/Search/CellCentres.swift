import FaceCore
import Synchronization

/// The centres of cells that vectors are divided into, and which of them are nearest to a vector.
struct CellCentres: Sendable {
    let metric: Metric
    private(set) var blocks: VectorBlocks<Float>
    /// What a product with a centre lacks of a score, which is the higher the nearer the centre is.
    private var offsets: [Float] = []

    /// Queries whose products are formed together.
    private static let together = 24

    var count: Int { blocks.count }

    /// - Parameter centres: one after another; of length 1 where the metric is the cosine's.
    init(_ centres: [Float], dimension: Int, metric: Metric) {
        self.metric = metric
        blocks = VectorBlocks(dimension: dimension, capacity: centres.count / dimension)
        centres.withUnsafeBufferPointer { centres in
            for start in stride(from: 0, to: centres.count, by: dimension) {
                let centre = UnsafeBufferPointer(rebasing: centres[start..<start + dimension])
                blocks.append(centre)
                let square = centre.reduce(0) { $0 + Double($1) * Double($1) }
                offsets.append(metric == .cosine ? 0 : Float(-square / 2))
            }
        }
    }

    /// The numbers of the centres nearest to a vector, nearest first.
    func nearest(_ limit: Int, to vector: [Float]) -> [Int] {
        scores(of: vector).enumerated().sorted { ($1.element, $0.offset) < ($0.element, $1.offset) }
            .prefix(limit).map(\.offset)
    }

    /// The nearest centre of each of many vectors, which lie one after another.
    func nearest(toEach vectors: [Float], threads: Int) -> [Int] {
        let total = vectors.count / blocks.dimension
        let parts = (total + Self.together - 1) / Self.together
        let found = Mutex(Array(repeating: 0, count: total))
        ParallelLoop.run(parts: parts, threads: threads) { part in
            let range = part * Self.together..<min(total, (part + 1) * Self.together)
            let owners: [Int] = vectors.withUnsafeBufferPointer { best(of: range, in: $0) }
            found.withLock { found in
                for (place, owner) in zip(range, owners) { found[place] = owner }
            }
        }
        return found.withLock { $0 }
    }

    private func scores(of vector: [Float]) -> [Float] {
        var products = Array(repeating: Float(0), count: VectorBlocks<Float>.places(for: count))
        let width = products.count
        products.withUnsafeMutableBufferPointer { products in
            vector.withUnsafeBufferPointer { vector in
                guard let products = products.baseAddress, let vector = vector.baseAddress else { return }
                blocks.multiply(vector, queryCount: 1, blocks: 0..<blocks.blockCount, into: products, stride: width)
            }
        }
        return zip(products, offsets).map { $0 + $1 }
    }

    private func best(of range: Range<Int>, in vectors: UnsafeBufferPointer<Float>) -> [Int] {
        let width = VectorBlocks<Float>.places(for: count)
        return withUnsafeTemporaryAllocation(of: Float.self, capacity: range.count * width) { products in
            guard let base = products.baseAddress, let vector = vectors.baseAddress else { return [] }
            blocks.multiply(
                vector + range.lowerBound * blocks.dimension, queryCount: range.count,
                blocks: 0..<blocks.blockCount, into: base, stride: width)
            return (0..<range.count).map { query in
                var best = (score: -Float.infinity, centre: 0)
                for centre in 0..<count {
                    let score = base[query * width + centre] + offsets[centre]
                    if score > best.score { best = (score, centre) }
                }
                return best.centre
            }
        }
    }
}

extension CellCentres {
    /// Rounds of moving the centres; more of them hardly change which vectors are found.
    private static let rounds = 8

    /// Centres of a sample of vectors by k-means: spherical k-means (Dhillon and Modha, 2001) for the cosine, else Lloyd's
    /// algorithm. The same sample gives the same centres.
    ///
    /// - Parameter sample: one after another, at least as many as there are to be centres; without numbers that are none.
    static func training(on sample: [Float], count: Int, dimension: Int, metric: Metric, threads: Int) -> CellCentres {
        let total = sample.count / dimension
        precondition(count > 0 && total >= count, "there are fewer vectors than centres")
        let sample = metric == .cosine ? unit(sample, dimension: dimension) : sample
        // Vectors from all over the sample: neighbours in it are often of one person.
        var centres = (0..<count).flatMap { index -> ArraySlice<Float> in
            let row = index * total / count
            return sample[row * dimension..<(row + 1) * dimension]
        }
        for _ in 0..<rounds {
            let owners = CellCentres(centres, dimension: dimension, metric: metric)
                .nearest(toEach: sample, threads: threads)
            centres = means(of: sample, by: owners, before: centres, dimension: dimension)
            if metric == .cosine { centres = unit(centres, dimension: dimension) }
        }
        return CellCentres(centres, dimension: dimension, metric: metric)
    }

    /// A cell that has lost all its vectors halves the largest one: it begins anew from one of its vectors.
    private static func means(
        of sample: [Float], by owners: [Int], before centres: [Float], dimension: Int
    ) -> [Float] {
        var sums = Array(repeating: 0.0, count: centres.count)
        var sizes = Array(repeating: 0, count: centres.count / dimension)
        for (row, owner) in owners.enumerated() {
            sizes[owner] += 1
            for component in 0..<dimension {
                sums[owner * dimension + component] += Double(sample[row * dimension + component])
            }
        }
        var means = centres
        for (centre, size) in sizes.enumerated() where size > 0 {
            for component in 0..<dimension {
                means[centre * dimension + component] = Float(sums[centre * dimension + component] / Double(size))
            }
        }
        for empty in sizes.indices where sizes[empty] == 0 {
            guard let largest = sizes.indices.max(by: { sizes[$0] < sizes[$1] }), sizes[largest] > 1,
                let row = owners.lastIndex(of: largest)
            else { continue }
            let vector = sample[row * dimension..<(row + 1) * dimension]
            means.replaceSubrange(empty * dimension..<(empty + 1) * dimension, with: vector)
            sizes[empty] = sizes[largest] / 2
            sizes[largest] -= sizes[empty]
        }
        return means
    }

    private static func unit(_ vectors: [Float], dimension: Int) -> [Float] {
        var vectors = vectors
        for start in stride(from: 0, to: vectors.count, by: dimension) {
            let square = vectors[start..<start + dimension].reduce(0) { $0 + Double($1) * Double($1) }
            guard square > 0 else { continue }
            let scale = Float(1 / square.squareRoot())
            for index in start..<start + dimension { vectors[index] *= scale }
        }
        return vectors
    }
}
