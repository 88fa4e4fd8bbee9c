import FaceCore
internal import GRDB

/// One `GroupingChange` on its way into the database, inside a transaction.
struct SQLiteGrouping {
    let database: Database
    let author: GroupingChange.Author
    let now: String

    /// Persons who gained or lost a face and may be empty by now.
    private var touched: Set<Int64> = []
    private var kept: [FaceID] = []
    private var removed: [PersonID] = []
    private var movedCount = 0
    private var taken: [FaceID: PersonID] = [:]

    init(database: Database, author: GroupingChange.Author, now: String) {
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
        removed += try PersonTable.settle(touched, now: now, in: database)
        let gone = Set(removed)
        return GroupingResult(
            created: created.map { $0.flatMap { gone.contains($0) ? nil : $0 } }, movedCount: movedCount, kept: kept,
            removed: removed.filter { !created.contains($0) })
    }

    private mutating func apply(_ merge: GroupingChange.Merge) throws {
        guard merge.absorbed != merge.survivor else { throw FaceStoreError.mergeWithSelf(merge.survivor) }
        let absorbed = try PersonTable.known(merge.absorbed, in: database)
        let survivor = try PersonTable.known(merge.survivor, in: database)
        if author == .grouping, absorbed.name != nil, survivor.name != nil {
            throw FaceStoreError.bothAreNamed(absorbed.id, survivor.id)
        }
        if survivor.name == nil, let name = absorbed.name {
            try PersonTable.rename(survivor.id, to: PersonName(name), now: now, in: database)
        }
        try database.cachedStatement(sql: "UPDATE face SET person_id = ? WHERE person_id = ?")
            .execute(arguments: [survivor.id.rawValue, absorbed.id.rawValue])
        try database.cachedStatement(sql: "DELETE FROM person WHERE id = ?")
            .execute(arguments: [absorbed.id.rawValue])
        touched.remove(absorbed.id.rawValue)
        touched.insert(survivor.id.rawValue)
        removed.append(absorbed.id)
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
        let (owner, isPlaced) = try placement(of: face)
        return try !isPlaced && (owner == nil || isTaken(face, from: owner))
    }

    private func placement(of face: FaceID) throws -> (owner: Int64?, isPlaced: Bool) {
        let statement = try database.cachedStatement(
            sql: "SELECT person_id, is_placed_by_user FROM face WHERE id = ? AND \(FaceTable.isVisible)")
        guard let row = try Row.fetchOne(statement, arguments: [face.rawValue]) else {
            throw FaceStoreError.unknownFace(face)
        }
        return (row[0], row[1])
    }

    private mutating func move(_ face: FaceID, to person: PersonID?) throws {
        let (owner, isPlaced) = try placement(of: face)
        // What the machine decided rests on what it read before: by now the face may have become somebody's.
        if author == .grouping, try isPlaced || isHeld(face, by: owner, from: person) {
            if owner != person?.rawValue { kept.append(face) }
            return
        }
        if owner != person?.rawValue {
            movedCount += 1
            if let owner { touched.insert(owner) }
            if let person { touched.insert(person.rawValue) }
        } else if author == .grouping {
            return
        }
        try database.cachedStatement(sql: "UPDATE face SET person_id = ?, is_placed_by_user = ? WHERE id = ?")
            .execute(arguments: [person?.rawValue, author == .user, face.rawValue])
    }

    /// Whether the machine takes a face from the person it has read, and may.
    private func isTaken(_ face: FaceID, from owner: Int64?) throws -> Bool {
        guard let owner, taken[face]?.rawValue == owner else { return false }
        return try PersonTable.known(PersonID(owner), in: database).name == nil
    }

    /// Whether a face belongs to somebody whom the machine may not take it from.
    private func isHeld(_ face: FaceID, by owner: Int64?, from person: PersonID?) throws -> Bool {
        guard owner != nil, person != nil || taken[face] != nil else { return false }
        return try !isTaken(face, from: owner)
    }
}
