/// A hierarchy in which groups that lose fewer than `minClusterSize` vectors keep their name and just shrink.
struct CondensedTree: Sendable {
    /// A vector or a cluster that leaves its parent.
    struct Departure: Sendable {
        var parent: Int
        var child: Int
        /// The density at which it leaves: 1 / distance, infinite at distance 0.
        var density: Double
        var size: Int
    }

    /// Nodes below it are vectors, others clusters; it is the name of the root too. Parents have lower names than
    /// their children.
    let vectorCount: Int
    /// From the root downwards, level by level of the hierarchy.
    let departures: [Departure]
    /// One more than the highest name of a cluster.
    let clusterEnd: Int

    var root: Int { vectorCount }

    init(_ linkage: SingleLinkage, minClusterSize: Int) {
        let count = linkage.vectorCount
        let top = 2 * (count - 1)
        var names = Array(repeating: count, count: top + 1)
        var isGone = Array(repeating: false, count: top + 1)
        var departures: [Departure] = []
        var nextName = count + 1

        func leave(_ node: Int, parent: Int, density: Double) {
            for member in linkage.descendants(of: node) {
                isGone[member] = true
                if member < count {
                    departures.append(Departure(parent: parent, child: member, density: density, size: 1))
                }
            }
        }

        for node in linkage.descendants(of: top) where !isGone[node] {
            guard let merge = linkage.children(of: node) else { continue }
            let density = merge.distance > 0 ? 1 / merge.distance : .infinity
            let parent = names[node]
            let parts = [merge.left, merge.right]
            let large = parts.filter { linkage.size(of: $0) >= minClusterSize }
            for part in parts {
                if !large.contains(part) {
                    leave(part, parent: parent, density: density)
                } else if large.count == 1 {
                    names[part] = parent
                } else {
                    names[part] = nextName
                    departures.append(
                        Departure(parent: parent, child: nextName, density: density, size: linkage.size(of: part)))
                    nextName += 1
                }
            }
        }
        vectorCount = count
        self.departures = departures
        clusterEnd = nextName
    }

    /// For each cluster, from the root on, how much mass lasts how long: the sum over its departures of
    /// size · (density at which it leaves − density at which the cluster came to be).
    func stabilities() -> [Double] {
        var births = Array(repeating: 0.0, count: clusterEnd - root)
        for departure in departures where departure.child >= vectorCount {
            births[departure.child - root] = departure.density
        }
        var stabilities = Array(repeating: 0.0, count: clusterEnd - root)
        for departure in departures {
            stabilities[departure.parent - root] +=
                (departure.density - births[departure.parent - root]) * Double(departure.size)
        }
        return stabilities
    }
}
