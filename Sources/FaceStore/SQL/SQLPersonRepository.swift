import FaceCore
import Foundation

struct SQLPersonRepository: PersonRepository {
    let connection: LibraryConnection

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
        return try connection.read { try PersonTable.fetch(PersonTable.matches, [key, text], in: $0) }
    }

    func search(_ text: String) throws(FaceStoreError) -> [ListedPerson] {
        let key = PersonName.searchKey(of: text)
        guard !key.isEmpty else { return [] }
        return try connection.read { try PersonTable.list(PersonTable.matches, [key, text], in: $0) }
    }

    func listed(_ id: PersonID) throws(FaceStoreError) -> ListedPerson? {
        try connection.read { try PersonTable.list("id = ?", [id.rawValue], in: $0).first }
    }

    func page(
        _ filter: PersonFilter, sort: PersonSort, after cursor: PageCursor?, offset: Int, limit: Int?
    ) throws(FaceStoreError) -> Page<ListedPerson> {
        try connection.read { database in
            let rows = try PersonTable.page(
                filter, sort: sort, after: cursor, offset: max(offset, 0), limit: limit?.andOneMore, in: database)
            return Page(rows, limit: limit, element: { $0 }) { PersonTable.cursor(after: $0.person, in: sort) }
        }
    }

    func named() throws(FaceStoreError) -> [PersonID] {
        try connection.read { database in
            let sql = "SELECT id FROM person WHERE name IS NOT NULL AND deleted_at IS NULL ORDER BY id"
            return try Int64.fetchAll(database.cachedStatement(sql: sql)).map { PersonID($0) }
        }
    }

    func named(_ name: String?, in collection: CollectionID?) throws(FaceStoreError) -> [Person] {
        try connection.read { database in
            var conditions = "name IS NOT NULL AND deleted_at IS NULL"
            var arguments: StatementArguments = []
            if let name {
                conditions += " AND name = ?"
                arguments += [name]
            }
            if let collection {
                conditions += " AND id IN (SELECT person_id FROM membership WHERE collection_id = ?)"
                arguments += [collection.rawValue]
            }
            let sql = "SELECT \(PersonTable.columns) FROM person WHERE \(conditions) ORDER BY search_key, id"
            return try Row.fetchAll(database.cachedStatement(sql: sql), arguments: arguments).map(Person.init(row:))
        }
    }

    func create(name: String?) throws(FaceStoreError) -> Person {
        let checked: PersonName? = if let name { try PersonName(name) } else { nil }
        return try connection.write { database in
            _ = try PeopleVersion.next(in: database)
            let id = try PersonTable.insert(name: checked, now: connection.now(), in: database)
            return try PersonTable.known(id, in: database)
        }
    }

    func rename(_ id: PersonID, to name: String) throws(FaceStoreError) -> Person {
        try edit(.rename(id, to: name))
        return try known(id)
    }

    /// Carries an edit out with its entry in the journal; one that finds nothing to change is none.
    private func edit(_ edit: PersonEdit) throws(FaceStoreError) {
        do throws(FaceStoreError) {
            _ = try SQLPersonJournal(connection: connection).perform(edit, expecting: [:])
        } catch {
            guard error == .emptyEdit else { throw error }
        }
    }

    private func known(_ id: PersonID) throws(FaceStoreError) -> Person {
        try connection.read { try PersonTable.known(id, in: $0) }
    }

    // MARK: Deletion

    func delete(_ id: PersonID) throws(FaceStoreError) -> DeletedPerson {
        try connection.write { database in
            _ = try SQLPersonJournal(connection: connection).perform(.delete(id), in: database)
            guard let deleted = try PersonTable.deleted("id = ?", [id.rawValue], in: database).first else {
                throw FaceStoreError.unknownPerson(id)
            }
            return deleted
        }
    }

    func restore(_ id: PersonID) throws(FaceStoreError) -> Person {
        try edit(.restore(id))
        return try known(id)
    }

    func deleted() throws(FaceStoreError) -> [DeletedPerson] {
        try connection.read { try PersonTable.deleted("TRUE", [], in: $0) }
    }

    func erase(deletedBefore moment: Date) throws(FaceStoreError) -> [ErasedPerson] {
        let erased = try connection.write { database in
            try SQLPersonErasure(database: database).erase(deletedBefore: Timestamp(moment).text)
        }
        if !erased.isEmpty { connection.dropOldPages() }
        return erased
    }
}
