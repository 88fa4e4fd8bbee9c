import FaceClustering
import FaceCore

/// Who may have to do with new faces: people near to one of them, and people near to those.
///
/// Average linkage depends on everything that came before a merge; a face that joined somebody early would stay there
/// though all at once it would have gone elsewhere. So the faces of this neighbourhood, not more, are grouped anew
/// together with the new ones. Measured on photos that come one by one, in 20 random orders, against all at once: see
/// docs/grouping.md.
struct PersonNeighbourhood {
    /// How far beyond the threshold people still count as near, as a share of the threshold. A person who is as far as
    /// that from a new face may be near enough to the group that this face ends up in. It covers adoption too: who is within
    /// the threshold of a centre is, by the mean over ordinary photos (0.79 from it), within that of the group.
    static let margin = 1.0 / 6
    /// Near to a new face, near to those, and near to those again.
    static let hops = 3
    /// At most so many faces are grouped anew; people who are too large for what is left of it stay together.
    static let budget = 2000

    /// Everybody who is near, in the order of their ids.
    let people: [PersonID]
    /// Those of them whose faces are dealt out anew.
    let dissolved: Set<PersonID>

    /// - Parameters:
    ///   - index: everybody's group.
    ///   - everybody: all people are looked at, whether near or not.
    init(of scene: GroupingScene, in index: LinkageIndex<PersonID>, threshold: Double, everybody: Bool) {
        let newcomers = scene.loose.map { VectorGroup([$0], of: scene.vectors, for: scene.dissimilarity) }
        let near = Self.near(to: newcomers, in: index, threshold: threshold)
        people = everybody ? scene.members.keys.sorted() : near.sorted()
        var left = Self.budget
        var dissolved: Set<PersonID> = []
        let sizes = near.subtracting(scene.held).map { (person: $0, count: scene.members[$0]?.count ?? 0) }
        for (person, count) in sizes.sorted(by: { ($0.count, $0.person) < ($1.count, $1.person) }) {
            guard count <= left else { break }
            left -= count
            dissolved.insert(person)
        }
        self.dissolved = dissolved
    }

    /// Who of an index is near to newcomers or to those near to them.
    static func near<Key>(
        to newcomers: [VectorGroup], in index: LinkageIndex<Key>, threshold: Double
    ) -> Set<Key> {
        var near: Set<Key> = []
        var front = newcomers
        for _ in 0..<hops where !front.isEmpty && index.count > 0 {
            let found = index.nearest(
                to: front.map { .init($0) }, limit: index.count, within: threshold * (1 + margin))
            let met = Set(found.joined().map(\.key)).subtracting(near)
            near.formUnion(met)
            front = met.sorted().compactMap { index.group(for: $0) }
        }
        return near
    }
}
