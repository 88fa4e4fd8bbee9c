import FaceCore
import FaceStore
import Foundation
import Testing

/// What the journal keeps of people goes with them.
@Suite struct JournalErasureContract {
    @Test(arguments: Backend.allCases)
    func `Entries about an erased person are closed and empty and undo passes over them`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [2, 2])
        let (first, second) = (people.people[0], people.people[1])
        try people.journal.perform(.rename(first, to: "Anna"))
        try people.journal.perform(.rename(second, to: "Maria"))
        try people.journal.perform(.move([people.faces[0]], to: second))
        try people.journal.perform(.delete(second))
        try people.store.persons.erase(deletedBefore: .distantFuture)

        let entries = try people.library.elsewhere().journal.entries(after: nil, limit: 9).elements
        #expect(entries.map(\.state) == [.closed, .closed, .closed, .done])
        #expect(entries.map(\.persons) == [[], [], [], [first]] && entries.map(\.faceCount) == [0, 0, 0, 0])
        let undone = try people.journal.undo()
        #expect(undone.entry.kind == .rename && undone.persons.map(\.name) == [nil])
        #expect(try people.person(0)?.faceCount == 1, "the face that was moved is gone with her")
        #expect(throws: FaceStoreError.nothingToUndo) { try people.journal.undo() }
        #expect(try people.journal.redo().persons.map(\.name) == ["Anna"])
    }

    @Test(arguments: Backend.allCases)
    func `An erasure leaves what can be redone of others`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [1, 1])
        try people.store.persons.delete(people.people[1])
        try people.journal.perform(.rename(people.people[0], to: "Anna"))
        try people.journal.undo()
        try people.journal.undo()
        try people.journal.redo()
        try people.store.persons.erase(deletedBefore: .distantFuture)
        #expect(try people.journal.redo().persons.map(\.name) == ["Anna"])
        #expect(throws: FaceStoreError.nothingToRedo) { try people.journal.redo() }
    }

    @Test(arguments: Backend.allCases)
    func `Those who were merged into her are forgotten with her`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [1, 1, 1, 1])
        let ids = people.people
        // By a user, and by the machine over two steps.
        try people.journal.perform(.rename(ids[0], to: "Anna"))
        try people.journal.perform(.rename(ids[3], to: "Maria"))
        try people.journal.perform(.rename(ids[3], to: nil))
        _ = try people.store.faces.apply(GroupingChange(merges: [.init(ids[3], into: ids[1])]))
        _ = try people.store.faces.apply(GroupingChange(merges: [.init(ids[1], into: ids[2])]))
        try people.journal.perform(.merge([ids[0]], into: ids[2]))
        try people.journal.perform(.delete(ids[2]))
        try people.store.persons.erase(deletedBefore: .distantFuture)
        let entries = try people.journal.entries(after: nil, limit: 9).elements
        #expect(entries.count == 5 && entries.allSatisfy { $0.state == .closed && $0.persons.isEmpty })
        #expect(throws: FaceStoreError.nothingToUndo) { try people.journal.undo() }
        #expect(try people.store.persons.all().isEmpty && people.store.counts().faces == 0)
    }

    @Test(arguments: Backend.allCases)
    func `What was said of her and others goes without closing their entries`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [1, 1, 1], unknown: 1)
        let ids = people.people
        try people.journal.perform(.separate(ids[0], ids[2]))
        let merged = try people.journal.perform(.merge([ids[0]], into: ids[1]))
        #expect(try people.journal.constraints().separations == [PersonPair(ids[1], ids[2])])
        try people.store.persons.delete(ids[2])
        try people.store.persons.erase(deletedBefore: .distantFuture)
        #expect(try people.journal.constraints() == PersonConstraints(settled: [ids[1]]))
        #expect(try people.journal.undo(merged.entry.id).created == [ids[0]])
        #expect(try people.journal.constraints().separations.isEmpty)
    }

    @Test(arguments: Backend.allCases)
    func `A drawn face that was undone is forgotten when something else is done`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [1, 1])
        let photo = try #require(try people.photo(of: 0))
        let face = try people.journal.perform(.addFace(Sample.drawn(on: photo, person: people.people[0]))).addedFaces[0]
        try people.journal.undo()
        #expect(try people.journal.redo().addedFaces == [face] && people.person(0)?.faceCount == 2)
        try people.journal.undo()
        try people.store.persons.delete(people.people[1])
        try people.store.persons.erase(deletedBefore: .distantFuture)
        #expect(throws: FaceStoreError.nothingToRedo) { try people.journal.redo() }
        #expect(try people.store.faces.face(face) == nil && people.person(0)?.faceCount == 1)
    }
}
