import FaceCore

struct SQLSuggestionAnswers: SuggestionAnswers {
    let connection: LibraryConnection

    /// Written into the column `kind`.
    private enum Kind: String {
        case merge
        case mixUp = "mix_up"
    }

    func record(_ answer: SuggestionAnswer) throws(FaceStoreError) {
        let (kind, first, second, digest): (Kind, PersonID, PersonID?, String) =
            switch answer.subject {
            case .merge(let pair): (.merge, pair.lower, pair.higher, "")
            case .mixUp(let person, let digest): (.mixUp, person, nil, digest)
            }
        try connection.write { database in
            let key: StatementArguments = [kind.rawValue, first.rawValue, second?.rawValue ?? 0, digest]
            // Taken away first, so that the later answer comes last.
            try database.execute(
                sql: "DELETE FROM suggestion_answer WHERE kind = ? AND first_id = ? AND second_id = ? AND digest = ?",
                arguments: key)
            try database.execute(
                sql: """
                    INSERT INTO suggestion_answer (kind, first_id, second_id, digest, choice, dissimilarity, answered_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: key + [
                    answer.choice.rawValue, answer.dissimilarity, Timestamp(answer.answeredAt).text,
                ])
        }
    }

    func all() throws(FaceStoreError) -> [SuggestionAnswer] {
        try connection.read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM suggestion_answer ORDER BY answered_at, id").map { row in
                SuggestionAnswer(
                    subject: try Self.subject(of: row, in: database),
                    choice: try row.value("choice", as: SuggestionAnswer.Choice.self),
                    dissimilarity: row["dissimilarity"], answeredAt: try row.date("answered_at"))
            }
        }
    }

    /// The question by the people as they are now. One that means nobody any more, or twice the same, stays as it was
    /// asked: it will not be asked again, but tells how answers go at that similarity.
    private static func subject(of row: Row, in database: Database) throws -> SuggestionAnswer.Subject {
        func present(_ column: String) throws -> PersonID {
            let id: Int64 = row[column]
            return PersonID(try PersonMergeTable.present(id, in: database) ?? id)
        }
        switch try row.value("kind", as: Kind.self) {
        case .mixUp: return .mixUp(try present("first_id"), digest: row["digest"])
        case .merge:
            let (first, second) = (try present("first_id"), try present("second_id"))
            if first != second { return .merge(PersonPair(first, second)) }
            return .merge(PersonPair(PersonID(row["first_id"]), PersonID(row["second_id"])))
        }
    }

    /// Forgets what was answered about people.
    static func erase(_ people: Set<Int64>, in database: Database) throws {
        let statement = try database.cachedStatement(
            sql: "DELETE FROM suggestion_answer WHERE first_id = ?1 OR second_id = ?1")
        for person in people { try statement.execute(arguments: [person]) }
    }
}
