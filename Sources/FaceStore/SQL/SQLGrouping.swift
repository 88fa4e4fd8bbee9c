import FaceCore

/// One `GroupingChange` on its way into the database, inside a transaction.
struct SQLGrouping {
    let database: Database
    let author: GroupingChange.Author
    let now: String
    /// What the changes are written under.
    private let version: Int64

    /// Persons who gained or lost a face and may be empty by now.
    private var touched: Set<Int64> = []
    /// How many faces of the one person the other one has got.
    private var gained: [Int64: [Int64: Int]] = [:]
    private var kept: [FaceID] = []
    private var removed: [PersonID] = []
    private var movedCount = 0
    private var taken: [FaceID: PersonID] = [:]

    init(database: Database, author: GroupingChange.Author, now: String) throws {
        version = try PeopleVersion.next(in: database)
        self.database = database
        self.author = author
        self.now = now
    }

    mutating func apply(_ change: GroupingChange) throws -> GroupingResult {
        taken = change.taken
        for merge in change.merges {
            try apply(merge)
        }
        let created = try change.created.map { try create(of: $0) }
        for (person, faces) in change.joined.sorted(by: { $0.key < $1.key }) {
            guard try PersonTable.exists(person, in: database) else { throw FaceStoreError.unknownPerson(person) }
            for face in faces { try move(face, to: person) }
        }
        for face in change.released { try move(face, to: nil) }
        let settled = try PersonTable.settle(touched, now: now, in: database)
        for person in settled { try passOnEvents(of: person.rawValue) }
        removed += settled
        let gone = Set(removed)
        return GroupingResult(
            created: created.map { $0.flatMap { gone.contains($0) ? nil : $0 } }, movedCount: movedCount, kept: kept,
            removed: removed.filter { !created.contains($0) })
    }

    private mutating func apply(_ merge: GroupingChange.Merge) throws {
        guard merge.absorbed != merge.survivor else { throw FaceStoreError.mergeWithSelf(merge.survivor) }
        let absorbed = try PersonTable.known(merge.absorbed, in: database)
        let survivor = try PersonTable.known(merge.survivor, in: database)
        if author == .grouping, try isForbidden(merge) { throw FaceStoreError.bothAreNamed(absorbed.id, survivor.id) }
        try database.cachedStatement(sql: "UPDATE face SET person_id = ?, changed_in = ? WHERE person_id = ?")
            .execute(arguments: [survivor.id.rawValue, version, absorbed.id.rawValue])
        try passOnWhatUsersSaid(merge)
        try database.cachedStatement(sql: "DELETE FROM person WHERE id = ?")
            .execute(arguments: [absorbed.id.rawValue])
        try PersonMergeTable.noteIfKnown(absorbed.id.rawValue, into: survivor.id.rawValue, in: database)
        touched.remove(absorbed.id.rawValue)
        touched.insert(survivor.id.rawValue)
        removed.append(absorbed.id)
    }

    /// Who got most faces of somebody who is left with none has seen what she was seen at.
    private func passOnEvents(of person: Int64) throws {
        let heirs = (gained[person] ?? [:]).sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        guard let heir = try heirs.first(where: { try PersonTable.exists(PersonID($0.key), in: database) }) else {
            return
        }
        try AttendanceTable.follow(person, into: heir.key, in: database)
    }

    /// Whether users said that the two are two, or said something of both.
    private func isForbidden(_ merge: GroupingChange.Merge) throws -> Bool {
        let (absorbed, survivor) = (merge.absorbed.rawValue, merge.survivor.rawValue)
        return try SeparationTable.exists(PersonPair(merge.absorbed, merge.survivor), in: database)
            || RejectionTable.keepApart(absorbed, survivor, in: database)
            || PersonTable.isSettled(absorbed, in: database) && PersonTable.isSettled(survivor, in: database)
    }

