/// Faces that are one person, as an algorithm found them: what came of it for people is decided by `PersonSuccession`.
struct FaceGroup: Hashable {
    /// By index, in ascending order.
    var members: [Int]

    init(members: [Int]) { self.members = members }

    init(_ atoms: [GroupingScene.Atom]) {
        members = atoms.flatMap(\.members).sorted()
    }
}
