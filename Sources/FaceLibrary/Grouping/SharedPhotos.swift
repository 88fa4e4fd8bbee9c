import FaceClustering
import FaceCore

/// The photos on which a group has several faces, so that it cannot be one person.
///
/// How many they are says what the group is. Two people who look alike and are often photographed together, or a collage,
/// share many of the group's photos: then it is linked anew with the faces of each photo apart. A mirror, a picture in a
/// picture or a face that was found twice concerns a few photos of many: there the group stays together, and of each such
/// photo the face that is most like the others stays in it.
struct SharedPhotos {
    /// The least share of a group's photos that speaks for two people.
    static let telling = 1.0 / 3

    private let scene: GroupingScene
    private let photoCount: Int
    /// For each such photo the atoms with a face on it, by position in the group.
    private let positions: [PhotoID: [Int]]

    init(scene: GroupingScene, atoms: [GroupingScene.Atom], group: [Int]) {
        self.scene = scene
        var onPhoto: [PhotoID: [Int]] = [:]
        for (position, atom) in group.enumerated() {
            for photo in Set(atoms[atom].members.map { scene.faces[$0].photo }) {
                onPhoto[photo, default: []].append(position)
            }
        }
        photoCount = onPhoto.count
        positions = onPhoto.filter { $0.value.count > 1 }
    }

    /// There are some, and not enough to tell that the group is several people.
    var areFew: Bool { !positions.isEmpty && Double(positions.count) < Self.telling * Double(photoCount) }

    /// Pairs of atoms with faces on one photo, by position in the group.
    var pairs: [MergeConstraints.Pair] {
        var pairs: Set<MergeConstraints.Pair> = []
        for positions in positions.values {
            for (index, first) in positions.enumerated() {
                for second in positions[(index + 1)...] { pairs.insert(MergeConstraints.Pair(first, second)) }
            }
        }
        return pairs.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
    }

    /// The atoms of the group that can be together, people and large ones first, then those nearest to the middle; and the
    /// others. Both in ascending order; the core is never empty.
    func core(of atoms: [GroupingScene.Atom], _ group: [Int]) -> (core: [Int], rest: [Int]) {
        let middle = scene.group(group.flatMap { atoms[$0].members })
        var order: [(isLoose: Int, smallness: Int, distance: Double, atom: Int)] = []
        for index in group {
            let atom = atoms[index]
            let distance = scene.dissimilarity.between(scene.group(atom.members), middle) ?? 0
            order.append((atom.person == nil ? 1 : 0, -atom.members.count, distance, index))
        }
        order.sort { $0 < $1 }
        var taken: Set<PhotoID> = []
        var core: [Int] = []
        var rest: [Int] = []
        for entry in order {
            let shared = Set(atoms[entry.atom].members.map { scene.faces[$0].photo }).filter { positions[$0] != nil }
            if taken.isDisjoint(with: shared) {
                core.append(entry.atom)
                taken.formUnion(shared)
            } else {
                rest.append(entry.atom)
            }
        }
        return (core.sorted(), rest.sorted())
    }
}
