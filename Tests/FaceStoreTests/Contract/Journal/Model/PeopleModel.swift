import FaceCore
import FaceStore

/// The rules of docs/people.md on plain dictionaries: what a store is compared with. Nothing here is quick or clever.
struct PeopleModel {
    struct Person: Equatable {
        var name: String?
        var note: String?
        var born: String?
        var cover: Int64?
        var isHidden = false
        var isDeleted = false
        var revision: Int64 = 0

        var isDescribed: Bool { name != nil || note != nil || born != nil || cover != nil || isHidden }
    }

    struct Face: Equatable {
        let photo: Int64
        var person: Int64?
        var isPlaced = false
        var isIgnored = false
        var isDrawn = false
    }

    /// That a face is not a person.
    struct Rejection: Hashable {
        let face: Int64
        let person: Int64
    }

    struct State: Equatable {
        var persons: [Int64: Person] = [:]
        var faces: [Int64: Face] = [:]
        var rejections: Set<Rejection> = []
        var separations: Set<PersonPair> = []
        var photos: Set<Int64> = []
    }

    var now = State()
    /// Into whom people went who are gone.
    var became: [Int64: Int64] = [:]
    var entries: [ModelEntry] = []
    /// Which entries can be redone, the next one last.
    var undone: [Int] = []
    var lastPerson: Int64 = 0
    var lastFace: Int64 = 0

    // MARK: Looking

    func faces(of person: Int64) -> [Int64] { now.faces.filter { $0.value.person == person }.keys.sorted() }

    func isVisible(_ face: Int64) -> Bool {
        guard let face = now.faces[face] else { return false }
        return face.person.map { now.persons[$0]?.isDeleted == false } ?? true
    }

    func isSettled(_ person: Int64) -> Bool {
        now.persons[person]?.isDescribed == true
            || now.faces.values.contains { $0.person == person && $0.isPlaced }
    }

    /// Who a person is by now, over merges.
    func present(_ person: Int64) -> Int64? {
        var person = person
        while now.persons[person] == nil {
            guard let next = became[person] else { return nil }
            person = next
        }
        return person
    }

    /// Everybody who is part of a person by now.
    func absorbed(by person: Int64) -> Set<Int64> {
        var found: Set<Int64> = []
        var grows = true
        while grows {
            let next = Set(became.filter { $0.value == person || found.contains($0.value) }.keys)
            grows = next != found
            found = next
        }
        return found
    }

    // MARK: Changing

    mutating func removePerson(_ person: Int64, into survivor: Int64? = nil) {
        now.persons[person] = nil
        now.rejections = now.rejections.filter { $0.person != person }
        now.separations = now.separations.filter { $0.lower.rawValue != person && $0.higher.rawValue != person }
        if let survivor { became[person] = survivor }
    }

    mutating func removeFace(_ face: Int64) {
        now.faces[face] = nil
        now.rejections = now.rejections.filter { $0.face != face }
        for (id, person) in now.persons where person.cover == face { now.persons[id]?.cover = nil }
    }

    /// The faces of one go to the other, and what was said of her; what was said of the two of them goes.
    mutating func absorb(_ absorbed: Int64, into survivor: Int64) {
        for face in faces(of: absorbed) { now.faces[face]?.person = survivor }
        let rejected = now.rejections.filter { $0.person == absorbed }.map(\.face)
        let separated = now.separations.compactMap { $0.other(than: absorbed) }
        removePerson(absorbed, into: survivor)
        for face in rejected { now.rejections.insert(Rejection(face: face, person: survivor)) }
        for other in separated where other != survivor {
            now.separations.insert(PersonPair(PersonID(survivor), PersonID(other)))
        }
        let hers = now.faces.filter { $0.value.person == survivor }
        now.rejections = now.rejections.filter { $0.person != survivor || hers[$0.face] == nil }
    }

    mutating func fill(_ id: Int64, from other: Person) {
        guard var person = now.persons[id] else { return }
        person.name = person.name ?? other.name
        person.note = person.note ?? other.note
        person.born = person.born ?? other.born
        person.cover = person.cover ?? other.cover
        now.persons[id] = person
    }

    /// Covers that are not theirs any more go, and people who have neither a face nor anything that a user said.
    mutating func settle() {
        for (id, person) in now.persons {
            if let cover = person.cover, now.faces[cover]?.person != id { now.persons[id]?.cover = nil }
        }
        for (id, person) in now.persons where !person.isDescribed && faces(of: id).isEmpty { removePerson(id) }
    }

    mutating func newPerson(_ person: Person = Person()) -> Int64 {
        lastPerson += 1
        now.persons[lastPerson] = person
        return lastPerson
    }
}

extension PersonPair {
    func other(than person: Int64) -> Int64? {
        if lower.rawValue == person { return higher.rawValue }
        return higher.rawValue == person ? lower.rawValue : nil
    }
}

extension PeopleModel.State {
    /// The lines of the library's dump that tell of people and faces, without moments and boxes.
    var lines: [String] {
        var lines: [String] = []
        for (id, person) in persons.sorted(by: { $0.key < $1.key }) {
            var line = "person \(id)"
            if let name = person.name { line += " name=\"\(name)\"" }
            if let note = person.note { line += " note=\"\(note)\"" }
            if let born = person.born { line += " born=\"\(born)\"" }
            if let cover = person.cover { line += " cover=\(cover)" }
            if person.isHidden { line += " hidden" }
            if person.isDeleted { line += " deleted" }
            lines.append(line + " revision=\(person.revision)")
        }
        for (id, face) in faces.sorted(by: { $0.key < $1.key }) {
            var line = "face \(id) photo=\(face.photo)"
            if let person = face.person { line += " person=\(person)" }
            if face.isPlaced { line += " placed" }
            if face.isIgnored { line += " ignored" }
            if face.isDrawn { line += " drawn" }
            lines.append(line)
        }
        lines += rejections.sorted { ($0.face, $0.person) < ($1.face, $1.person) }
            .map { "rejection \($0.face) \($0.person)" }
        lines += separations.sorted().map { "separation \($0.lower) \($0.higher)" }
        return lines
    }

    /// The same lines of a store's dump.
    static func lines(of store: any LibraryStore) throws -> [String] {
        var lines: [String] = []
        try store.dump { line in
            if line.hasPrefix("person") {
                lines.append(String(line.utf8.dropLast(70)) ?? line)
            } else if line.hasPrefix("face"), let end = line.utf8.lastIndex(of: UInt8(ascii: " ")) {
                lines.append(String(line[..<end]))
            } else if line.hasPrefix("rejection") || line.hasPrefix("separation") {
                lines.append(line)
            }
        }
        return lines
    }
}
