import FaceClustering
import FaceCore

/// Groups by average linkage: the neighbourhood of the new faces is linked anew, everybody else stays as they are.
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
            let isHeld = atom.person.map(scene.held.contains) ?? false
            if scene.isWeak(atom.members) && !isHeld { weak.append(atom) } else { atoms.append(atom) }
        }
        for person in neighbourhood.people {
            if neighbourhood.dissolved.contains(person) {
                for member in scene.members[person] ?? [] { add(.init(members: [member])) }
            } else {
                add(scene.atom(of: person))
            }
        }
        for face in scene.loose { add(.init(members: [face])) }
        let linked = AtomLinkage(scene: scene, threshold: threshold).groups(of: atoms).map { $0.map { atoms[$0] } }
        return FaceAdoption(scene: scene).groups(from: linked, weak: weak).map(FaceGroup.init)
    }
}
