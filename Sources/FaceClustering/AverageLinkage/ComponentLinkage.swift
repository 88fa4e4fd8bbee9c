import Synchronization

/// Merges within components, each by itself.
struct ComponentLinkage: Sendable {
    let start: StartingGroups
    let components: [[Int]]
    let threshold: Double
    let pairLimit: Int
    private let constraints: [MergeConstraints]

    /// From this size on a component is worked on by all threads, below by one.
    private static let sharedSize = 1024

    /// - Parameter components: the largest first; no pair of two of them may come within the threshold.
    init(
        start: StartingGroups, constraints: MergeConstraints, components: [[Int]], threshold: Double, pairLimit: Int
    ) {
        self.start = start
        self.components = components
        self.threshold = threshold
        self.pairLimit = pairLimit
        self.constraints = constraints.divided(among: components, count: start.count)
    }

    /// All merges; those of one component stand together, each after those that made its parts.
    func run(threads: Int) -> [NearestNeighbourChain.Found] {
        let shared = components.firstIndex { $0.count < Self.sharedSize } ?? components.count
        let found = Mutex(Array(repeating: [NearestNeighbourChain.Found](), count: components.count))
        for component in 0..<shared {
            let merges = merges(of: component, threads: threads)
            found.withLock { $0[component] = merges }
        }
        ParallelLoop.run(parts: components.count - shared, threads: threads) { part in
            let merges = merges(of: shared + part, threads: 1)
            found.withLock { $0[shared + part] = merges }
        }
        return found.withLock { Array($0.joined()) }
    }

    private func merges(of component: Int, threads: Int) -> [NearestNeighbourChain.Found] {
        let members = components[component]
        let found: [NearestNeighbourChain.Found]
        if members.count <= pairLimit || start.dissimilarity == .euclidean {
            var groups = PairGroups(members, of: start, constraints: constraints[component], threads: threads)
            found = NearestNeighbourChain.merges(of: &groups, threshold: threshold)
        } else {
            var groups = MeanGroups(
                members, of: start, constraints: constraints[component], threshold: threshold, threads: threads)
            found = NearestNeighbourChain.merges(of: &groups, threshold: threshold)
        }
        return found.map { (members[$0.first], members[$0.second], $0.dissimilarity) }
    }
}

extension MergeConstraints {
    /// What holds within each of some disjoint sets of groups, with the groups named by their places there.
    fileprivate func divided(among sets: [[Int]], count: Int) -> [MergeConstraints] {
        precondition(anchors.isEmpty || anchors.count == count, "one anchor for each group")
        var setOf = Array(repeating: -1, count: count)
        var placeOf = Array(repeating: 0, count: count)
        for (set, members) in sets.enumerated() {
            for (place, member) in members.enumerated() { (setOf[member], placeOf[member]) = (set, place) }
        }
        var divided = sets.map { members in
            MergeConstraints(anchors: anchors.isEmpty ? [] : members.map { anchors[$0] })
        }
        for pair in separated {
            precondition(
                pair.first != pair.second && setOf.indices.contains(pair.first) && setOf.indices.contains(pair.second),
                "a separated pair names two different groups")
            let set = setOf[pair.first]
            guard set >= 0, set == setOf[pair.second] else { continue }
            divided[set].separated.append(Pair(placeOf[pair.first], placeOf[pair.second]))
        }
        return divided
    }
}
