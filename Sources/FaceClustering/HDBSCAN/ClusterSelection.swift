/// Picks the clusters of a condensed tree that become groups, and says which vector is in which.
struct ClusterSelection: Sendable {
    var method: HDBSCAN.SelectionMethod
    var epsilon: Double
    var allowsSingleCluster: Bool
    var maxClusterSize: Int?

    /// For each vector the name of its cluster, or nil.
    func labels(of tree: CondensedTree) -> [Int?] {
        let clusters = ClusterNodes(tree)
        let selected: Set<Int>
        switch method {
        case .excessOfMass: selected = selectByMass(tree, clusters)
        case .leaf:
            let leaves = clusters.leaves()
            selected = epsilon == 0 ? leaves : mergeCloserThanEpsilon(leaves, clusters)
        }
        return labels(of: tree, clusters: clusters, selected: selected)
    }

    /// From the deepest clusters upwards: a cluster is kept when it outweighs the best choice among those below it.
    private func selectByMass(_ tree: CondensedTree, _ clusters: ClusterNodes) -> Set<Int> {
        var stabilities = tree.stabilities()
        var isSelected = Array(repeating: true, count: stabilities.count)
        isSelected[0] = allowsSingleCluster
        for index in stabilities.indices.reversed() where index > 0 || allowsSingleCluster {
            let node = tree.root + index
            let children = clusters.children(of: node)
            let below = children.reduce(0.0) { $0 + stabilities[$1 - tree.root] }
            let isTooLarge = maxClusterSize.map { clusters.size(of: node) > $0 } ?? false
            if below > stabilities[index] || isTooLarge {
                isSelected[index] = false
                stabilities[index] = below
            } else {
                for other in clusters.below(node) { isSelected[other - tree.root] = false }
            }
        }
        let selected = Set(isSelected.indices.filter { isSelected[$0] }.map { $0 + tree.root })
        guard epsilon != 0, !clusters.isEmpty, selected != [tree.root] else { return selected }
        return mergeCloserThanEpsilon(selected, clusters)
    }

    /// Replaces clusters that came to be at a distance below epsilon by the first above them that did not.
    private func mergeCloserThanEpsilon(_ candidates: Set<Int>, _ clusters: ClusterNodes) -> Set<Int> {
        var selected: Set<Int> = []
        var covered: Set<Int> = []
        for candidate in candidates.sorted() {
            guard clusters.birthDistance(of: candidate) < epsilon else {
                selected.insert(candidate)
                continue
            }
            guard !covered.contains(candidate) else { continue }
            let ancestor = ancestorBeyondEpsilon(of: candidate, clusters)
            selected.insert(ancestor)
            covered.formUnion(clusters.below(ancestor))
        }
        return selected
    }

    private func ancestorBeyondEpsilon(of cluster: Int, _ clusters: ClusterNodes) -> Int {
        var cluster = cluster
        while true {
            let parent = clusters.parent(of: cluster)
            if parent == clusters.root { return allowsSingleCluster ? parent : cluster }
            if clusters.birthDistance(of: parent) > epsilon { return parent }
            cluster = parent
        }
    }

    private func labels(of tree: CondensedTree, clusters: ClusterNodes, selected: Set<Int>) -> [Int?] {
        // Where everything is one group, the vectors that left it early are noise.
        var rootIsGroupFrom = Double.infinity
        let rootIsOnlyGroup = allowsSingleCluster && selected == [tree.root]
        if rootIsOnlyGroup {
            let densities = tree.departures.lazy.filter { $0.parent == tree.root }.map(\.density)
            rootIsGroupFrom = epsilon != 0 ? 1 / epsilon : densities.max() ?? .infinity
        }
        var labels: [Int?] = Array(repeating: nil, count: tree.vectorCount)
        for departure in tree.departures where departure.child < tree.vectorCount {
            var cluster = departure.parent
            while cluster != tree.root, !selected.contains(cluster) { cluster = clusters.parent(of: cluster) }
            if cluster != tree.root || (rootIsOnlyGroup && departure.density >= rootIsGroupFrom) {
                labels[departure.child] = cluster
            }
        }
        return labels
    }
}

/// The clusters of a condensed tree, without the vectors.
private struct ClusterNodes {
    let root: Int
    private var parents: [Int]
    private var births: [Double]
    private var sizes: [Int]
    private var children: [[Int]]

    init(_ tree: CondensedTree) {
        let count = tree.clusterEnd - tree.root
        root = tree.root
        parents = Array(repeating: tree.root, count: count)
        births = Array(repeating: 0, count: count)
        sizes = Array(repeating: 0, count: count)
        children = Array(repeating: [], count: count)
        for departure in tree.departures where departure.child >= tree.vectorCount {
            let index = departure.child - root
            parents[index] = departure.parent
            births[index] = departure.density
            sizes[index] = departure.size
            children[departure.parent - root].append(departure.child)
        }
        sizes[0] = children[0].reduce(0) { $0 + sizes[$1 - root] }
    }

    /// There is nothing but the root.
    var isEmpty: Bool { children[0].isEmpty }

    func parent(of cluster: Int) -> Int { parents[cluster - root] }
    func children(of cluster: Int) -> [Int] { children[cluster - root] }
    func size(of cluster: Int) -> Int { sizes[cluster - root] }

    /// The distance at which the cluster parted from its sibling.
    func birthDistance(of cluster: Int) -> Double { 1 / births[cluster - root] }

    /// All clusters under one.
    func below(_ cluster: Int) -> [Int] {
        var found = children(of: cluster)
        var next = 0
        while next < found.count {
            found += children(of: found[next])
            next += 1
        }
        return found
    }

    /// The clusters that do not split further; none when there is nothing but the root.
    func leaves() -> Set<Int> {
        Set(children.indices.filter { children[$0].isEmpty && $0 > 0 }.map { $0 + root })
    }
}
