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

    /// Groups atoms; those of a group are in ascending order, groups in the order of their first atom.
    func groups(of atoms: [GroupingScene.Atom]) -> [[Int]] {
        let free = linked(atoms, Array(atoms.indices), separated: apart(atoms))
        return free.flatMap { cut($0, of: atoms) }
    }

    /// Takes a group apart where faces of one photo, settled people, or what users told apart are in it; with an infinite
    /// threshold all stays together that may.
    func cut(_ group: [Int], of atoms: [GroupingScene.Atom]) -> [[Int]] {
        guard group.count > 1 else { return [group] }
        let places = Dictionary(uniqueKeysWithValues: group.enumerated().map { ($1, $0) })
        let told = apart(atoms).compactMap { pair -> MergeConstraints.Pair? in
            guard let first = places[pair.first], let second = places[pair.second] else { return nil }
            return MergeConstraints.Pair(first, second)
        }
        let anchors = Set(group.compactMap { atoms[$0].person }.filter(scene.settled.contains))
        let photos = SharedPhotos(scene: scene, atoms: atoms, group: group)
        if told.isEmpty, anchors.count <= 1, photos.areFew {
            let (core, rest) = photos.core(of: atoms, group)
            return [core] + (rest.isEmpty ? [] : cut(rest, of: atoms))
        }
        let pairs = told + photos.pairs
        guard !pairs.isEmpty || anchors.count > 1 else { return [group] }
        return linked(atoms, group, separated: pairs)
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
            groups: chosen.map { scene.group(atoms[$0].members) },
            constraints: MergeConstraints(anchors: anchors, separated: separated))
        var groups: [[Int]] = []
        for (index, group) in zip(chosen, merging.groupOf) {
            if group == groups.count { groups.append([]) }
            groups[group].append(index)
        }
        return groups
    }

    /// Pairs of atoms that users told apart.
    private func apart(_ atoms: [GroupingScene.Atom]) -> [MergeConstraints.Pair] {
        let constraints = scene.constraints
        guard !constraints.separations.isEmpty || !constraints.rejections.isEmpty else { return [] }
        var atomOfPerson: [PersonID: Int] = [:]
        for (index, atom) in atoms.enumerated() {
            if let person = atom.person { atomOfPerson[person] = index }
        }
        var pairs: Set<MergeConstraints.Pair> = []
        for pair in constraints.separations {
            if let first = atomOfPerson[pair.lower], let second = atomOfPerson[pair.higher] {
                pairs.insert(.init(min(first, second), max(first, second)))
            }
        }
        for (index, atom) in atoms.enumerated() {
            for member in atom.members {
                for person in constraints.rejections[scene.faces[member].id] ?? [] {
                    guard let other = atomOfPerson[person], other != index else { continue }
                    pairs.insert(.init(min(index, other), max(index, other)))
                }
            }
        }
        return pairs.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
    }
}
