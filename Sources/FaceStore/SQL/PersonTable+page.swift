import FaceCore

extension PersonTable {
    /// A part of the persons who meet a filter, in an order.
    static func page(
        _ filter: PersonFilter, sort: PersonSort, after cursor: PageCursor?, offset: Int, limit: Int?,
        in database: Database
    ) throws -> [ListedPerson] {
        var (conditions, arguments) = conditions(of: filter)
        if let cursor {
            let (condition, values) = position(cursor, in: sort)
            conditions.append(condition)
            arguments += values
        }
        let order =
            switch sort {
            case .newest: "created_at DESC, id DESC"
            case .name: "search_key IS NULL, search_key, id"
            case .faces: "face_count DESC, id DESC"
            }
        let sql = """
            SELECT * FROM (SELECT \(columns), search_key FROM person WHERE deleted_at IS NULL) AS listed
            WHERE \(conditions.isEmpty ? "TRUE" : conditions.joined(separator: " AND "))
            ORDER BY \(order) LIMIT ? OFFSET ?
            """
        // A negative limit is none.
        arguments += [limit ?? -1, offset]
        let persons = try Row.fetchAll(database.cachedStatement(sql: sql), arguments: arguments).map(Person.init(row:))
        return try withCovers(persons, in: database)
    }

    private static func conditions(of filter: PersonFilter) -> (conditions: [String], arguments: StatementArguments) {
        var conditions: [String] = []
        var arguments: StatementArguments = []
        if let isNamed = filter.isNamed { conditions.append(isNamed ? "name IS NOT NULL" : "name IS NULL") }
        if let isHidden = filter.isHidden {
            conditions.append("is_hidden = ?")
            arguments += [isHidden]
        }
        if filter.minimumFaces > 0 {
            conditions.append("face_count >= ?")
            arguments += [filter.minimumFaces]
        }
        if let collection = filter.collection {
            conditions.append("id IN (SELECT person_id FROM membership WHERE collection_id = ?)")
            arguments += [collection.rawValue]
        }
        if let text = filter.text, case let key = PersonName.searchKey(of: text), !key.isEmpty {
            conditions.append("(\(matches))")
            arguments += [key, text]
        }
        return (conditions, arguments)
    }

    /// What comes after a place in the list.
    private static func position(
        _ cursor: PageCursor, in sort: PersonSort
    ) -> (condition: String, arguments: StatementArguments) {
        switch sort {
        case .newest: return ("(created_at, id) < (?, ?)", [cursor.text, cursor.id])
        case .faces: return ("(face_count, id) < (?, ?)", [cursor.number, cursor.id])
        case .name:
            guard let name = cursor.name else { return ("(search_key IS NULL AND id > ?)", [cursor.id]) }
            return ("(search_key IS NULL OR (search_key, id) > (?, ?))", [name, cursor.id])
        }
    }

    static func cursor(after person: Person, in sort: PersonSort) -> PageCursor {
        switch sort {
        case .newest: PageCursor(person.createdAt, id: person.id.rawValue)
        case .faces: PageCursor(number: Int64(person.faceCount), id: person.id.rawValue)
        case .name: PageCursor(id: person.id.rawValue, name: person.name.map(PersonName.searchKey(of:)))
        }
    }
}
