import FaceCore

/// Faces that are one person, as an algorithm found them: what came of it for people is decided by `PersonSuccession`.
struct FaceGroup {
    /// By index, in ascending order.
    var members: [Int]
    /// People who are in it as a whole.
    var people: [PersonID]

    init(_ atoms: [GroupingScene.Atom]) {
        members = atoms.flatMap(\.members).sorted()
        people = atoms.compactMap(\.person)
    }
}
