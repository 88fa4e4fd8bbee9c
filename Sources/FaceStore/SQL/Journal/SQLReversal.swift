import FaceCore

/// An entry on its way back (or forth again), inside a transaction: what it changed becomes as it was on the other side,
/// column by column, as far as the rows are still there.
struct SQLReversal {
    let database: Database
    /// From how things should be by now (`before`) to how they shall be (`after`).
    let change: JournalChange
    let entry: Int64
    private(set) var people: PeopleRecorder
    private var addedFaces: [FaceID] = []

    init(_ change: JournalChange, entry: Int64, database: Database, now: String) throws {
        self.change = change
        self.entry = entry
        self.database = database
        people = try PeopleRecorder(database: database, now: now)
    }

    /// - Returns: faces that came back.
    mutating func apply() throws -> [FaceID] {
        // First what stands in the way of faces, then the people that faces need, then the faces, then what is said of
        // people, whose covers are faces.
        try takeBackConstraints()
        for row in change.persons { try bring(row) }
        for face in change.faces { try put(face) }
        for row in change.persons { try describe(row) }
        try bringConstraints()
        if let model = change.models?.after {
            try LibraryModel.change(to: model.id, dimension: model.dimension, in: database)
        }
        let told = Set(change.persons.filter { $0.before != nil || $0.after != nil }.map(\.id))
        let spared = Set(change.persons.filter { $0.after?.isEmpty == true }.map(\.id))
        let now = people.now
        try people.settle(sparing: spared) { id, image in
            if !told.contains(id) { image.updatedAt = now }
        }
        return addedFaces
    }

    // MARK: People

    /// Makes sure that somebody is there whom the entry knows on the other side. Who was merged into somebody else by the
    /// machine, while the entry only changed her, stays that one; who lost her last face is made again.
    private mutating func bring(_ row: JournalChange.PersonRow) throws {
        guard var image = row.after, try people.person(row.id) == nil else { return }
        guard try row.before == nil || PersonMergeTable.present(row.id, in: database) == nil else { return }
        image.deletedAt = image.deletedAt.map { _ in people.now }
        _ = try people.insert(image, as: row.id)
    }

    /// Writes what the entry changed of a person's row.
    private mutating func describe(_ row: JournalChange.PersonRow) throws {
        guard let after = row.after else {
            if row.before != nil { try takeAway(row) }
            return
        }
        guard try people.person(row.id) != nil else {
            if let present = try PersonMergeTable.present(row.id, in: database) {
                try people.update(present) { $0.fill(from: after) }
            }
            return
        }
        try people.touch(row.id)
        if let before = row.before, (before.deletedAt == nil) != (after.deletedAt == nil) {
            // The time until her erasure counts from now, however long ago she was deleted first.
            try people.setDeletion(after.deletedAt == nil ? nil : people.now, of: row.id)
        }
        try people.update(row.id) { $0.take(from: after, whatDiffersFrom: row.before) }
    }

    /// Somebody whom the entry does not know on the other side: what users said of her goes, and she with it unless faces
    /// came to her in between. Those of somebody who becomes part of another one again follow her there.
    private mutating func takeAway(_ row: JournalChange.PersonRow) throws {
        guard try people.person(row.id) != nil else { return }
        try people.touch(row.id)
        guard let survivor = row.survivor, try PersonTable.exists(PersonID(survivor), in: database) else {
            try people.leaveCollections(row.id)
            return try people.update(row.id) { image in
                image = PersonImage(createdAt: image.createdAt, updatedAt: image.updatedAt)
            }
        }
        for (face, image) in try people.faces(of: row.id) {
            let isRejected = try RejectionTable.exists(Rejection(face: face, person: survivor), in: database)
            var next = image
            next.person = isRejected ? nil : survivor
            next.isPlaced = !isRejected && image.isPlaced
            try people.set(face, from: image, to: next)
        }
        try people.absorb(row.id, into: survivor)
    }

    // MARK: Faces

