import FaceCore
import FaceStore

/// What an edit changed, found by comparing everything before it with everything after it.
struct ModelEntry {
    struct Change<Value> {
        let before: Value?
        let after: Value?
    }

    let id: Int64
    private(set) var persons: [Int64: Change<PeopleModel.Person>] = [:]
    private(set) var faces: [Int64: Change<PeopleModel.Face>] = [:]
    /// Whether each came; else it went.
    private(set) var rejections: [PeopleModel.Rejection: Bool] = [:]
    private(set) var separations: [PersonPair: Bool] = [:]
    private(set) var merges: [Int64: Int64]
    /// Faces drawn by hand that undo took away.
    var withdrawn: [Int64: PeopleModel.Face] = [:]
    var state = JournalEntry.State.done
    /// Whom it is about.
    private(set) var about: Set<Int64>

    init(
        id: Int64, from old: PeopleModel.State, to new: PeopleModel.State, named: [Int64], merges: [Int64: Int64]
    ) {
        self.id = id
        self.merges = merges
        for key in Set(old.persons.keys).union(new.persons.keys) where old.persons[key] != new.persons[key] {
            persons[key] = Change(before: old.persons[key], after: new.persons[key])
        }
        for key in Set(old.faces.keys).union(new.faces.keys) where old.faces[key] != new.faces[key] {
            faces[key] = Change(before: old.faces[key], after: new.faces[key])
        }
        for key in old.rejections.symmetricDifference(new.rejections) { rejections[key] = new.rejections.contains(key) }
        for key in old.separations.symmetricDifference(new.separations) {
            separations[key] = new.separations.contains(key)
        }
        about = Set(persons.keys).union(named)
    }

    mutating func close() {
        state = .closed
        persons = [:]
        faces = [:]
        rejections = [:]
        separations = [:]
        merges = [:]
        withdrawn = [:]
    }

    /// Forgets people who are erased.
    mutating func erase(_ people: Set<Int64>) {
        if !about.isDisjoint(with: people) {
            close()
            about = []
        }
        rejections = rejections.filter { !people.contains($0.key.person) }
        separations = separations.filter {
            !people.contains($0.key.lower.rawValue) && !people.contains($0.key.higher.rawValue)
        }
        withdrawn = withdrawn.filter { face in !people.contains { face.value.person == $0 } }
    }
}
