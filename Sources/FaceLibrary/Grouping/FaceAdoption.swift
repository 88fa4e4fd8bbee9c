import FaceClustering
import FaceCore

/// Faces that find their place when the groups stand: what linkage left alone, and weak ones. They change nothing else, so
/// they neither found a group nor bring two together, and what is taken in counts in no mean.
///
/// A face that was left alone joins the group whose centre is nearest, as `AdoptingLinkage` has it. A weak one joins the group
/// that is near enough on average. What a mean asks and a centre does not: see docs/grouping.md.
struct FaceAdoption {
    let scene: GroupingScene
    /// The least count of a group that adopts.
    static let minimumCount = 3

    /// Adds what finds a place; atoms that no group takes make a group each.
    ///
    /// - Parameters:
    ///   - linked: groups of atoms that adopt.
    ///   - lone: atoms of one strong face that are near to nobody.
    ///   - weak: atoms with weak faces only.
    func groups(
        from linked: [[GroupingScene.Atom]], lone: [GroupingScene.Atom], weak: [GroupingScene.Atom]
    ) -> [[GroupingScene.Atom]] {
        guard !lone.isEmpty || !weak.isEmpty else { return linked }
        var index = LinkageIndex<Int>(dimension: scene.vectors.dimension, linkage: scene.linkage)
        for (number, group) in linked.enumerated() {
            index.set(VectorGroup(group.map(scene.group)), for: number)
        }
        var seating = Seating(scene: scene, groups: linked)
        let adopters = index.adopters(of: lone.map(query), limit: index.count, minimumCount: Self.minimumCount)
        let left = seating.seat(lone, by: adopters, pastPhotos: false)
        let alone = seating.open(left.map { lone[$0] })
        for (number, atom) in zip(alone, left.map { lone[$0] }) { index.set(scene.group(atom), for: number) }
        let near = index.nearest(to: weak.map(query), limit: index.count, within: scene.linkage.threshold)
        let waiting = seating.seat(weak, by: near, pastPhotos: true)
        return seating.groups + waiting.map { [weak[$0]] }
    }

    private func query(_ atom: GroupingScene.Atom) -> LinkageIndex<Int>.Query { .init(scene.group(atom)) }
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

    /// Makes a group of each atom.
    ///
    /// - Returns: the numbers of the groups.
    mutating func open(_ atoms: [GroupingScene.Atom]) -> Range<Int> {
        let first = groups.count
        groups += atoms.map { [$0] }
        photos += atoms.map { Set($0.members.map { scene.faces[$0].photo }) }
        return first..<groups.count
    }

    /// Gives each atom to the first group that was found for it and takes it, the nearest pair of all first.
    ///
    /// - Parameters:
    ///   - found: for each atom the groups that come into question.
    ///   - pastPhotos: whether an atom goes to the next group where its photo is in the nearest already. Else it stays alone:
    ///     its own kind is on its photo, and the others are strangers.
    /// - Returns: the atoms that no group took, by index.
    mutating func seat(
        _ atoms: [GroupingScene.Atom], by found: [[LinkageIndex<Int>.Match]], pastPhotos: Bool
    ) -> [Int] {
        var offers: [(dissimilarity: Double, atom: Int, group: Int)] = []
        for (atom, matches) in found.enumerated() {
            offers += matches.map { ($0.dissimilarity, atom, $0.key) }
        }
        offers.sort { $0 < $1 }
        var seated: Set<Int> = []
        var closed: Set<Int> = []
        for offer in offers where !seated.contains(offer.atom) && !closed.contains(offer.atom) {
            let atom = atoms[offer.atom]
            guard !groups[offer.group].contains(where: { scene.isApart($0, atom) }) else { continue }
            let own = atom.members.map { scene.faces[$0].photo }
            guard photos[offer.group].isDisjoint(with: own) else {
                if !pastPhotos { closed.insert(offer.atom) }
                continue
            }
            seated.insert(offer.atom)
            groups[offer.group].append(atom)
            photos[offer.group].formUnion(own)
        }
        return atoms.indices.filter { !seated.contains($0) }
    }
}
