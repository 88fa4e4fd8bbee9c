import FaceCore
import FaceStore

extension PeopleModel {
    /// Carries an edit out, with its entry.
    ///
    /// - Throws: what the store has to throw; the model is to be thrown away then.
    mutating func perform(_ edit: PersonEdit) throws(FaceStoreError) {
        let before = now
        let mergesBefore = became
        var touched: Set<Int64> = []
        var named: [Int64] = []
        try change(by: edit, touched: &touched, named: &named)
        for (id, face) in now.faces where before.faces[id] != face {
            touched.formUnion([before.faces[id]?.person, face.person].compactMap { $0 })
        }
        settle()
        guard now != before else { throw .emptyEdit }
        let id = Int64(entries.count + 1)
        for person in touched where now.persons[person] != nil { now.persons[person]?.revision = id }
        for index in undone { entries[index].close() }
        undone = []
        let merges = became.filter { mergesBefore[$0.key] != $0.value }
        entries.append(ModelEntry(id: id, from: before, to: now, named: named, merges: merges))
    }

    private func known(_ person: PersonID) throws(FaceStoreError) -> Int64 {
        guard now.persons[person.rawValue]?.isDeleted == false else { throw .unknownPerson(person) }
        return person.rawValue
    }

    private func known(_ faces: [FaceID]) throws(FaceStoreError) -> [Int64] {
        guard !faces.isEmpty else { throw .emptyEdit }
        for face in faces where !isVisible(face.rawValue) { throw .unknownFace(face) }
        return faces.map(\.rawValue)
    }

    private mutating func change(
        by edit: PersonEdit, touched: inout Set<Int64>, named: inout [Int64]
    ) throws(FaceStoreError) {
        switch edit {
        case .rename(let person, let name):
            let text: String? = if let name { try PersonName(name).text } else { nil }
            let id = try known(person)
            touched = [id]
            now.persons[id]?.name = text
        case .describe(let person, let description):
            let id = try known(person)
            touched = [id]
            try describe(id, description)
        case .merge(let persons, let survivor): try merge(persons, into: survivor, touched: &touched)
        case .split(let faces, let name): try split(faces, name: name, touched: &touched)
        case .move(let faces, let person):
            let id = try known(person)
            for face in try known(faces) {
                now.rejections.remove(Rejection(face: face, person: id))
                put(face, with: id, isPlaced: true)
            }
        case .reject(let faces, let person):
            let id = try known(person)
            for face in try known(faces) where now.faces[face]?.person != id { throw .faceIsNotHers(FaceID(face)) }
            for face in faces.map(\.rawValue) {
                put(face, with: nil)
                now.rejections.insert(Rejection(face: face, person: id))
            }
        case .confirm(let faces):
            for face in try known(faces) {
                guard let person = now.faces[face]?.person else { throw .faceIsNotHers(FaceID(face)) }
                named.append(person)
                now.faces[face]?.isPlaced = true
            }
        case .ignore(let faces):
            for face in try known(faces) where now.faces[face]?.isIgnored == false {
                put(face, with: nil)
                now.faces[face]?.isIgnored = true
            }
        case .heed(let faces):
            for face in try known(faces) where now.faces[face]?.isIgnored == true { put(face, with: nil) }
        case .addFace(let drawn):
            guard now.photos.contains(drawn.photo.rawValue) else { throw .unknownPhoto(drawn.photo) }
            guard drawn.face.box.x < 640 else { throw .invalidFace }
            let person: Int64? = if let person = drawn.person { try known(person) } else { nil }
            lastFace += 1
            now.faces[lastFace] = Face(
                photo: drawn.photo.rawValue, person: person, isPlaced: person != nil, isDrawn: true)
        case .separate(let first, let second):
            guard first != second else { throw .emptyEdit }
            touched = [try known(first), try known(second)]
            now.separations.insert(PersonPair(first, second))
        case .delete(let person): now.persons[try known(person)]?.isDeleted = true
        case .restore(let person):
            guard let present = now.persons[person.rawValue] else { throw .unknownPerson(person) }
            guard present.isDeleted else { throw .emptyEdit }
            touched = [person.rawValue]
            now.persons[person.rawValue]?.isDeleted = false
        case .apply(let draft): try apply(draft, touched: &touched)
        }
    }

    private mutating func put(_ face: Int64, with person: Int64?, isPlaced: Bool = false) {
        now.faces[face]?.person = person
        now.faces[face]?.isPlaced = isPlaced
        now.faces[face]?.isIgnored = false
    }

