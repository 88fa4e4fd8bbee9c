import FaceClustering
import FaceCore

/// Groups by average linkage with adoption: the neighbourhood of the new faces is linked anew, everybody else stays as they
/// are.
struct LinkedGroups {
    let scene: GroupingScene
    var threshold: Double { scene.options.eps }

    /// The groups that faces in question ended up in; people who are not in one stay as they are.
    func groups(comparingEverybody: Bool) -> [FaceGroup] {
        let neighbourhood = PersonNeighbourhood(
            of: scene, in: scene.index(), threshold: threshold, everybody: comparingEverybody)
        var atoms: [GroupingScene.Atom] = []
        var weak: [GroupingScene.Atom] = []
        func add(_ atom: GroupingScene.Atom) {
            // A person with nothing but weak faces can be joined when a user stands for her; else she can only join.
            if scene.isWeak(atom.members) && !scene.isHeld(atom) { weak.append(atom) } else { atoms.append(atom) }
        }
        for person in neighbourhood.people {
            if neighbourhood.dissolved.contains(person) {
                for member in scene.members[person] ?? [] { add(.init(members: [member])) }
            } else {
                add(scene.standingAtom(of: person))
            }
        }
        for face in scene.loose { add(.init(members: [face])) }
        return groups(of: atoms, weak: weak)
    }

    /// Groups atoms; what is left alone, and weak ones, are then taken in by groups that are near enough.
    ///
    /// - Parameter weak: atoms with weak faces only.
    func groups(of atoms: [GroupingScene.Atom], weak: [GroupingScene.Atom]) -> [FaceGroup] {
        let outcome = AtomLinkage(scene: scene, threshold: threshold).groups(of: atoms)
        var linked: [[GroupingScene.Atom]] = []
        var lone: [GroupingScene.Atom] = []
        for group in outcome.groups {
            let atom = atoms[group[0]]
            if outcome.lone.contains(group[0]), atom.members.count == 1, !scene.isHeld(atom) {
                lone.append(atom)
            } else {
                linked.append(group.map { atoms[$0] })
            }
        }
        return FaceAdoption(scene: scene).groups(from: linked, lone: lone, weak: weak).map(FaceGroup.init)
    }
}
