import FaceCore

/// One `PersonEdit` on its way into the database, inside a transaction.
struct SQLEdit {
    let connection: LibraryConnection
    let database: Database
    var people: PeopleRecorder
    /// Whom the user named, in that order.
    var named: [PersonID] = []
    /// The library's model before and after, when the edit changes it.
    var models: (before: JournalChange.Model, after: JournalChange.Model)?

    init(connection: LibraryConnection, database: Database, now: String) throws {
        self.connection = connection
        self.database = database
        people = try PeopleRecorder(database: database, now: now)
    }

    /// - Returns: the faces that were added.
    mutating func apply(_ edit: PersonEdit) throws {
        switch edit {
        case .rename(let person, let name): try rename(person, to: name)
        case .describe(let person, let description): try describe(person, description)
        case .merge(let persons, let survivor): try merge(persons, into: survivor)
        case .split(let faces, let name): try split(faces, name: name)
        case .move(let faces, let person): try move(faces, to: person)
        case .reject(let faces, let person): try reject(faces, from: person)
        case .confirm(let faces): try confirm(faces)
        case .ignore(let faces): try mark(faces, isIgnored: true)
        case .heed(let faces): try mark(faces, isIgnored: false)
        case .addFace(let face): try add(face)
        case .separate(let first, let second): try separate(first, second)
        case .delete(let person): try delete(person)
        case .restore(let person): try restore(person)
        case .apply(let draft): try apply(draft)
        }
    }

    /// Checks that a person is there and not deleted, and counts her as named by the user.
    mutating func known(_ person: PersonID) throws -> PersonImage {
        guard let image = try people.person(person.rawValue), image.deletedAt == nil else {
            throw FaceStoreError.unknownPerson(person)
        }
        if !named.contains(person) { named.append(person) }
        return image
    }

    // MARK: What is said of one person

    private mutating func rename(_ person: PersonID, to name: String?) throws {
        let checked: PersonName? = if let name { try PersonName(name) } else { nil }
        guard try known(person).name != checked?.text else { throw FaceStoreError.emptyEdit }
        try people.update(person.rawValue) { $0.name = checked?.text }
        try people.touch(person.rawValue)
    }

    private mutating func describe(_ person: PersonID, _ description: PersonDescription) throws {
        let before = try known(person)
        var after = before
        switch description.name {
        case .set(let name): after.name = try PersonName(name).text
        case .clear: after.name = nil
        case nil: break
        }
        switch description.note {
        case .set(let text):
            // Neither SQLite nor PostgreSQL keeps what follows a NUL.
            let note = text.filter { $0 != "\0" }
            let length = note.unicodeScalars.count
            guard length <= PersonDescription.maximumNoteLength else {
                throw FaceStoreError.noteIsTooLong(length: length)
            }
            after.note = note.allSatisfy(\.isWhitespace) ? nil : note
        case .clear: after.note = nil
        case nil: break
        }
        switch description.birthDate {
        case .set(let date): after.birthDate = date.description
        case .clear: after.birthDate = nil
        case nil: break
        }
        switch description.cover {
        case .set(let face):
            guard try visible(face).person == person.rawValue else { throw FaceStoreError.faceIsNotHers(face) }
            after.cover = face.rawValue
        case .clear: after.cover = nil
        case nil: break
        }
        after.isHidden = description.isHidden ?? after.isHidden
        guard after != before else { throw FaceStoreError.emptyEdit }
        try people.update(person.rawValue) { $0 = after }
        try people.touch(person.rawValue)
    }

    /// A deletion leaves her revision as it is: she shall come back as she was.
    private mutating func delete(_ person: PersonID) throws {
        _ = try known(person)
        try people.setDeletion(people.now, of: person.rawValue)
    }

    private mutating func restore(_ person: PersonID) throws {
        guard let image = try people.person(person.rawValue) else { throw FaceStoreError.unknownPerson(person) }
        guard image.deletedAt != nil else { throw FaceStoreError.emptyEdit }
        named = [person]
        try people.setDeletion(nil, of: person.rawValue)
        try people.touch(person.rawValue)
    }

    // MARK: Two people

    private mutating func separate(_ first: PersonID, _ second: PersonID) throws {
        guard first != second else { throw FaceStoreError.emptyEdit }
        _ = try known(first)
        _ = try known(second)
        let pair = PersonPair(first, second)
        guard try !SeparationTable.exists(pair, in: database) else { throw FaceStoreError.emptyEdit }
        try people.setSeparation(pair, to: true)
        try people.touch(first.rawValue)
        try people.touch(second.rawValue)
    }

    private mutating func merge(_ persons: [PersonID], into survivor: PersonID) throws {
        guard !persons.contains(survivor) else { throw FaceStoreError.mergeWithSelf(survivor) }
        guard !persons.isEmpty else { throw FaceStoreError.emptyEdit }
        let id = survivor.rawValue
        var details = try known(survivor)
        let absorbed = persons.unique
        for person in absorbed { details.fill(from: try known(person)) }
        try people.touch(id)
        for person in [survivor] + absorbed {
            for (face, image) in try people.faces(of: person.rawValue) {
                try people.set(face, from: image, to: FaceImage(person: id, isPlaced: true))
            }
        }
        for person in absorbed { try people.absorb(person.rawValue, into: id) }
        for face in try RejectionTable.faces(rejectedFrom: id, in: database)
        where try people.face(face)?.person == id {
            try people.setRejection(Rejection(face: face, person: id), to: false)
        }
        try people.update(id) { $0.fill(from: details) }
    }
}

extension Array where Element: Hashable {
    /// Each element once, where it stood first.
    var unique: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