    private mutating func describe(_ id: Int64, _ description: PersonDescription) throws(FaceStoreError) {
        switch description.name {
        case .set(let name): now.persons[id]?.name = try PersonName(name).text
        case .clear: now.persons[id]?.name = nil
        case nil: break
        }
        switch description.note {
        case .set(let note): now.persons[id]?.note = note.isEmpty ? nil : note
        case .clear: now.persons[id]?.note = nil
        case nil: break
        }
        switch description.birthDate {
        case .set(let date): now.persons[id]?.born = date.description
        case .clear: now.persons[id]?.born = nil
        case nil: break
        }
        switch description.cover {
        case .set(let face):
            guard isVisible(face.rawValue) else { throw .unknownFace(face) }
            guard now.faces[face.rawValue]?.person == id else { throw .faceIsNotHers(face) }
            now.persons[id]?.cover = face.rawValue
        case .clear: now.persons[id]?.cover = nil
        case nil: break
        }
        if let isHidden = description.isHidden { now.persons[id]?.isHidden = isHidden }
    }

    private mutating func merge(
        _ persons: [PersonID], into survivor: PersonID, touched: inout Set<Int64>
    ) throws(FaceStoreError) {
        guard !persons.contains(survivor) else { throw .mergeWithSelf(survivor) }
        guard !persons.isEmpty else { throw .emptyEdit }
        let id = try known(survivor)
        touched = [id]
        var others: [Int64] = []
        for person in persons where !others.contains(person.rawValue) { others.append(try known(person)) }
        for other in others {
            if let details = now.persons[other] { fill(id, from: details) }
            absorb(other, into: id)
        }
        for face in faces(of: id) { now.faces[face]?.isPlaced = true }
    }

    private mutating func split(
        _ faces: [FaceID], name: String?, touched: inout Set<Int64>
    ) throws(FaceStoreError) {
        let text: String? = if let name { try PersonName(name).text } else { nil }
        let chosen = Set(try known(faces))
        let owners = Set(chosen.map { now.faces[$0]?.person })
        guard owners.count == 1, let owner = owners.first else { throw .cannotSplit }
        if let owner, self.faces(of: owner).count <= chosen.count { throw .cannotSplit }
        let id = newPerson(Person(name: text))
        for face in chosen { put(face, with: id, isPlaced: true) }
        touched = [id]
        guard let origin = owner else { return }
        now.separations.insert(PersonPair(PersonID(origin), PersonID(id)))
        touched = [origin, id]
    }

    private mutating func apply(_ draft: DraftPlacement, touched: inout Set<Int64>) throws(FaceStoreError) {
        let before = now
        var goals: [Int64: Int64?] = [:]
        for group in draft.groups {
            let faces = group.faces.map(\.rawValue).filter(isVisible)
            var target: Int64
            if let person = group.person {
                guard now.persons[person.rawValue]?.isDeleted == false else { throw .staleDraft }
                target = person.rawValue
            } else {
                guard !faces.isEmpty else { continue }
                target = newPerson()
                touched.insert(target)
            }
            for face in faces { goals[face] = target }
        }
        for face in draft.unknown.map(\.rawValue).filter(isVisible) { goals.updateValue(nil, forKey: face) }
        for (face, goal) in goals {
            guard let present = now.faces[face], present.person != goal else { continue }
            if present.isPlaced || present.isIgnored { throw .staleDraft }
            put(face, with: goal)
        }
        // Who lost everything to one and the same person.
        var ends: [Int64: Int64] = [:]
        for person in before.persons.keys where faces(of: person).isEmpty {
            let places = Set(before.faces.filter { $0.value.person == person }.map { now.faces[$0.key]?.person })
            if places.count == 1, let place = places.first, let end = place { ends[person] = end }
        }
        for pair in before.separations {
            let (lower, higher) = (pair.lower.rawValue, pair.higher.rawValue)
            if (ends[lower] ?? lower) == (ends[higher] ?? higher) { throw .staleDraft }
        }
        for rejection in before.rejections {
            let person = rejection.person
            let end = now.persons[person]?.isDescribed == true ? person : ends[person] ?? person
            if now.faces[rejection.face]?.person == end { throw .staleDraft }
        }
        for (person, end) in ends.sorted(by: { $0.key < $1.key }) where !isDescribedStill(person) {
            absorb(person, into: end)
        }
    }

    /// Whether a user said something of her that outlives her faces; a cover does not.
    private func isDescribedStill(_ person: Int64) -> Bool {
        guard let person = now.persons[person] else { return true }
        return person.name != nil || person.note != nil || person.born != nil || person.isHidden
    }
}
