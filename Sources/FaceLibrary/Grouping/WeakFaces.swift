import FaceClustering
import FaceCore

/// Weak faces find their place when the groups of strong ones stand: they can join a group and change nothing else, so
/// they neither found one nor bring two together.
struct WeakFaces {
    let scene: GroupingScene

    /// Adds each weak atom to the group that it is nearest to on average, the nearest pair first; those that no group
    /// takes make a group each.
    ///
    /// - Parameter limit: the largest mean dissimilarity to a group's strong faces.
    func joined(
        _ weak: [GroupingScene.Atom], to groups: [[GroupingScene.Atom]], within limit: Double
    ) -> [[GroupingScene.Atom]] {
        guard !weak.isEmpty else { return groups }
        var index = LinkageIndex<Int>(dimension: scene.vectors.dimension, linkage: scene.linkage)
        for (number, group) in groups.enumerated() {
            index.set(scene.group(group.flatMap(\.members)), for: number)
        }
        let queries = weak.map { LinkageIndex<Int>.Query(scene.group($0.members)) }
        let found = index.nearest(to: queries, limit: index.count, within: limit)
        let candidates = found.enumerated().flatMap { atom, matches in
            matches.map { Candidate(atom: atom, group: $0.key, dissimilarity: $0.dissimilarity) }
        }
        return joined(weak, to: groups, by: candidates)
    }

    struct Candidate {
        let atom: Int
        let group: Int
        let dissimilarity: Double
    }

    /// Adds each weak atom to the first group that is offered and takes it, least dissimilarity first.
    func joined(
        _ weak: [GroupingScene.Atom], to groups: [[GroupingScene.Atom]], by candidates: [Candidate]
    ) -> [[GroupingScene.Atom]] {
        var groups = groups
        var photos = groups.map { Set($0.flatMap(\.members).map { scene.faces[$0].photo }) }
        var placed: Set<Int> = []
        let ordered = candidates.sorted {
            ($0.dissimilarity, $0.atom, $0.group) < ($1.dissimilarity, $1.atom, $1.group)
        }
        for candidate in ordered where !placed.contains(candidate.atom) {
            let atom = weak[candidate.atom]
            let own = atom.members.map { scene.faces[$0].photo }
            guard photos[candidate.group].isDisjoint(with: own),
                !groups[candidate.group].contains(where: { scene.isApart($0, atom) })
            else { continue }
            placed.insert(candidate.atom)
            groups[candidate.group].append(atom)
            photos[candidate.group].formUnion(own)
        }
        return groups + weak.indices.filter { !placed.contains($0) }.map { [weak[$0]] }
    }
}
