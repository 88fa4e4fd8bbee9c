import FaceCore

struct SQLPersonJournal: PersonJournal {
    let connection: LibraryConnection
    /// How many entries are kept.
    var capacity = JournalTable.capacity

    func perform(
        _ edit: PersonEdit, expecting expected: [PersonID: JournalEntry.ID]
    ) throws(FaceStoreError) -> EditResult {
        try connection.write { database in
            try perform(edit, expecting: expected, in: database)
        }
    }

    /// The same inside a transaction.
    func perform(
        _ edit: PersonEdit, expecting expected: [PersonID: JournalEntry.ID] = [:], in database: Database
    ) throws -> EditResult {
        try Self.check(expected, for: edit, in: database)
        let now = connection.now()
        try JournalTable.closeUndone(in: database)
        let entry = try JournalTable.insert(edit.kind, now: now, in: database)
        var work = try SQLEdit(connection: connection, database: database, now: now)
        try work.apply(edit)
        guard try work.models != nil || work.people.hasChanges else { throw FaceStoreError.emptyEdit }
        try work.people.settle { _, image in
            image.updatedAt = now
            image.revision = entry
        }
        try JournalChange.write(work.people, named: work.named, models: work.models, entry: entry)
        try JournalTable.drop(beyond: capacity, in: database)
        return try Self.result(entry, work.people, addedFaces: work.people.addedFaces.map { FaceID($0) })
    }

    func undo(_ entry: JournalEntry.ID?) throws(FaceStoreError) -> EditResult {
        try connection.write { database in
            guard let turn = try Self.turn(entry, of: JournalTable.nextToUndo(in: database)) else {
                throw FaceStoreError.nothingToUndo
            }
            let change = try JournalChange.read(turn, in: database).reversed
            return try reverse(change, entry: turn, leaving: .undone, in: database)
        }
    }

    func redo(_ entry: JournalEntry.ID?) throws(FaceStoreError) -> EditResult {
        try connection.write { database in
            guard let turn = try Self.turn(entry, of: JournalTable.nextToRedo(in: database)) else {
                throw FaceStoreError.nothingToRedo
            }
            return try reverse(JournalChange.read(turn, in: database), entry: turn, leaving: .done, in: database)
        }
    }

    func entries(after cursor: PageCursor?, limit: Int) throws(FaceStoreError) -> Page<JournalEntry> {
        try connection.read { database in
            let rows = try JournalTable.fetch(
                "id < ? ORDER BY id DESC LIMIT ?", [cursor?.id ?? .max, limit.andOneMore], in: database)
            return Page(rows, limit: limit, element: { $0 }) { PageCursor(id: $0.id.rawValue) }
        }
    }

    func entry(_ id: JournalEntry.ID) throws(FaceStoreError) -> JournalEntry? {
        try connection.read { try JournalTable.fetch("id = ?", [id.rawValue], in: $0).first }
    }

    func constraints() throws(FaceStoreError) -> PersonConstraints {
        try connection.read { try PersonConstraints(of: $0) }
    }

    func constraints(on people: [PersonID]) throws(FaceStoreError) -> PersonConstraints {
        try connection.read { try PersonConstraints(of: $0, on: people) }
    }

    // MARK: Steps

    private func reverse(
        _ change: JournalChange, entry: Int64, leaving state: JournalEntry.State, in database: Database
    ) throws -> EditResult {
        var reversal = try SQLReversal(change, entry: entry, database: database, now: connection.now())
        let added = try reversal.apply()
        try JournalTable.set(state, of: entry, in: database)
        return try Self.result(entry, reversal.people, addedFaces: added)
    }

    /// Whose turn it is; nil for none's.
    private static func turn(_ expected: JournalEntry.ID?, of turn: Int64?) throws -> Int64? {
        if let expected, expected.rawValue != turn {
            throw FaceStoreError.journalMoved(turn: turn.map { JournalEntry.ID($0) })
        }
        return turn
    }

    private static func check(
        _ expected: [PersonID: JournalEntry.ID], for edit: PersonEdit, in database: Database
    ) throws {
        var moved: [PersonID: Person?] = [:]
        for (id, revision) in expected {
            var present = try PersonTable.person(id, in: database)
            if case .restore(id) = edit, present == nil {
                present = try PersonTable.deleted("id = ?", [id.rawValue], in: database).first?.person
            }
            if present == nil || present?.revision?.rawValue ?? 0 != revision.rawValue {
                moved.updateValue(present, forKey: id)
            }
        }
        guard moved.isEmpty else { throw FaceStoreError.conflict(moved) }
    }

    private static func result(_ entry: Int64, _ people: PeopleRecorder, addedFaces: [FaceID]) throws -> EditResult {
        let outcome = try people.outcome()
        return EditResult(
            entry: try JournalTable.entry(entry, in: people.database), persons: outcome.persons,
            removed: outcome.removed, created: outcome.created, addedFaces: addedFaces)
    }
}

extension PersonEdit {
    /// What the journal calls it.
    var kind: JournalEntry.Kind {
        switch self {
        case .rename: .rename
        case .describe: .describe
        case .merge: .merge
        case .split: .split
        case .move: .move
        case .reject: .reject
        case .confirm: .confirm
        case .ignore: .ignore
        case .heed: .heed
        case .addFace: .addFace
        case .separate: .separate
        case .delete: .delete
        case .restore: .restore
        case .apply: .applyDraft
        }
    }
}

extension PersonConstraints {
    /// - Parameter people: only what is about these; nil for everybody.
    init(of database: Database, on people: [PersonID]? = nil) throws {
        self.init()
        let list = people.map { "[" + $0.map { "\($0.rawValue)" }.joined(separator: ",") + "]" }
        func isAbout(_ columns: String...) -> String {
            guard list != nil else { return "TRUE" }
            return "(" + columns.map { "\($0) IN (SELECT value FROM json_each(:people))" }.joined(separator: " OR ")
                + ")"
        }
        func rows(_ sql: String) throws -> [Row] {
            try Row.fetchAll(
                database.cachedStatement(sql: sql), arguments: list.map { ["people": $0] as StatementArguments } ?? [])
        }
        let settled = """
            SELECT id FROM person WHERE deleted_at IS NULL AND \(PersonTable.isDescribed) AND \(isAbout("id"))
            UNION
            SELECT DISTINCT face.person_id FROM face JOIN person ON person.id = face.person_id
            WHERE face.is_placed_by_user = 1 AND person.deleted_at IS NULL AND \(isAbout("face.person_id"))
            """
        self.settled = Set(try rows(settled).map { PersonID($0[0]) })
        let rejections = """
            SELECT rejection.face_id, rejection.person_id FROM rejection
                JOIN face ON face.id = rejection.face_id JOIN person ON person.id = rejection.person_id
            WHERE person.deleted_at IS NULL AND \(FaceTable.isVisible)
                AND \(isAbout("rejection.person_id", "face.person_id"))
            """
        for row in try rows(rejections) {
            self.rejections[FaceID(row[0]), default: []].insert(PersonID(row[1]))
        }
        let separations = """
            SELECT lower_id, higher_id FROM separation
                JOIN person AS lower ON lower.id = lower_id JOIN person AS higher ON higher.id = higher_id
            WHERE lower.deleted_at IS NULL AND higher.deleted_at IS NULL AND \(isAbout("lower_id", "higher_id"))
            """
        self.separations = Set(try rows(separations).map { PersonPair(PersonID($0[0]), PersonID($0[1])) })
    }
}
