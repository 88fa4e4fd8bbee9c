/// What came of merging groups.
public struct Merging: Sendable, Hashable {
    /// For each input group the index of its resulting group, numbered in the order of first appearance.
    public let groupOf: [Int]
    /// The merges, least dissimilarity first. Every merge stands after those that made its parts.
    public let merges: [Merge]

    /// The number of resulting groups.
    public var groupCount: Int { groupOf.count - merges.count }

    /// Two groups became one.
    public struct Merge: Sendable, Hashable {
        /// The lowest input index of the one part; less than `second`.
        public let first: Int
        /// The lowest input index of the other part.
        public let second: Int
        /// The mean dissimilarity between the two parts.
        public let dissimilarity: Double
        /// How many vectors the whole has.
        public let count: Int
    }

    /// Puts merges in order and follows them.
    ///
    /// - Parameter found: merges as pairs of any two members, each after those that made its parts.
    init(inputCount: Int, found: [(first: Int, second: Int, dissimilarity: Double)], counts: [Int]) {
        // Stable, as the standard library's sort is: a merge of equal dissimilarity stays behind what made its parts.
        let ordered = found.sorted { $0.dissimilarity < $1.dissimilarity }
        var sets = DisjointSets(count: inputCount)
        var lowest = Array(0..<inputCount)
        var counts = counts
        merges = ordered.map { merge in
            let (left, right) = (sets.root(of: merge.first), sets.root(of: merge.second))
            let (low, high) = (min(lowest[left], lowest[right]), max(lowest[left], lowest[right]))
            let total = counts[left] + counts[right]
            sets.join(left, right)
            let root = sets.root(of: left)
            lowest[root] = low
            counts[root] = total
            return Merge(first: low, second: high, dissimilarity: merge.dissimilarity, count: total)
        }
        groupOf = (0..<inputCount).map { Optional(sets.root(of: $0)) }.numberedByFirstAppearance().compactMap { $0 }
    }
}
