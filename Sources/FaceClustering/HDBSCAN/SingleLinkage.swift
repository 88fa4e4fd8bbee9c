/// The hierarchy of a spanning tree: its edges joined from the shortest to the longest.
struct SingleLinkage: Sendable {
    /// Nodes below `vectorCount` are vectors; merge number i makes node `vectorCount + i`.
    struct Merge: Sendable {
        var left: Int
        var right: Int
        var distance: Double
        var size: Int
    }

    let merges: [Merge]
    var vectorCount: Int { merges.count + 1 }

    init(edges: [SpanningEdge]) {
        let vectorCount = edges.count + 1
        // The node that stands for a vector's group at the moment, by the group's root.
        var sets = DisjointSets(count: vectorCount)
        var nodes = Array(0..<vectorCount)
        var merges: [Merge] = []
        merges.reserveCapacity(edges.count)
        func size(_ node: Int) -> Int { node < vectorCount ? 1 : merges[node - vectorCount].size }
        for index in PortableSortOrder.indices(sorting: edges.map(\.length)) {
            let edge = edges[index]
            let left = nodes[sets.root(of: edge.first)]
            let right = nodes[sets.root(of: edge.second)]
            merges.append(Merge(left: left, right: right, distance: edge.length, size: size(left) + size(right)))
            sets.join(edge.first, edge.second)
            nodes[sets.root(of: edge.first)] = vectorCount + merges.count - 1
        }
        self.merges = merges
    }

    func children(of node: Int) -> Merge? {
        node < vectorCount ? nil : merges[node - vectorCount]
    }

    func size(of node: Int) -> Int {
        children(of: node)?.size ?? 1
    }

    /// A node and all below it, level by level.
    func descendants(of root: Int) -> [Int] {
        var nodes = [root]
        var next = 0
        while next < nodes.count {
            if let merge = children(of: nodes[next]) { nodes += [merge.left, merge.right] }
            next += 1
        }
        return nodes
    }
}
