import FaceClustering
import FaceCore
import FaceStore

/// All faces of a library grouped from scratch, within what users said: a pure function.
///
/// The faces that users placed with a person stay together, and whoever was told apart from a face or from somebody else
/// stays as she is. All other faces are dealt out anew; two settled people never become one.
struct DraftGrouping {
    let scene: GroupingScene

    /// The groups, and faces that fit nobody.
    func groups() -> (groups: [FaceGroup], noise: [Int]) {
        let atoms = atoms()
        switch scene.options.algorithm {
        case .average:
            let all = LinkedGroups(scene: scene)
                .groups(of: atoms.filter { !isLooseAndWeak($0) }, weak: atoms.filter(isLooseAndWeak))
            return (all.flatMap(apart), [])
        case .dbscan, .hdbscan:
            let (groups, noise) = DenseGroups(scene: scene).groups(of: atoms)
            let parted = groups.flatMap(apart)
            guard scene.options.minSamples == 1 else { return (parted, noise) }
            return (parted + noise.map { FaceGroup(members: [$0]) }, [])
        }
    }

    private func isLooseAndWeak(_ atom: GroupingScene.Atom) -> Bool {
        atom.person == nil && scene.isWeak(atom.members)
    }

    private func atoms() -> [GroupingScene.Atom] {
        var atoms: [GroupingScene.Atom] = []
        for (person, members) in scene.members.sorted(by: { $0.key < $1.key }) {
            let isBound = scene.bound.contains(person)
            guard !isBound else {
                atoms.append(scene.standingAtom(of: person))
                continue
            }
            let together = members.filter { scene.faces[$0].isPlacedByUser }
            if !together.isEmpty { atoms.append(.init(members: together, person: person)) }
            for member in members where !scene.faces[member].isPlacedByUser { atoms.append(.init(members: [member])) }
        }
        return atoms + scene.loose.map { .init(members: [$0]) }
    }

    /// Takes a group apart that holds most of several settled people: each keeps what she has there, and every other face
    /// goes with the nearest of them.
    private func apart(_ group: FaceGroup) -> [FaceGroup] {
        var counts: [PersonID: [Int]] = [:]
        for member in group.members {
            if let person = scene.faces[member].person, scene.settled.contains(person) {
                counts[person, default: []].append(member)
            }
        }
        let home = counts.filter { 2 * $0.value.count > scene.members[$0.key]?.count ?? 0 }
        guard home.count > 1 else { return [group] }
        let taken = Set(home.values.joined())
        let atoms =
            home.sorted { $0.key < $1.key }.map { GroupingScene.Atom(members: $0.value, person: $0.key) }
            + group.members.filter { !taken.contains($0) }.map { .init(members: [$0]) }
        return AtomLinkage(scene: scene, threshold: .infinity).cut([Array(atoms.indices)], of: atoms).map { part in
            FaceGroup(part.map { atoms[$0] })
        }
    }
}
