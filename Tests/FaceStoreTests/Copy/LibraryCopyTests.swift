import FaceCore
import Foundation
import Testing

@testable import FaceStore

@Suite struct LibraryCopyTests {
    private struct BrokenOff: UserFacingError, Equatable {
        let message = "broken off"
    }

    /// A library in which every table has rows.
    private func full(_ backend: Backend) throws -> PeopledLibrary {
        let people = try PeopledLibrary(backend, [3, 2, 2, 1], unknown: 2)
        let (store, journal) = (people.store, people.journal)
        try store.adopt(model: Sample.model)
        _ = try store.photos.record(Sample.photo(900), at: Sample.location("/a/ä.jpg"), faces: Sample.faces(0..<1))
        _ = try store.photos.recordFailure(Sample.failure(901), at: Sample.location("/a/b.jpg"))
        let staff = try store.collections.create(name: "Свои", threshold: .similarity(0.5))
        try store.collections.add([people.people[0], people.people[2]], to: staff.id)
        try journal.perform(.rename(people.people[0], to: "Анна"))
        try journal.perform(.rename(people.people[1], to: "Eve"))
        try journal.perform(.reject([people.faces[1]], from: people.people[0]))
        try journal.perform(.separate(people.people[0], people.people[1]))
        try journal.perform(.merge([people.people[2]], into: people.people[1]))
        try journal.perform(.split([people.faces[0]], name: "Ida"))
        let photo = try #require(try people.photo(of: 9))
        try journal.perform(.addFace(Sample.drawn(on: photo)))
        try journal.undo()
        try store.upload(1...3)
        try store.workOff()
        try store.upload(4...6)
        let gone = try #require(try people.photo(of: 8))
        try store.photos.forget(gone)
        let digests = KeyDigests(
            key: String(repeating: "a", count: 64), session: String(repeating: "b", count: 64), hint: "lik_a")
        let key = try store.keys.create(NewAPIKey(name: "Дверь", scopes: [.read]), digests: digests)
        try store.audit.append([
            AuditEntry(
                at: SteadyClock.start, asker: .key(key.id, name: key.name), method: "GET", path: "/", status: 200,
                address: "::1", requestID: "1")
        ])
        _ = try store.webhooks.create(
            NewWebhook(name: "Дверь", url: "https://example.com/ä", collection: staff.id), secret: "whsec_AA")
        _ = try store.webhooks.create(NewWebhook(name: "All", url: "https://example.com"), secret: "whsec_BB")
        let sighting = Sighting(
            person: people.people[1], collection: staff.id, place: "Вход", at: SteadyClock.start, similarity: 0.7)
        _ = try store.attendance.record(sighting, window: .seconds(60)) { "{\"place\":\"\($0.place)\"}" }
        return people
    }

    /// Who has which faces, without the moments of the edits.
    private func people(_ store: any LibraryStore) throws -> [String] {
        try store.persons.all().map { person in
            let faces = try store.faces.faces(of: person.id).map(\.id.description).joined(separator: " ")
            return "\(person.id) \(person.name ?? "") \(faces)"
        }
    }

    /// The events, the webhooks and their messages.
    private func told(_ store: any LibraryStore) throws -> [String] {
        let webhooks = try store.webhooks.all()
        let messages = try webhooks.flatMap {
            try store.webhooks.deliveries(of: $0.id, state: nil, after: nil, limit: 9).elements
        }
        return try store.attendance.events(AttendanceFilter(), after: nil, limit: 9).elements.map { "\($0)" }
            + webhooks.map { "\($0)" } + messages.map { "\($0)" }
    }

    private func dump(_ store: any LibraryStore) throws -> String { try LibraryDump(of: store).text }

    @Test(arguments: Backend.allCases, Backend.allCases)
    func `A library that is copied there and back is what it was`(_ first: Backend, _ second: Backend) throws {
        let original = try full(first)
        let there = try TemporaryLibrary(second)
        let back = try TemporaryLibrary(first)
        let report = try LibraryCopy(from: original.store, to: there.store).run()
        #expect(try LibraryCopy(from: there.store, to: back.store).run() == report)
        #expect(try dump(back.store) == dump(original.store))
        #expect(try !LibraryCopy.isUnfinished(back.store))
        #expect(try told(back.store) == told(original.store) && told(back.store).count == 5)
        // What can be taken back in the original can be in the copy, and ends the same.
        for store in [original.store, back.store] {
            try store.journal.redo()
            for _ in 0..<4 { try store.journal.undo() }
        }
        #expect(try people(back.store) == people(original.store))
    }

    @Test(arguments: Backend.allCases)
    func `Ids of what is gone are not given again by a copy`(_ backend: Backend) throws {
        let original = try full(.memory)
        let last = try original.store.persons.create(name: "Last")
        try original.store.persons.delete(last.id)
        _ = try original.store.persons.erase(deletedBefore: .distantFuture)
        let copy = try TemporaryLibrary(backend)
        try LibraryCopy(from: original.store, to: copy.store).run()
        #expect(try copy.store.persons.create(name: "Next").id.rawValue == last.id.rawValue + 1)
    }

    @Test(arguments: Backend.allCases)
    func `A copy that was broken off is unfinished, and goes on from there`(_ backend: Backend) throws {
        let original = try full(.memory)
        let target = try TemporaryLibrary(backend)
        var copy = try LibraryCopy(from: original.store, to: target.store)
        copy.rowsAtOnce = 2
        var told = 0
        #expect(throws: BrokenOff()) {
            try copy.run { _ in
                told += 1
                if told == 12 { throw BrokenOff() }
            }
        }
        #expect(try LibraryCopy.isUnfinished(target.store))
        var first: LibraryCopy.Progress?
        try copy.run { if first == nil { first = $0 } }
        #expect(first?.table != "meta")
        #expect(try !LibraryCopy.isUnfinished(target.store))
        #expect(try dump(target.store) == dump(original.store))
    }

    @Test func `A library that changed after its copy was broken off is not said to be copied`() throws {
        let original = try full(.memory)
        let target = try TemporaryLibrary(.memory)
        let copy = try LibraryCopy(from: original.store, to: target.store)
        #expect(throws: BrokenOff()) {
            try copy.run { if $0.table == "face" { throw BrokenOff() } }
        }
        try original.journal.perform(.rename(original.people[0], to: "Anna"))
        #expect(throws: LibraryCopyError.differs(table: "person")) { try copy.run() }
        #expect(try LibraryCopy.isUnfinished(target.store))
    }

    @Test(arguments: Backend.allCases)
    func `A library is never copied over another one`(_ backend: Backend) throws {
        let original = try full(.memory)
        let target = try PeopledLibrary(backend, [1])
        let before = try target.dump()
        #expect(throws: LibraryCopyError.notEmpty) { try LibraryCopy(from: original.store, to: target.store).run() }
        #expect(try target.dump() == before)
    }

    @Test func `A copy knows every table of the schema`() throws {
        let tables = try SQLiteLibraryStore.inMemory().connection.read { database in
            try String.fetchSet(
                database,
                sql: """
                    SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'
                        AND name NOT LIKE 'grdb%'
                    """)
        }
        #expect(try Set(LibraryTable.all().map(\.name)) == tables)
    }
}