    /// What was said of the absorbed one holds for the survivor, except of the two of them.
    private func passOnWhatUsersSaid(_ merge: GroupingChange.Merge) throws {
        let (absorbed, survivor) = (merge.absorbed.rawValue, merge.survivor.rawValue)
        for face in try RejectionTable.faces(rejectedFrom: absorbed, in: database) {
            try RejectionTable.insert(Rejection(face: face, person: survivor), in: database)
        }
        try database.cachedStatement(
            sql: """
                DELETE FROM rejection WHERE person_id = ?1
                    AND face_id IN (SELECT id FROM face WHERE person_id = ?1)
                """
        ).execute(arguments: [survivor])
        for other in try SeparationTable.others(than: absorbed, in: database) where other != merge.survivor {
            try SeparationTable.insert(PersonPair(merge.survivor, other), in: database)
        }
        for collection in try MembershipTable.collections(of: absorbed, in: database) {
            try MembershipTable.insert(Membership(collection: collection, person: survivor), in: database)
        }
        guard let details = try PersonImage.load(absorbed, in: database),
            var filled = try PersonImage.load(survivor, in: database)
        else { return }
        filled.fill(from: details)
        try filled.update(survivor, in: database)
    }

    private mutating func create(of faces: [FaceID]) throws -> PersonID? {
        // Found out first: ids are given once, and none is spent on a person who would have no face.
        guard try faces.contains(where: { try mayTake($0) }) else {
            kept += faces
            return nil
        }
        let person = try PersonTable.insert(name: nil, now: now, in: database)
        touched.insert(person.rawValue)
        for face in faces { try move(face, to: person) }
        return person
    }

    private func mayTake(_ face: FaceID) throws -> Bool {
        guard author == .grouping else { return true }
        let image = try placement(of: face)
        return try !image.isPlaced && !image.isIgnored && (image.person == nil || isTaken(face, from: image.person))
    }

    private func placement(of face: FaceID) throws -> FaceImage {
        let sql = """
            SELECT person_id, is_placed_by_user, is_ignored FROM face WHERE id = ? AND \(FaceTable.isVisible)
            """
        guard let row = try Row.fetchOne(database.cachedStatement(sql: sql), arguments: [face.rawValue]) else {
            throw FaceStoreError.unknownFace(face)
        }
        return FaceImage(person: row[0], isPlaced: row[1], isIgnored: row[2])
    }

    private mutating func move(_ face: FaceID, to person: PersonID?) throws {
        let image = try placement(of: face)
        let owner = image.person
        let rejection = person.map { Rejection(face: face.rawValue, person: $0.rawValue) }
        // What the machine decided rests on what it read before: by now the face may have become somebody's, or users may
        // have said something else of it.
        if author == .grouping {
            let isBound =
                try image.isPlaced || image.isIgnored && person != nil || isHeld(face, by: owner, from: person)
            guard try !isBound && rejection.map({ try RejectionTable.exists($0, in: database) }) != true else {
                if owner != person?.rawValue { kept.append(face) }
                return
            }
        } else if let rejection {
            try RejectionTable.delete(rejection, in: database)
        }
        if owner != person?.rawValue {
            movedCount += 1
            if let owner { touched.insert(owner) }
            if let person {
                touched.insert(person.rawValue)
                if let owner { gained[owner, default: [:]][person.rawValue, default: 0] += 1 }
            }
        } else if author == .grouping {
            return
        }
        let isIgnored = image.isIgnored && person == nil
        let sql = "UPDATE face SET person_id = ?, is_placed_by_user = ?, is_ignored = ?, changed_in = ? WHERE id = ?"
        try database.cachedStatement(sql: sql)
            .execute(arguments: [person?.rawValue, author == .user && !isIgnored, isIgnored, version, face.rawValue])
    }

    /// Whether a face belongs to somebody whom the machine may not take it from.
    private func isHeld(_ face: FaceID, by owner: Int64?, from person: PersonID?) throws -> Bool {
        guard owner != nil, person != nil || taken[face] != nil else { return false }
        return try !isTaken(face, from: owner)
    }

    /// Whether the machine takes a face from the person it has read, and may.
    private func isTaken(_ face: FaceID, from owner: Int64?) throws -> Bool {
        guard let owner, taken[face]?.rawValue == owner else { return false }
        return try !PersonTable.isSettled(owner, in: database)
    }
}
