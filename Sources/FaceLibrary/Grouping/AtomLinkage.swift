import FaceClustering
import FaceCore
import FaceStore

/// Average linkage over atoms, within what users said and with faces on one photo kept apart.
///
/// Two kinds of constraint work differently. What a user said *diverts*: a face that is not her goes to the next who is
/// near enough. Faces on one photo only *cut*: groups are first formed as if they were on different photos, and a group with
/// two faces of one photo is then taken apart by itself (`SharedPhotos`). If they diverted too, every face of a collage
/// (one person many times on a photo) would be driven to strangers, as its own kind is taken.
struct AtomLinkage {
    let scene: GroupingScene
    /// The largest mean dissimilarity of two groups that become one, in the unit of the scene's dissimilarity.
    let threshold: Double

    /// Atoms in groups. Those of a group are in ascending order, groups in the order of their first atom but for those that
    /// were taken apart, which stand together.
    struct Outcome {
        var groups: [[Int]] = []
        /// Atoms that nobody is near to: neither constraints nor a photo keep them alone.
        var lone: Set<Int> = []
    }

    func groups(of atoms: [GroupingScene.Atom]) -> Outcome {
        let told = ToldApart(scene: scene, atoms: atoms)
        let free = linked(atoms, Array(atoms.indices), separated: told.pairs)
        return Outcome(
            groups: free.flatMap { cut($0, of: atoms, told: told) },
            lone: Set(free.filter { $0.count == 1 }.joined()))
    }

    /// Takes groups apart where faces of one photo, settled people, or what users told apart are in them; with an infinite
    /// threshold all stays together that may.
    func cut(_ groups: [[Int]], of atoms: [GroupingScene.Atom]) -> [[Int]] {
        let told = ToldApart(scene: scene, atoms: atoms)
        return groups.flatMap { cut($0, of: atoms, told: told) }
    }

    private func cut(_ group: [Int], of atoms: [GroupingScene.Atom], told: ToldApart) -> [[Int]] {
        guard group.count > 1 else { return [group] }
        let told = told.pairs(within: group)
        let anchors = Set(group.compactMap { atoms[$0].person }.filter(scene.settled.contains))
        // Of a photo on which a group has several faces the one that is most like the others stays; the rest is looked at
        // again, as it may be somebody too.
        var left = group
        var cores: [[Int]] = []
        while true {
            let photos = SharedPhotos(scene: scene, atoms: atoms, group: left)
            guard told.isEmpty, anchors.count <= 1, photos.areFew else {
                let pairs = told + photos.pairs
                guard !pairs.isEmpty || anchors.count > 1 else { return cores + [left] }
                return cores + linked(atoms, left, separated: pairs)
            }
            let (core, rest) = photos.core(of: atoms, left)
            cores.append(core)
            if rest.isEmpty { return cores }
            left = rest
        }
    }

    /// - Parameter separated: by position in `chosen`.
    private func linked(
        _ atoms: [GroupingScene.Atom], _ chosen: [Int], separated: [MergeConstraints.Pair]
    ) -> [[Int]] {
        guard !chosen.isEmpty else { return [] }
        let linkage = AverageLinkage(threshold: threshold, dissimilarity: scene.dissimilarity)
        // A settled person is an anchor: linkage never brings two different ones together.
        let anchors = chosen.map { index in
            atoms[index].person.flatMap { scene.settled.contains($0) ? Int($0.rawValue) : nil }
        }
        let merging = linkage.merge(
            groups: chosen.map { scene.group(atoms[$0]) },
            constraints: MergeConstraints(anchors: anchors, separated: separated))
        var groups: [[Int]] = []
        for (index, group) in zip(chosen, merging.groupOf) {
            if group == groups.count { groups.append([]) }
            groups[group].append(index)
        }
        return groups
    }
}
