/// Where a nearest-neighbour chain gets its dissimilarities from, and what it tells of merges.
protocol ChainedGroups {
    /// How many groups there were at first; they are named 0 ..< count.
    var initialCount: Int { get }

    /// The group with the least dissimilarity to this one, or nil when it may merge with none. Of several, `preferred`
    /// if it is one of them, else the lowest.
    mutating func nearest(to group: Int, preferred: Int?) -> (group: Int, dissimilarity: Double)?

    /// The first group becomes part of the second, which keeps its name.
    mutating func merge(_ gone: Int, into kept: Int)

    /// No group will ask for this one any more.
    mutating func retire(_ group: Int)
}

/// Agglomerates groups by following nearest neighbours until two are each other's (Benzécri 1982; Müllner 2011,
/// arXiv:1109.2378): the same merges as taking the closest pair of all each time, in O(n) searches.
///
/// This holds for average linkage since it is *reducible*: a merged group is no nearer to a third than the nearer of
/// its parts was. A forbidden pair counts as infinitely dissimilar and passes that on to the merged group, which keeps it
/// reducible. So a group whose nearest is beyond the threshold is done for good, and leaves the search at once.
enum NearestNeighbourChain {
    typealias Found = (first: Int, second: Int, dissimilarity: Double)

    /// All merges of dissimilarity at most `threshold`, each after those that made its parts.
    static func merges<Groups: ChainedGroups>(of groups: inout Groups, threshold: Double) -> [Found] {
        var found: [Found] = []
        var isActive = Array(repeating: true, count: groups.initialCount)
        // The dissimilarity at which a group came to be: a merge is never reported below that of its parts, which
        // rounding could otherwise cause.
        var height = Array(repeating: 0.0, count: groups.initialCount)
        var chain: [Int] = []
        var start = 0
        while true {
            if chain.isEmpty {
                while start < isActive.count, !isActive[start] { start += 1 }
                guard start < isActive.count else { return found }
                chain.append(start)
            }
            guard let tip = chain.last else { continue }
            let previous = chain.count > 1 ? chain[chain.count - 2] : nil
            let nearest = groups.nearest(to: tip, preferred: previous)
            guard let nearest, nearest.dissimilarity <= threshold else {
                chain.removeLast()
                isActive[tip] = false
                groups.retire(tip)
                continue
            }
            guard nearest.group == previous else {
                // Only rounding can lead back into the chain; what lies behind is then asked again.
                if let position = chain.firstIndex(of: nearest.group) {
                    chain.removeSubrange((position + 1)...)
                } else {
                    chain.append(nearest.group)
                }
                continue
            }
            chain.removeLast(2)
            let (gone, kept) = (min(tip, nearest.group), max(tip, nearest.group))
            groups.merge(gone, into: kept)
            isActive[gone] = false
            height[kept] = max(nearest.dissimilarity, height[kept], height[gone])
            found.append((gone, kept, height[kept]))
        }
    }
}
