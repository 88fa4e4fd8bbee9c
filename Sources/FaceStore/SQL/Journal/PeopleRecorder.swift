import FaceCore

/// Changes people and whose faces are, inside a transaction, and remembers how every row was before it was touched first.
struct PeopleRecorder {
    let database: Database
    let now: String
    /// What the changes are written under.
    let version: Int64

    /// A row as it was, and as it is by now.
    struct Change<Value: Hashable> {
        let before: Value
        var now: Value
        var isChange: Bool { before != now }
    }

    /// As they were; nil for those who were not there.
    private(set) var persons: [Int64: PersonImage?] = [:]
    private(set) var faces: [Int64: Change<FaceImage>] = [:]
    private(set) var rejections: [Rejection: Change<Bool>] = [:]
    private(set) var separations: [PersonPair: Change<Bool>] = [:]
    private(set) var memberships: [Membership: Change<Bool>] = [:]
    private(set) var addedFaces: [Int64] = []
    /// Into whom people went who are gone.
    private(set) var survivors: [Int64: Int64] = [:]
    /// Who gained or lost faces, or was changed herself.
    private(set) var touched: Set<Int64> = []

    init(database: Database, now: String) throws {
        self.database = database
        self.now = now
        version = try PeopleVersion.next(in: database)
    }

    // MARK: Persons

    /// As she is at the moment, deleted or not.
    mutating func person(_ id: Int64) throws -> PersonImage? {
        let present = try PersonImage.load(id, in: database)
        if persons[id] == nil { persons.updateValue(present, forKey: id) }
        return present
    }

    /// Counts her as changed, so that her revision goes on.
    mutating func touch(_ id: Int64) throws {
        _ = try person(id)
        touched.insert(id)
    }

    /// Makes a person; under an id if one is given, who was there before.
    mutating func insert(_ image: PersonImage, as id: Int64? = nil) throws -> Int64 {
        var image = image
        if let cover = image.cover, try !exists(face: cover) { image.cover = nil }
        let id = try image.insert(id, in: database)
        if persons[id] == nil { persons.updateValue(nil, forKey: id) }
        try PersonMergeTable.forget(id, in: database)
        touched.insert(id)
        return id
    }

    mutating func update(_ id: Int64, _ change: (inout PersonImage) -> Void) throws {
        guard let present = try person(id) else { return }
        var next = present
        change(&next)
        if let cover = next.cover, cover != present.cover, try !exists(face: cover) { next.cover = present.cover }
        guard next != present else { return }
        try next.update(id, in: database)
    }

    /// Takes away somebody who has no face, and what was said of her.
    ///
    /// - Parameter survivor: whom she became part of.
    mutating func remove(_ id: Int64, into survivor: Int64? = nil) throws {
        guard try person(id) != nil else { return }
        for face in try RejectionTable.faces(rejectedFrom: id, in: database) {
            try setRejection(Rejection(face: face, person: id), to: false)
        }
        for other in try SeparationTable.others(than: id, in: database) {
            try setSeparation(PersonPair(PersonID(id), other), to: false)
        }
        try leaveCollections(id)
        try database.cachedStatement(sql: "DELETE FROM person WHERE id = ?").execute(arguments: [id])
        touched.remove(id)
        guard let survivor else { return }
        survivors[id] = survivor
        try PersonMergeTable.note(id, into: survivor, in: database)
    }

    /// Deletes or restores her: her faces are hidden or shown without being changed.
    mutating func setDeletion(_ moment: String?, of id: Int64) throws {
        try update(id) { $0.deletedAt = moment }
        try database.cachedStatement(sql: "UPDATE face SET changed_in = ? WHERE person_id = ?")
            .execute(arguments: [version, id])
    }

    // MARK: Faces

    /// Whose the faces of a person are, by their ids.
    func faces(of person: Int64) throws -> [(id: Int64, image: FaceImage)] {
        let sql = "SELECT id, person_id, is_placed_by_user, is_ignored FROM face WHERE person_id = ? ORDER BY id"
        return try Row.fetchAll(database.cachedStatement(sql: sql), arguments: [person]).map {
            ($0[0], FaceImage(person: $0[1], isPlaced: $0[2], isIgnored: $0[3]))
        }
    }

    /// Whose a face is; nil when there is no such face. Faces of deleted people are found too.
    func face(_ id: Int64) throws -> FaceImage? {
        let sql = "SELECT person_id, is_placed_by_user, is_ignored FROM face WHERE id = ?"
        return try Row.fetchOne(database.cachedStatement(sql: sql), arguments: [id]).map {
            FaceImage(person: $0[0], isPlaced: $0[1], isIgnored: $0[2])
        }
    }

    private func exists(face id: Int64) throws -> Bool { try face(id) != nil }

    /// Gives a face to somebody, or to nobody.
    mutating func set(_ face: Int64, from present: FaceImage, to next: FaceImage) throws {
        guard next != present else { return }
        if faces[face] == nil { faces[face] = Change(before: present, now: present) }
        faces[face]?.now = next
        for owner in Set([present.person, next.person].compactMap { $0 }) { try touch(owner) }
        let sql = """
            UPDATE face SET person_id = ?, is_placed_by_user = ?, is_ignored = ?, changed_in = ? WHERE id = ?
            """
        try database.cachedStatement(sql: sql)
            .execute(arguments: [next.person, next.isPlaced, next.isIgnored, version, face])
    }