    private mutating func put(_ row: JournalChange.FaceRow) throws {
        switch row.course {
        case .goes: return try withdraw(row)
        case .comes: return try bringBack(row)
        case .stays: break
        }
        guard let present = try people.face(row.id) else { return }
        let (before, after) = (row.before, row.after)
        var next = present
        if before.isIgnored != after.isIgnored { next.isIgnored = after.isIgnored }
        if before.person != after.person { next.person = try home(of: row.id, after.person) }
        if before.isPlaced != after.isPlaced || before.person != after.person { next.isPlaced = after.isPlaced }
        if next.isIgnored { next.person = nil }
        if next.person == nil, after.person != nil || next.isIgnored { next.isPlaced = false }
        try people.set(row.id, from: present, to: next)
    }

    /// A person as she is by now, unless the face was rejected from her since: then it waits for the next grouping.
    private func home(of face: Int64, _ person: Int64?) throws -> Int64? {
        guard let person, let present = try PersonMergeTable.present(person, in: database) else { return nil }
        return try RejectionTable.exists(Rejection(face: face, person: present), in: database) ? nil : present
    }

    private mutating func withdraw(_ row: JournalChange.FaceRow) throws {
        guard let present = try people.face(row.id) else { return }
        try people.noteRemoved(row.id, present)
        try WithdrawnFaceTable.withdraw(row.id, entry: entry, in: database)
    }

    private mutating func bringBack(_ row: JournalChange.FaceRow) throws {
        guard try WithdrawnFaceTable.bringBack(row.id, in: database) else { return }
        var image = row.after
        image.person = try home(of: row.id, image.person)
        image.isPlaced = image.isPlaced && image.person != nil
        try people.set(row.id, from: FaceImage(), to: image)
        try people.noteAdded(row.id, image)
        addedFaces.append(FaceID(row.id))
    }

    // MARK: What users said

    private mutating func takeBackConstraints() throws {
        for (rejection, isAdded) in change.rejections where !isAdded {
            guard let person = try PersonMergeTable.present(rejection.person, in: database) else { continue }
            try people.setRejection(Rejection(face: rejection.face, person: person), to: false)
        }
        for (pair, isAdded) in change.separations where !isAdded {
            if let pair = try present(pair) { try people.setSeparation(pair, to: false) }
        }
        for (membership, isAdded) in change.memberships where !isAdded {
            if let membership = try present(membership) { try people.setMembership(membership, to: false) }
        }
    }

    private mutating func bringConstraints() throws {
        for (rejection, isAdded) in change.rejections where isAdded {
            guard let person = try PersonMergeTable.present(rejection.person, in: database),
                let face = try people.face(rejection.face), face.person != person
            else { continue }
            try people.setRejection(Rejection(face: rejection.face, person: person), to: true)
        }
        for (pair, isAdded) in change.separations where isAdded {
            if let pair = try present(pair) { try people.setSeparation(pair, to: true) }
        }
        for (membership, isAdded) in change.memberships where isAdded {
            if let membership = try present(membership) { try people.setMembership(membership, to: true) }
        }
    }

    /// A member as she is by now; nil when she is gone.
    private func present(_ membership: Membership) throws -> Membership? {
        guard let person = try PersonMergeTable.present(membership.person, in: database) else { return nil }
        return Membership(collection: membership.collection, person: person)
    }

    /// Two people as they are by now; nil when one is gone or they are the same.
    private func present(_ pair: PersonPair) throws -> PersonPair? {
        guard let first = try PersonMergeTable.present(pair.lower.rawValue, in: database),
            let second = try PersonMergeTable.present(pair.higher.rawValue, in: database), first != second
        else { return nil }
        return PersonPair(PersonID(first), PersonID(second))
    }
}

extension PersonImage {
    /// Takes the columns in which the other side differs, all but the deletion; all when there is no other side.
    fileprivate mutating func take(from target: PersonImage, whatDiffersFrom source: PersonImage?) {
        func take<Value: Equatable>(_ column: WritableKeyPath<PersonImage, Value>) {
            if source?[keyPath: column] != target[keyPath: column] { self[keyPath: column] = target[keyPath: column] }
        }
        take(\.name)
        take(\.note)
        take(\.birthDate)
        take(\.cover)
        take(\.isHidden)
        take(\.updatedAt)
        take(\.revision)
    }
}
