public import FaceCore

/// An approximate index for very many vectors: each lies in the cell of the centre that is nearest to it, and a search
/// looks at the cells whose centres are nearest to the query (the inverted file of Sivic and Zisserman, 2003).
///
/// What it finds has its exact distance, and of the cells that were looked at nothing is missing. A neighbour in another
/// cell is not found: how often that happens is for `probes` to say, and for a measurement on one's own vectors.
public struct PartitionedVectorIndex<Key: Hashable & Comparable & Sendable>: VectorIndex {
    /// How vectors are compared.
    public let metric: Metric
    /// Numbers a vector.
    public let dimension: Int
    /// Cells that a search looks at. All of them give the exact answer.
    public var probes: Int

    private let screen: FlatVectorIndex<Key>.Screen
    private let threads: Int
    /// nil: all vectors are in one cell.
    private var centres: CellCentres?
    private var cells: [FlatVectorIndex<Key>]
    private var cellsOfKeys: [Key: Int] = [:]
    /// How many vectors there were when they were divided.
    private var dividedCount = 0

    /// Fewer vectors are not worth dividing: an exact search of them takes no longer.
    private static var leastCount: Int { 10_000 }
    /// Vectors for each centre that centres are learned from.
    private static var samplePerCell: Int { 40 }

    /// - Parameters:
    ///   - probes: cells that a search looks at.
    ///   - threads: that dividing uses. A search uses one.
    /// - Precondition: `1 <= dimension <= 65_536`, `probes >= 1`, `threads >= 1`.
    public init(
        dimension: Int, metric: Metric, screen: FlatVectorIndex<Key>.Screen = .bytes, probes: Int = 32, threads: Int = 1
    ) {
        precondition(probes >= 1 && threads >= 1, "a search looks at one cell at least")
        self.dimension = dimension
        self.metric = metric
        self.probes = probes
        self.screen = screen
        self.threads = threads
        cells = [FlatVectorIndex(dimension: dimension, metric: metric, screen: screen)]
    }

    public var count: Int { cellsOfKeys.count }
    public var cellCount: Int { cells.count }

    /// Whether there are so many more vectors than when they were divided that dividing them anew is worth its time.
    public var wantsDivision: Bool { count >= Self.leastCount && count >= 4 * dividedCount }

    /// - Precondition: the vector has `dimension` numbers.
    public mutating func add(_ vector: [Float], for key: Key) {
        let cell = centres?.nearest(1, to: vector).first ?? 0
        if let old = cellsOfKeys.updateValue(cell, forKey: key), old != cell { cells[old].remove(key) }
        cells[cell].add(vector, for: key)
    }

    @discardableResult
    public mutating func remove(_ key: Key) -> Bool {
        guard let cell = cellsOfKeys.removeValue(forKey: key) else { return false }
        return cells[cell].remove(key)
    }

    /// Divides the vectors into cells that fit them as they are now. It takes some seconds for each hundred thousand.
    ///
    /// - Parameter count: how many cells; nil for about the square root of the number of vectors.
    public mutating func divide(into count: Int? = nil) {
        let total = self.count
        dividedCount = total
        let wanted = min(total, count ?? Int(Double(total).squareRoot()))
        let sample = sample(of: max(wanted, 1) * Self.samplePerCell)
        let cellCount = min(wanted, sample.count / dimension)
        let centres =
            cellCount > 1
            ? CellCentres.training(
                on: sample, count: cellCount, dimension: dimension, metric: metric, threads: threads)
            : nil
        var divided = Array(
            repeating: FlatVectorIndex<Key>(dimension: dimension, metric: metric, screen: screen),
            count: max(cellCount, 1))
        for cell in cells.indices {
            let keys = cells[cell].allKeys
            // Some at a time, so that no second copy of all vectors is needed.
            for start in stride(from: 0, to: keys.count, by: 4096) {
                let places = start..<min(keys.count, start + 4096)
                let vectors = places.flatMap { cells[cell].vector(at: $0) }
                let owners = centres?.nearest(toEach: vectors, threads: threads)
                for (row, place) in places.enumerated() {
                    let owner = owners?[row] ?? 0
                    divided[owner].add(Array(vectors[row * dimension..<(row + 1) * dimension]), for: keys[place])
                    cellsOfKeys[keys[place]] = owner
                }
            }
            cells[cell] = FlatVectorIndex(dimension: dimension, metric: metric, screen: screen)
        }
        self.centres = centres
        cells = divided
    }

    /// - Precondition: the query has `dimension` numbers, and `limit` is not negative.
    public func search(_ query: [Float], limit: Int? = nil, within distance: Double? = nil) -> [VectorMatch<Key>] {
        search(query, limit: limit, within: distance) { $0 }
    }

    /// The groups whose nearest vectors are nearest to a query, each by that vector: people, say, by their best faces.
    ///
    /// - Parameters:
    ///   - limit: how many groups at most; nil for all.
    ///   - distance: how far at most, in the unit of the metric; nil for any.
    ///   - group: which group a key's vector is of.
    /// - Returns: nearest first, and the lower key first where two are equally near.
    /// - Precondition: the query has `dimension` numbers, and `limit` is not negative.
    public func search<Group: Hashable & Sendable>(
        _ query: [Float], limit: Int?, within distance: Double? = nil, onePer group: @Sendable @escaping (Key) -> Group
    ) -> [VectorMatch<Key>] {
        guard limit != 0 else { return [] }
        var best: [Group: VectorMatch<Key>] = [:]
        var bound = distance
        for cell in centres?.nearest(probes, to: query) ?? [0] {
            for match in cells[cell].search(query, limit: limit, within: bound, onePer: group) {
                let group = group(match.key)
                if let known = best[group], Self.isBefore(known, match) { continue }
                best[group] = match
            }
            guard let limit, best.count >= limit else { continue }
            let nearest = best.sorted { Self.isBefore($0.value, $1.value) }.prefix(limit)
            best = Dictionary(uniqueKeysWithValues: nearest.map { ($0.key, $0.value) })
            bound = nearest.last?.value.distance
        }
        return best.values.sorted(by: Self.isBefore)
    }

    /// Vectors from all cells alike, one after another; those with what is no number are left out.
    private func sample(of wanted: Int) -> [Float] {
        let step = max(1, count / wanted)
        var sample: [Float] = []
        var place = 0
        for cell in cells {
            for row in 0..<cell.count {
                defer { place += 1 }
                guard place.isMultiple(of: step) else { continue }
                let vector = cell.vector(at: row)
                if vector.allSatisfy(\.isFinite) { sample += vector }
            }
        }
        return sample
    }

    private static func isBefore(_ first: VectorMatch<Key>, _ second: VectorMatch<Key>) -> Bool {
        (first.distance, first.key) < (second.distance, second.key)
    }
}
