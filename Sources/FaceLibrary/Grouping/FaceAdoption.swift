import FaceClustering
import FaceCore

/// Weak faces, which find their place when the groups of strong ones stand: they join a group that is near enough on
/// average and change nothing else, so they neither found a group nor bring two together.
struct FaceAdoption {
    let scene: GroupingScene

    /// Adds what finds a place; atoms that no group takes make a group each.
    ///
    /// - Parameters:
    ///   - linked: groups of strong atoms.
    ///   - weak: atoms with weak faces only.
    func groups(from linked: [[GroupingScene.Atom]], weak: [GroupingScene.Atom]) -> [[GroupingScene.Atom]] {
        guard !weak.isEmpty else { return linked }
        var index = LinkageIndex<Int>(dimension: scene.vectors.dimension, linkage: scene.linkage)
        for (number, group) in linked.enumerated() {
            index.set(scene.group(group.flatMap(\.members)), for: number)
        }
        var seating = Seating(scene: scene, groups: linked)
        let left = seating.seat(
            weak, by: index.nearest(to: weak.map(query), limit: index.count, within: scene.linkage.threshold))
        return seating.groups + left.map { [weak[$0]] }
    }

    private func query(_ atom: GroupingScene.Atom) -> LinkageIndex<Int>.Query { .init(scene.group(atom.members)) }
}

/// Groups that take atoms in, as far as photos and what users said allow.
struct Seating {
    let scene: GroupingScene
    private(set) var groups: [[GroupingScene.Atom]]
    private var photos: [Set<PhotoID>]

    init(scene: GroupingScene, groups: [[GroupingScene.Atom]]) {
        self.scene = scene
        self.groups = groups
        photos = groups.map { Set($0.flatMap(\.members).map { scene.faces[$0].photo }) }
    }

    /// Gives each atom to the first group that was found for it and takes it, the nearest pair of all first.
    ///
    /// - Parameter found: for each atom the groups that come into question.
    /// - Returns: the atoms that no group took, by index.
    mutating func seat(_ atoms: [GroupingScene.Atom], by found: [[LinkageIndex<Int>.Match]]) -> [Int] {
        var offers: [(dissimilarity: Double, atom: Int, group: Int)] = []
        for (atom, matches) in found.enumerated() {
            offers += matches.map { ($0.dissimilarity, atom, $0.key) }
        }
        offers.sort { $0 < $1 }
        var seated: Set<Int> = []
        for offer in offers where !seated.contains(offer.atom) {
            let atom = atoms[offer.atom]
            let own = atom.members.map { scene.faces[$0].photo }
            guard photos[offer.group].isDisjoint(with: own),
                !groups[offer.group].contains(where: { scene.isApart($0, atom) })
            else { continue }
            seated.insert(offer.atom)
            groups[offer.group].append(atom)
            photos[offer.group].formUnion(own)
        }
        return atoms.indices.filter { !seated.contains($0) }
    }
}
