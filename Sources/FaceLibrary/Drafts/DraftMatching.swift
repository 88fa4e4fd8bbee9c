import FaceCore
import FaceStore

/// Which group of a draft continues which person: names are carried over by overlap, as `PersonSuccession` does it.
struct DraftMatching {
    let scene: GroupingScene

    /// Every face of the scene that takes part, each once: with the person whom its group continues, in a new person, or
    /// with nobody.
    func placement(of groups: [FaceGroup], noise: [Int], model: ModelID) -> DraftPlacement {
        let succession = PersonSuccession(scene: scene)
        let heirs = succession.heirs(of: groups)
        var placement = DraftPlacement(groups: [], unknown: noise.map { scene.faces[$0].id }, model: model)
        for (group, person) in zip(groups, heirs) {
            let faces = group.members.map { scene.faces[$0].id }
            if person != nil || succession.isPerson(group) {
                placement.groups.append(.init(person: person, faces: faces))
            } else {
                placement.unknown += faces
            }
        }
        placement.unknown.sort()
        return placement
    }
}
