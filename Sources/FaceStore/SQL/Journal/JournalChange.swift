import FaceCore

/// The rows that a journal entry changed, as they were before and after it.
struct JournalChange {
    struct PersonRow {
        let id: Int64
        /// Nil: she was not there.
        let before: PersonImage?
        let after: PersonImage?
        /// Whom she became part of.
        let survivor: Int64?
    }

    struct FaceRow {
        /// Whether the face itself is new or gone.
        enum Course {
            case stays, comes, goes
        }

        let id: Int64
        let course: Course
        let before: FaceImage
        let after: FaceImage
    }

    struct Model: Equatable {
        let id: ModelID
        let dimension: Int?
    }

    var persons: [PersonRow] = []
    var faces: [FaceRow] = []
    /// Whether each came or went.
    var rejections: [(rejection: Rejection, isAdded: Bool)] = []
    var separations: [(pair: PersonPair, isAdded: Bool)] = []
    var memberships: [(membership: Membership, isAdded: Bool)] = []
    var models: (before: Model, after: Model)?

    // MARK: Writing

    /// Keeps what an edit did under its entry.
    ///
    /// - Parameter named: whom the user named, in that order.
    static func write(
        _ people: PeopleRecorder, named: [PersonID], models: (before: Model, after: Model)?, entry: Int64
    ) throws {
        let database = people.database
        try writePersons(people, named: named.map(\.rawValue), entry: entry)
        let face = try database.cachedStatement(sql: "INSERT INTO journal_face VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        var faceCount = 0
        for (id, change) in people.faces where change.isChange && !people.addedFaces.contains(id) {
            let (before, after) = (change.before, change.now)
            try face.execute(arguments: [
                entry, id, false, before.person, before.isPlaced, before.isIgnored, after.person, after.isPlaced,
                after.isIgnored,
            ])
            faceCount += 1
        }
        for id in people.addedFaces {
            let after = try people.face(id) ?? FaceImage()
            try face.execute(arguments: [
                entry, id, true, nil as Int64?, false, false, after.person, after.isPlaced, after.isIgnored,
            ])
            faceCount += 1
        }
        let rejection = try database.cachedStatement(sql: "INSERT INTO journal_rejection VALUES (?, ?, ?, ?)")
        for (key, change) in people.rejections where change.isChange {
            try rejection.execute(arguments: [entry, key.face, key.person, change.now])
        }
        let separation = try database.cachedStatement(sql: "INSERT INTO journal_separation VALUES (?, ?, ?, ?)")
        for (pair, change) in people.separations where change.isChange {
            try separation.execute(arguments: [entry, pair.lower.rawValue, pair.higher.rawValue, change.now])
        }
        let membership = try database.cachedStatement(sql: "INSERT INTO journal_membership VALUES (?, ?, ?, ?)")
        for (key, change) in people.memberships where change.isChange {
            try membership.execute(arguments: [entry, key.collection, key.person, change.now])
        }
        try database.cachedStatement(
            sql: """
                UPDATE journal SET face_count = ?, model_before = ?, dimension_before = ?, model_after = ?,
                    dimension_after = ?
                WHERE id = ?
                """
        ).execute(arguments: [
            faceCount, models?.before.id.rawValue, models?.before.dimension, models?.after.id.rawValue,
            models?.after.dimension, entry,
        ])
    }

    private static func writePersons(_ people: PeopleRecorder, named: [Int64], entry: Int64) throws {
        let statement = try people.database.cachedStatement(
            sql: """
                INSERT INTO journal_person (entry_id, ordinal, person_id, row_before, row_after, survivor_id)
                VALUES (?, ?, ?, ?, ?, ?)
                """)
        var listed: Set<Int64> = []
        let others = people.persons.keys.sorted()
        for id in named + others where listed.insert(id).inserted {
            let before = people.persons[id] ?? nil
            let after = try PersonImage.load(id, in: people.database)
            let isChange = people.persons[id] != nil && before != after
            guard isChange || named.contains(id) else { continue }
            try statement.execute(arguments: [
                entry, listed.count, id, isChange ? try before.map(JSONColumn.encode) : nil,
                isChange ? try after.map(JSONColumn.encode) : nil, people.survivors[id],
            ])
        }
    }

    // MARK: Reading

    static func read(_ entry: Int64, in database: Database) throws -> JournalChange {
        var change = JournalChange()
        change.persons = try rows("journal_person", of: entry, in: database).map { row in
            PersonRow(
                id: row["person_id"], before: try image(row["row_before"]), after: try image(row["row_after"]),
                survivor: row["survivor_id"])
        }
        change.faces = try rows("journal_face", of: entry, in: database).map { row in
            FaceRow(
                id: row["face_id"], course: row["is_added"] ? .comes : .stays,
                before: FaceImage(
                    person: row["person_before"], isPlaced: row["is_placed_before"], isIgnored: row["is_ignored_before"]
                ),
                after: FaceImage(
                    person: row["person_after"], isPlaced: row["is_placed_after"], isIgnored: row["is_ignored_after"]))
        }
        change.rejections = try rows("journal_rejection", of: entry, in: database).map {
            (Rejection(face: $0["face_id"], person: $0["person_id"]), $0["is_added"])
        }
        change.separations = try rows("journal_separation", of: entry, in: database).map {
            (PersonPair(PersonID($0["lower_id"]), PersonID($0["higher_id"])), $0["is_added"])
        }
        change.memberships = try rows("journal_membership", of: entry, in: database).map {
            (Membership(collection: $0["collection_id"], person: $0["person_id"]), $0["is_added"])
        }
        if let row = try Row.fetchOne(
            database.cachedStatement(sql: "SELECT * FROM journal WHERE id = ? AND model_before IS NOT NULL"),
            arguments: [entry])
        {
            change.models = (
                Model(id: ModelID(row["model_before"]), dimension: row["dimension_before"]),
                Model(id: ModelID(row["model_after"]), dimension: row["dimension_after"])
            )
        }
        return change
    }

    private static func rows(_ table: String, of entry: Int64, in database: Database) throws -> [Row] {
        try Row.fetchAll(
            database.cachedStatement(sql: "SELECT * FROM \(table) WHERE entry_id = ?"), arguments: [entry])
    }

    private static func image(_ json: String?) throws -> PersonImage? {
        try json.map { try JSONColumn.decode(PersonImage.self, from: $0) }
    }

    /// The same change the other way round.
    var reversed: JournalChange {
        var change = self
        change.persons = persons.map {
            PersonRow(id: $0.id, before: $0.after, after: $0.before, survivor: nil)
        }
        change.faces = faces.map { row in
            let course: FaceRow.Course =
                switch row.course {
                case .stays: .stays
                case .comes: .goes
                case .goes: .comes
                }
            return FaceRow(id: row.id, course: course, before: row.after, after: row.before)
        }
        change.rejections = rejections.map { ($0.rejection, !$0.isAdded) }
        change.separations = separations.map { ($0.pair, !$0.isAdded) }
        change.memberships = memberships.map { ($0.membership, !$0.isAdded) }
        change.models = models.map { ($0.after, $0.before) }
        return change
    }
}
