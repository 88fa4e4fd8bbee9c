import FaceClustering
import FaceCore
import FaceStore

/// Finds pairs of people who may be one: alike but not alike enough, or kept apart by the rules only.
struct LikelyMerges {
    let scene: GroupingScene
    /// How far beyond the threshold a pair may be, as a multiple of it.
    static let reach = 1.3
    /// At most so many neighbours of a person are looked at.
    static let neighbours = 8

    /// Pairs whose mean dissimilarity is at most `reach` times the threshold, which users did not separate and who are on
    /// no photo together.
    ///
    /// - Parameter budget: multiplications at most. Where there are more people than it allows to compare with everybody,
    ///   those with the most faces are compared: there an answer sets most right.
    func candidates(threshold: Double, budget: Double) -> [SuggestionCandidate] {
        let index = scene.index()
        guard index.count > 1 else { return [] }
        let cost = Double(index.count) * Double(scene.vectors.dimension)
        let largest = scene.members.sorted { ($0.value.count, $1.key) > ($1.value.count, $0.key) }
            .prefix(max(1, Int(budget / cost))).map(\.key)
        let queries = largest.compactMap { person in
            index.group(for: person).map { LinkageIndex<PersonID>.Query($0, excluded: apart[person] ?? [person]) }
        }
        let found = index.nearest(to: queries, limit: Self.neighbours, within: threshold * Self.reach)
        var pairs: [PersonPair: Double] = [:]
        for (person, matches) in zip(largest, found) {
            for match in matches { pairs[PersonPair(person, match.key)] = match.dissimilarity }
        }
        return pairs.sorted { $0.key < $1.key }.compactMap { pair, dissimilarity in
            candidate(pair, dissimilarity: dissimilarity)
        }
    }

    /// For each person who was separated from somebody: whom, and herself.
    private var apart: [PersonID: Set<PersonID>] {
        var apart: [PersonID: Set<PersonID>] = [:]
        for pair in scene.constraints.separations {
            apart[pair.lower, default: [pair.lower]].insert(pair.higher)
            apart[pair.higher, default: [pair.higher]].insert(pair.lower)
        }
        return apart
    }

    private func candidate(_ pair: PersonPair, dissimilarity: Double) -> SuggestionCandidate? {
        let atoms = [pair.lower, pair.higher].map(scene.atom(of:))
        let photos = atoms.map { Set($0.members.map { scene.faces[$0].photo }) }
        guard photos[0].isDisjoint(with: photos[1]), !scene.isApart(atoms[0], atoms[1]) else { return nil }
        let sides = [pair.lower, pair.higher].map {
            SuggestionCandidate.Side(person: $0, rows: scene.members[$0] ?? [])
        }
        return SuggestionCandidate(
            subject: .merge(pair), sides: sides.sorted { $0.rows.count > $1.rows.count }, dissimilarity: dissimilarity)
    }
}