    /// After a face came that was not there before.
    mutating func noteAdded(_ face: Int64, _ image: FaceImage) throws {
        addedFaces.append(face)
        if let person = image.person { try touch(person) }
        try database.cachedStatement(sql: "UPDATE face SET changed_in = ? WHERE id = ?").execute(arguments: [
            version, face,
        ])
        try database.cachedStatement(sql: "DELETE FROM removed_face WHERE face_id = ?").execute(arguments: [face])
    }

    /// Before a face goes.
    mutating func noteRemoved(_ face: Int64, _ image: FaceImage) throws {
        if let person = image.person { try touch(person) }
        let covers = "SELECT id FROM person WHERE cover_face_id = ?"
        for id in try Int64.fetchAll(database.cachedStatement(sql: covers), arguments: [face]) {
            try update(id) { $0.cover = nil }
        }
        try PeopleVersion.noteRemoval(ofFacesWhere: "id = ?", [face], in: database)
    }

    // MARK: What users said

    mutating func setRejection(_ rejection: Rejection, to isThere: Bool) throws {
        let present = try RejectionTable.exists(rejection, in: database)
        guard present != isThere else { return }
        if rejections[rejection] == nil { rejections[rejection] = Change(before: present, now: present) }
        rejections[rejection]?.now = isThere
        if isThere {
            try RejectionTable.insert(rejection, in: database)
        } else {
            try RejectionTable.delete(rejection, in: database)
        }
    }

    mutating func setSeparation(_ pair: PersonPair, to isThere: Bool) throws {
        let present = try SeparationTable.exists(pair, in: database)
        guard present != isThere else { return }
        if separations[pair] == nil { separations[pair] = Change(before: present, now: present) }
        separations[pair]?.now = isThere
        if isThere {
            try SeparationTable.insert(pair, in: database)
        } else {
            try SeparationTable.delete(pair, in: database)
        }
    }

    mutating func setMembership(_ membership: Membership, to isThere: Bool) throws {
        let present = try MembershipTable.exists(membership, in: database)
        guard present != isThere else { return }
        if isThere {
            try MembershipTable.insert(membership, in: database)
            // The collection may be gone by now.
            guard try MembershipTable.exists(membership, in: database) else { return }
        } else {
            try MembershipTable.delete(membership, in: database)
        }
        if memberships[membership] == nil { memberships[membership] = Change(before: present, now: present) }
        memberships[membership]?.now = isThere
    }

    /// Takes somebody out of all collections.
    mutating func leaveCollections(_ person: Int64) throws {
        for collection in try MembershipTable.collections(of: person, in: database) {
            try setMembership(Membership(collection: collection, person: person), to: false)
        }
    }

    // MARK: Two who become one

    /// Takes somebody away whose faces have gone to another one; what was said of the two of them goes too, what else was
    /// said of her holds for the other one.
    mutating func absorb(_ absorbed: Int64, into survivor: Int64) throws {
        let rejected = try RejectionTable.faces(rejectedFrom: absorbed, in: database)
        let separated = try SeparationTable.others(than: absorbed, in: database)
        let collections = try MembershipTable.collections(of: absorbed, in: database)
        try remove(absorbed, into: survivor)
        for collection in collections {
            try setMembership(Membership(collection: collection, person: survivor), to: true)
        }
        for face in rejected where try self.face(face)?.person != survivor {
            try setRejection(Rejection(face: face, person: survivor), to: true)
        }
        for other in separated where other.rawValue != survivor {
            try setSeparation(PersonPair(PersonID(survivor), other), to: true)
        }
    }

    // MARK: Afterwards

    /// Takes covers away that are not hers any more, and people who have neither a face nor anything a user said.
    ///
    /// - Parameters:
    ///   - spared: who may stand empty.
    ///   - mark: what else happens to those who were touched and stay.
    mutating func settle(sparing spared: Set<Int64> = [], mark: (Int64, inout PersonImage) -> Void) throws {
        for id in touched.sorted() {
            guard let present = try person(id) else { continue }
            if let cover = present.cover, try face(cover)?.person != id { try update(id) { $0.cover = nil } }
            if try !spared.contains(id) && PersonTable.isLeftOver(id, in: database) {
                try remove(id)
            } else {
                try update(id) { mark(id, &$0) }
            }
        }
    }

    /// Whether anything is different from what it was.
    var hasChanges: Bool {
        get throws {
            if !addedFaces.isEmpty || faces.values.contains(where: \.isChange) { return true }
            if rejections.values.contains(where: \.isChange) || separations.values.contains(where: \.isChange) {
                return true
            }
            return try persons.contains { try $0.value != PersonImage.load($0.key, in: database) }
        }
    }

    /// Who was changed and is there, and who came and went, as users see it.
    func outcome() throws -> (persons: [Person], removed: [PersonID], created: [PersonID]) {
        var present: [Person] = []
        var removed: [PersonID] = []
        var created: [PersonID] = []
        for (id, before) in persons.sorted(by: { $0.key < $1.key }) {
            let wasThere = before.map { $0.deletedAt == nil } ?? false
            if let person = try PersonTable.person(PersonID(id), in: database) {
                present.append(person)
                if !wasThere { created.append(person.id) }
            } else if wasThere {
                removed.append(PersonID(id))
            }
        }
        return (present, removed, created)
    }
}
