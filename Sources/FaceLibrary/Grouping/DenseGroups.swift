import FaceClustering
import FaceCore

/// Groups by DBSCAN or HDBSCAN: all strong faces are clustered afresh; an atom of several faces, such as a person, goes as
/// a whole with the cluster that holds most of them, so that a person who lies in two clusters does not chain them together.
struct DenseGroups {
    let scene: GroupingScene

    /// The groups of atoms, and single faces that the algorithm left alone. A person whom it left alone is a group.
    func groups(of atoms: [GroupingScene.Atom]) -> (groups: [FaceGroup], noise: [Int]) {
        let strong = atoms.flatMap(\.members).filter { !scene.faces[$0].isWeak }.sorted()
        let labels = algorithm.cluster(scene.vectors.selecting(strong))
        let labelOfFace = Dictionary(uniqueKeysWithValues: zip(strong, labels))
        var clusters: [Int: [GroupingScene.Atom]] = [:]
        var alone: [GroupingScene.Atom] = []
        var weak: [GroupingScene.Atom] = []
        var noise: [Int] = []
        for atom in atoms {
            if let home = home(of: atom, labelOfFace) {
                clusters[home, default: []].append(atom)
            } else if atom.person != nil {
                alone.append(atom)
            } else if scene.isWeak(atom.members) {
                weak.append(atom)
            } else {
                noise += atom.members
            }
        }
        let linkage = AtomLinkage(scene: scene, threshold: .infinity)
        let groups = clusters.sorted { $0.key < $1.key }.flatMap { _, atoms in
            linkage.cut([Array(atoms.indices)], of: atoms).map { $0.map { atoms[$0] } }
        }
        var seating = Seating(scene: scene, groups: groups)
        let left = seating.seat(weak, by: nearest(weak, among: groups), pastPhotos: true)
        return ((seating.groups + left.map { [weak[$0]] } + alone.map { [$0] }).map(FaceGroup.init), noise)
    }

    /// The cluster of most of an atom's faces. The lowest label wins a tie, so that the result does not depend on the order
    /// of a dictionary.
    private func home(of atom: GroupingScene.Atom, _ labels: [Int: Int?]) -> Int? {
        var votes: [Int: Int] = [:]
        for member in atom.members {
            if let label = labels[member] ?? nil { votes[label, default: 0] += 1 }
        }
        return votes.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }

    /// A weak face may join the group of a strong one that is as near as neighbours within that group are: eps for
    /// DBSCAN, else the largest distance of one of its faces to the nearest other.
    private func nearest(
        _ weak: [GroupingScene.Atom], among groups: [[GroupingScene.Atom]]
    ) -> [[LinkageIndex<Int>.Match]] {
        var found = [[LinkageIndex<Int>.Match]](repeating: [], count: weak.count)
        guard !weak.isEmpty else { return found }
        for (index, group) in groups.enumerated() {
            let strong = group.flatMap(\.members).filter { !scene.faces[$0].isWeak }
            guard !strong.isEmpty else { continue }
            var flat = FlatVectorIndex<Int>(dimension: scene.vectors.dimension, metric: scene.options.metric)
            for face in strong { flat.add(scene.vectors[face], for: face) }
            let reach: Double
            if scene.options.algorithm == .dbscan {
                reach = scene.options.eps
            } else {
                reach = strong.compactMap { flat.search(scene.vectors[$0], limit: 2).last?.distance }.max() ?? 0
            }
            for atom in weak.indices {
                guard let face = weak[atom].members.first,
                    let match = flat.search(scene.vectors[face], limit: 1, within: reach).first
                else { continue }
                found[atom].append(.init(key: index, dissimilarity: match.distance))
            }
        }
        return found
    }

    private var algorithm: any ClusteringAlgorithm {
        let options = scene.options
        return switch options.algorithm {
        case .hdbscan:
            HDBSCAN(
                minClusterSize: max(options.minSamples, 2), minSamples: max(options.minSamples, 2),
                clusterSelectionEpsilon: options.eps, metric: options.metric)
        case .dbscan, .average:
            DBSCAN(eps: options.eps, minSamples: options.minSamples, metric: options.metric)
        }
    }
}
