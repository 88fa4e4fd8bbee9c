import FaceCore
import FaceStore

extension PeopleModel {
    /// Takes the latest entry back that holds. Returns its id.
    mutating func undo() throws(FaceStoreError) -> Int64 {
        guard let index = entries.lastIndex(where: { $0.state == .done }) else { throw .nothingToUndo }
        reverse(index, back: true)
        entries[index].state = .undone
        undone.append(index)
        return entries[index].id
    }

    /// Brings the earliest undone entry back. Returns its id.
    mutating func redo() throws(FaceStoreError) -> Int64 {
        guard let index = undone.popLast() else { throw .nothingToRedo }
        reverse(index, back: false)
        entries[index].state = .done
        return entries[index].id
    }

    private mutating func reverse(_ index: Int, back: Bool) {
        let entry = entries[index]
        for (rejection, came) in entry.rejections where came == back {
            if let person = present(rejection.person) {
                now.rejections.remove(Rejection(face: rejection.face, person: person))
            }
        }
        for (pair, came) in entry.separations where came == back {
            if let pair = present(pair) { now.separations.remove(pair) }
        }
        for (id, change) in entry.persons where now.persons[id] == nil {
            let (source, target) = back ? (change.after, change.before) : (change.before, change.after)
            if let target, source == nil || present(id) == nil {
                now.persons[id] = target
                became[id] = nil
            }
        }
        for (id, change) in entry.faces { put(id, change, entry: index, back: back) }
        for (id, change) in entry.persons.sorted(by: { $0.key < $1.key }) {
            describe(id, change, survivor: back ? nil : entry.merges[id], back: back)
        }
        for (rejection, came) in entry.rejections where came != back {
            guard let person = present(rejection.person), let face = now.faces[rejection.face], face.person != person
            else { continue }
            now.rejections.insert(Rejection(face: rejection.face, person: person))
        }
        for (pair, came) in entry.separations where came != back {
            if let pair = present(pair) { now.separations.insert(pair) }
        }
        settle()
    }

    private func present(_ pair: PersonPair) -> PersonPair? {
        guard let first = present(pair.lower.rawValue), let second = present(pair.higher.rawValue), first != second
        else { return nil }
        return PersonPair(PersonID(first), PersonID(second))
    }

    private func home(of face: Int64, _ person: Int64?) -> Int64? {
        guard let person, let present = present(person) else { return nil }
        return now.rejections.contains(Rejection(face: face, person: present)) ? nil : present
    }

    private mutating func put(_ id: Int64, _ change: ModelEntry.Change<Face>, entry index: Int, back: Bool) {
        let (source, target) = back ? (change.after, change.before) : (change.before, change.after)
        guard let target else {
            if let face = now.faces[id] { entries[index].withdrawn[id] = face }
            return removeFace(id)
        }
        guard let source else {
            guard entries[index].withdrawn.removeValue(forKey: id) != nil else { return }
            var face = target
            face.person = home(of: id, target.person)
            face.isPlaced = target.isPlaced && face.person != nil
            now.faces[id] = face
            return
        }
        guard var face = now.faces[id] else { return }
        if source.isIgnored != target.isIgnored { face.isIgnored = target.isIgnored }
        if source.isPlaced != target.isPlaced || source.person != target.person { face.isPlaced = target.isPlaced }
        if source.person != target.person { face.person = home(of: id, target.person) }
        if face.isIgnored { face.person = nil }
        if face.person == nil { face.isPlaced = false }
        now.faces[id] = face
    }

    private mutating func describe(_ id: Int64, _ change: ModelEntry.Change<Person>, survivor: Int64?, back: Bool) {
        let (source, target) = back ? (change.after, change.before) : (change.before, change.after)
        guard let target else {
            guard now.persons[id] != nil else { return }
            guard let survivor, now.persons[survivor]?.isDeleted == false else {
                now.persons[id] = Person()
                return
            }
            for face in faces(of: id) where now.rejections.contains(Rejection(face: face, person: survivor)) {
                now.faces[face]?.person = nil
                now.faces[face]?.isPlaced = false
            }
            return absorb(id, into: survivor)
        }
        guard var person = now.persons[id] else {
            if let present = present(id) { fill(present, from: target) }
            return
        }
        if source?.name != target.name { person.name = target.name }
        if source?.note != target.note { person.note = target.note }
        if source?.born != target.born { person.born = target.born }
        if source?.isHidden != target.isHidden { person.isHidden = target.isHidden }
        if source?.isDeleted != target.isDeleted { person.isDeleted = target.isDeleted }
        if source?.revision != target.revision { person.revision = target.revision }
        if source?.cover != target.cover, target.cover.map({ now.faces[$0] != nil }) ?? true {
            person.cover = target.cover
        }
        now.persons[id] = person
    }
}
