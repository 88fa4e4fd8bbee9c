import FaceCore
internal import GRDB

struct SQLitePersonRepository: PersonRepository {
    let connection: SQLiteConnection

    func person(_ id: PersonID) throws(FaceStoreError) -> Person? {
        try connection.read { try PersonTable.person(id, in: $0) }
    }

    func all(limit: Int?, offset: Int) throws(FaceStoreError) -> [Person] {
        try connection.read { database in
            // A negative limit is none.
            try PersonTable.fetch(
                "TRUE", paging: "LIMIT ? OFFSET ?", [limit.map { max($0, 0) } ?? -1, max(offset, 0)], in: database)
        }
    }

    func find(_ text: String) throws(FaceStoreError) -> [Person] {
        let key = PersonName.searchKey(of: text)
        guard !key.isEmpty else { return [] }
        return try connection.read { database in
            try PersonTable.fetch(
                "instr(coalesce(search_key, 'person_' || id), ?) > 0 OR CAST(id AS TEXT) = ?", [key, text],
                in: database)
        }
    }

    func create(name: String?) throws(FaceStoreError) -> Person {
        let checked: PersonName? = if let name { try PersonName(name) } else { nil }
        return try connection.write { database in
            let id = try PersonTable.insert(name: checked, now: connection.now(), in: database)
            return try PersonTable.known(id, in: database)
        }
    }

    func rename(_ id: PersonID, to name: String) throws(FaceStoreError) -> Person {
        let checked = try PersonName(name)
        return try connection.write { database in
            try PersonTable.rename(id, to: checked, now: connection.now(), in: database)
            return try PersonTable.known(id, in: database)
        }
    }
}
