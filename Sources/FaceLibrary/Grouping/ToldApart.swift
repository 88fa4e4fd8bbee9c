import FaceClustering
import FaceCore
import FaceStore

/// Pairs of atoms that users told apart: separated people, and faces that are not somebody.
struct ToldApart {
    /// By index, in ascending order.
    let pairs: [MergeConstraints.Pair]
    /// For each atom those it is apart from, in ascending order.
    private let others: [Int: [Int]]

    init(scene: GroupingScene, atoms: [GroupingScene.Atom]) {
        let constraints = scene.constraints
        guard !constraints.separations.isEmpty || !constraints.rejections.isEmpty else {
            (pairs, others) = ([], [:])
            return
        }
        var atomOfPerson: [PersonID: Int] = [:]
        for (index, atom) in atoms.enumerated() {
            if let person = atom.person { atomOfPerson[person] = index }
        }
        var pairs: Set<MergeConstraints.Pair> = []
        for pair in constraints.separations {
            if let first = atomOfPerson[pair.lower], let second = atomOfPerson[pair.higher] {
                pairs.insert(.init(min(first, second), max(first, second)))
            }
        }
        for (index, atom) in atoms.enumerated() {
            for member in atom.members {
                for person in constraints.rejections[scene.faces[member].id] ?? [] {
                    guard let other = atomOfPerson[person], other != index else { continue }
                    pairs.insert(.init(min(index, other), max(index, other)))
                }
            }
        }
        self.pairs = pairs.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
        var others: [Int: [Int]] = [:]
        for pair in self.pairs { others[pair.first, default: []].append(pair.second) }
        self.others = others
    }

    /// Those between atoms of a group, by position in it.
    ///
    /// - Parameter group: in ascending order.
    func pairs(within group: [Int]) -> [MergeConstraints.Pair] {
        guard !pairs.isEmpty else { return [] }
        let places = Dictionary(uniqueKeysWithValues: group.enumerated().map { ($1, $0) })
        return group.enumerated().flatMap { place, atom in
            (others[atom] ?? []).compactMap { places[$0].map { MergeConstraints.Pair(place, $0) } }
        }
    }
}
