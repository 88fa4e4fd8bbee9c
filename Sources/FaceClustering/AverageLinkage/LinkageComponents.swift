/// The groups that a threshold can bring together at all: the connected components of the graph of all pairs within it.
///
/// The mean dissimilarity of a merged group to a third is a mean of those of its parts, so what comes within the threshold
/// has parts that were within it.
struct LinkageComponents: PairSink {
    private var sets: DisjointSets

    init(count: Int) {
        sets = DisjointSets(count: count)
    }

    mutating func take(_ pairs: UnsafeBufferPointer<VectorPair>) {
        for pair in pairs { sets.join(Int(pair.first), Int(pair.second)) }
    }

    mutating func needs(rows: Range<Int>, columns: Range<Int>) -> Bool {
        let root = sets.root(of: rows.lowerBound)
        for row in rows where sets.root(of: row) != root { return true }
        for column in columns where sets.root(of: column) != root { return true }
        return false
    }

    /// The components of at least two groups: the largest first, the one with the lowest member first where two are as
    /// large. Members ascend.
    mutating func members(count: Int) -> [[Int]] {
        var places: [Int: Int] = [:]
        var components: [[Int]] = []
        for index in 0..<count {
            let root = sets.root(of: index)
            if let place = places[root] {
                components[place].append(index)
            } else {
                places[root] = components.count
                components.append([index])
            }
        }
        return components.filter { $0.count > 1 }.sorted { ($1.count, $0[0]) < ($0.count, $1[0]) }
    }
}
