import FaceCore
import Foundation
import Testing

@testable import FaceStore

@Suite struct SQLiteJournalTests {
    @Test func `Only so many of the latest entries are kept`() throws {
        let store = try SQLiteLibraryStore.inMemory()
        let person = try #require(try store.makePerson(of: try store.recordFaces(1)))
        let journal = SQLPersonJournal(connection: store.connection, capacity: 3)
        for name in ["a", "b", "c", "d", "e"] { try journal.perform(.rename(person, to: name)) }
        #expect(try journal.entries(after: nil, limit: 9).elements.map(\.id.rawValue) == [5, 4, 3])
        #expect(try store.value("SELECT count(*) FROM journal_person") == 3)
        for name in ["d", "c", "b"] { #expect(try journal.undo().persons.map(\.name) == [name]) }
        #expect(throws: FaceStoreError.nothingToUndo) { try journal.undo() }
    }

    @Test func `An entry that cannot be undone any more keeps nothing of how things were`() throws {
        let store = try SQLiteLibraryStore.inMemory()
        let faces = try store.recordFaces(4)
        let person = try #require(try store.makePerson(of: faces))
        let photo = try #require(try store.faces.face(faces[0])).photo
        try store.journal.perform(.split([faces[0]], name: "Eve"))
        try store.journal.perform(.reject([faces[1]], from: person))
        try store.journal.perform(.addFace(Sample.drawn(on: photo)))
        let tables = [
            "journal_face", "journal_rejection", "journal_separation", "withdrawn_face", "withdrawn_embedding",
        ]
        for _ in 0..<3 { try store.journal.undo() }
        for table in tables { #expect(try store.value("SELECT count(*) > 0 FROM \(table)") == true, "\(table)") }
        try store.journal.perform(.rename(person, to: "Anna"))
        for table in tables { #expect(try store.value("SELECT count(*) FROM \(table)") == 0, "\(table)") }
        #expect(try store.value("SELECT count(*) FROM journal_person WHERE row_before IS NOT NULL") == 1)
    }

    @Test func `Merges of people of whom nothing is told are not remembered`() throws {
        let store = try SQLiteLibraryStore.inMemory()
        let people = try store.recordFaces(3).map { try #require(try store.makePerson(of: [$0])) }
        try store.faces.apply(GroupingChange(merges: [.init(people[2], into: people[1])]))
        #expect(try store.value("SELECT count(*) FROM person_merge") == 0)
        try store.journal.perform(.rename(people[1], to: "Anna"))
        try store.journal.perform(.rename(people[1], to: nil))
        try store.faces.apply(GroupingChange(merges: [.init(people[1], into: people[0])]))
        #expect(try store.value("SELECT survivor_id FROM person_merge") == people[0].rawValue)
    }

    @Test func `Whoever missed more removals than are remembered reads everything anew`() throws {
        let store = try SQLiteLibraryStore.inMemory()
        let kept = try store.recordFaces(1)
        let start = try store.peopleVersion()
        try store.execute(
            """
            INSERT INTO removed_face (face_id, changed_in)
            WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 200001)
            SELECT 1000 + n, 1000 + n FROM number;
            UPDATE people_version SET version = 300000;
            """)
        let photo = try #require(try store.faces.face(kept[0])).photo
        try store.photos.forget(photo)
        #expect(try store.faces.changes(since: start, model: Sample.model) == nil)
        let late = try #require(try store.faces.changes(since: 201_000, model: Sample.model))
        #expect(late.gone.contains(kept[0]) && late.gone.count < 1000)
        #expect(try store.value("SELECT count(*) FROM removed_face", as: Int.self) ?? 0 <= 100_001)
    }
}
