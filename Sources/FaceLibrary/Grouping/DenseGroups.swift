import FaceClustering
import FaceCore

/// Groups by DBSCAN or HDBSCAN: all strong faces are clustered afresh; a person goes, as a whole, with the cluster that
/// holds most of her faces, so that a person who lies in two clusters does not chain them together.
struct DenseGroups {
    let scene: GroupingScene

    /// The groups of all faces, and the faces that the algorithm left alone.
    func groups() -> (groups: [FaceGroup], noise: [Int]) {
        let strong = scene.faces.indices.filter { !scene.faces[$0].isWeak && isInQuestion($0) }
        let labels = algorithm.cluster(scene.vectors.selecting(strong))
        let people = homes(of: strong, labels)
        var clusters: [Int: [GroupingScene.Atom]] = [:]
        for (person, label) in people.sorted(by: { $0.key < $1.key }) {
            clusters[label, default: []].append(scene.atom(of: person))
        }
        var noise: [Int] = []
        for (face, label) in zip(strong, labels) where scene.faces[face].person == nil {
            if let label {
                clusters[label, default: []].append(.init(members: [face]))
            } else {
                noise.append(face)
            }
        }
        let linkage = AtomLinkage(scene: scene, threshold: .infinity)
        let groups = clusters.sorted { $0.key < $1.key }.flatMap { _, atoms in
            linkage.cut(Array(atoms.indices), of: atoms, threshold: .infinity).map { $0.map { atoms[$0] } }
        }
        let weak = scene.loose.filter { scene.faces[$0].isWeak }.map { GroupingScene.Atom(members: [$0]) }
        let candidates = nearest(weak, among: groups)
        let all = WeakFaces(scene: scene).joined(weak, to: groups, by: candidates)
        return (all.map(FaceGroup.init), noise)
    }

    private func isInQuestion(_ face: Int) -> Bool {
        scene.faces[face].person != nil || !scene.faces[face].isPlacedByUser
    }

    /// The cluster of each person. The lowest label wins a tie, so that the result does not depend on the order of a
    /// dictionary.
    private func homes(of strong: [Int], _ labels: [Int?]) -> [PersonID: Int] {
        var votes: [PersonID: [Int: Int]] = [:]
        for (face, label) in zip(strong, labels) {
            guard let person = scene.faces[face].person, let label else { continue }
            votes[person, default: [:]][label, default: 0] += 1
        }
        return votes.compactMapValues { counts in
            counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) })?.key
        }
    }

    /// A weak face may join the group of a strong one that is as near as neighbours within that group are: eps for
    /// DBSCAN, else the largest distance of one of its faces to the nearest other.
    private func nearest(
        _ weak: [GroupingScene.Atom], among groups: [[GroupingScene.Atom]]
    ) -> [WeakFaces.Candidate] {
        guard !weak.isEmpty else { return [] }
        var candidates: [WeakFaces.Candidate] = []
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
                candidates.append(.init(atom: atom, group: index, dissimilarity: match.distance))
            }
        }
        return candidates
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
