import FaceClustering
import FaceCore

/// Faces that find their place when the groups of linkage stand: they join a group and change nothing else, so they
/// neither found one nor bring two together. They are strong faces that linkage left alone, which a group takes in whose
/// centre they are near (see `AdoptingLinkage`), and weak ones, for which nearness on average is enough as well.
struct FaceAdoption {
    let scene: GroupingScene

    /// Adds what finds a place; weak atoms that no group takes make a group each.
    ///
    /// - Parameters:
    ///   - linked: groups of strong atoms.
    ///   - weak: atoms with weak faces only.
    func groups(from linked: [[GroupingScene.Atom]], weak: [GroupingScene.Atom]) -> [[GroupingScene.Atom]] {
        let lone = linked.indices.filter { isLone(linked[$0]) }
        guard !lone.isEmpty || !weak.isEmpty else { return linked }
        var index = LinkageIndex<Int>(dimension: scene.vectors.dimension, linkage: scene.linkage)
        for (number, group) in linked.enumerated() {
            index.set(scene.group(group.flatMap(\.members)), for: number)
        }
        var seating = Seating(scene: scene, groups: linked)
        let strong = lone.flatMap { linked[$0] }
        let homeless = seating.seat(strong, by: index.adopters(of: strong.map(query), limit: index.count))
        let kept = Set(homeless.map { lone[$0] })
        for number in lone where !kept.contains(number) { seating.close(number) }
        var left = seating.seat(
            weak,
            by: index.nearest(to: weak.map(query), limit: index.count, within: scene.linkage.threshold)
        ).map { weak[$0] }
        left = seating.seat(left, by: index.adopters(of: left.map(query), limit: index.count)).map { left[$0] }
        return seating.groups.filter { !$0.isEmpty } + left.map { [$0] }
    }

    /// A strong face that linkage left alone, and that stands for nobody.
    private func isLone(_ group: [GroupingScene.Atom]) -> Bool {
        group.count == 1 && group[0].person == nil && group[0].members.count == 1
    }

    private func query(_ atom: GroupingScene.Atom) -> LinkageIndex<Int>.Query { .init(scene.group(atom.members)) }
}

/// Groups that take atoms in, as far as photos and what users said allow.
struct Seating {
    let scene: GroupingScene
    private(set) var groups: [[GroupingScene.Atom]]
    private var photos: [Set<PhotoID>]
    private var isOpen: [Bool]

    init(scene: GroupingScene, groups: [[GroupingScene.Atom]]) {
        self.scene = scene
        self.groups = groups
        photos = groups.map { Set($0.flatMap(\.members).map { scene.faces[$0].photo }) }
        isOpen = Array(repeating: true, count: groups.count)
    }

    /// Takes a group out whose atom has gone elsewhere.
    mutating func close(_ group: Int) {
        groups[group] = []
        isOpen[group] = false
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
        for offer in offers where !seated.contains(offer.atom) && isOpen[offer.group] {
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
