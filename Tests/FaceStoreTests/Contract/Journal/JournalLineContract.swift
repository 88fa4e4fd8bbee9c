import FaceCore
import FaceStore
import Foundation
import Testing

/// The journal as a line, and what comes between an edit and its undo.
@Suite struct JournalLineContract {
    @Test(arguments: Backend.allCases)
    func `Entries are listed newest first and page by page`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [2, 2])
        #expect(try people.journal.entries(after: nil, limit: 9).elements.isEmpty)
        for name in ["a", "b", "c"] { try people.journal.perform(.rename(people.people[0], to: name)) }
        try people.journal.perform(.merge([people.people[1]], into: people.people[0]))
        let all = try people.library.elsewhere().journal.entries(after: nil, limit: 9)
        #expect(all.elements.map(\.kind) == [.merge, .rename, .rename, .rename] && all.next == nil)
        #expect(all.elements[0].persons == people.people && all.elements[0].faceCount == 4)
        #expect(all.elements[0].createdAt > all.elements[1].createdAt)
        let first = try people.journal.entries(after: nil, limit: 3)
        #expect(first.elements == Array(all.elements.prefix(3)))
        #expect(try people.journal.entries(after: first.next, limit: 3).elements == Array(all.elements.suffix(1)))
    }

    @Test(arguments: Backend.allCases)
    func `An entry tells what people were called then, whatever they are called now`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [2, 2])
        let (first, second) = (people.people[0], people.people[1])
        for name in ["Anna", "Anya"] { try people.journal.perform(.rename(first, to: name)) }
        try people.journal.perform(.merge([second], into: first))
        try people.journal.perform(.rename(first, to: "Anka"))
        let names = try people.library.elsewhere().journal.entries(after: nil, limit: 9).elements.map(\.names)
        let unnamed = { (person: PersonID) in "person_\(person.rawValue)" }
        #expect(names[3] == [.init(person: first, before: unnamed(first), after: "Anna")])
        #expect(names[2] == [.init(person: first, before: "Anna", after: "Anya")])
        #expect(
            Set(names[1]) == [
                .init(person: first, before: "Anya", after: "Anya"),
                .init(person: second, before: unnamed(second), after: nil),
            ])
        #expect(names[0] == [.init(person: first, before: "Anya", after: "Anka")])
        try people.journal.perform(.delete(first))
        try people.store.persons.erase(deletedBefore: .distantFuture)
        #expect(try people.journal.entries(after: nil, limit: 9).elements.allSatisfy(\.names.isEmpty))
    }

    @Test(arguments: Backend.allCases)
    func `One entry is found by its number`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [1])
        let made = try people.journal.perform(.rename(people.people[0], to: "Anna")).entry
        #expect(try people.journal.entry(made.id) == made)
        try people.journal.undo()
        #expect(try people.library.elsewhere().journal.entry(made.id)?.state == .undone)
        #expect(try people.journal.entry(JournalEntry.ID(made.id.rawValue + 1)) == nil)
    }

    @Test(arguments: Backend.allCases)
    func `A new edit drops what could be redone`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [1])
        let journal = people.journal
        #expect(throws: FaceStoreError.nothingToUndo) { try journal.undo() }
        #expect(throws: FaceStoreError.nothingToRedo) { try journal.redo() }
        for name in ["a", "b", "c"] { try journal.perform(.rename(people.people[0], to: name)) }
        try journal.undo()
        try journal.undo()
        try journal.perform(.rename(people.people[0], to: "d"))
        #expect(try journal.entries(after: nil, limit: 9).elements.map(\.state) == [.done, .closed, .closed, .done])
        #expect(throws: FaceStoreError.nothingToRedo) { try journal.redo() }
        #expect(try journal.undo().persons.map(\.name) == ["a"] && journal.undo().persons.map(\.name) == [nil])
        #expect(try journal.redo().persons.map(\.name) == ["a"], "the earliest comes first")
    }

    @Test(arguments: Backend.allCases)
    func `Who expects another entry's turn is told whose it is`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [1])
        let journal = people.journal
        let first = try journal.perform(.rename(people.people[0], to: "a")).entry.id
        let second = try journal.perform(.rename(people.people[0], to: "b")).entry.id
        #expect(throws: FaceStoreError.journalMoved(turn: second)) { try journal.undo(first) }
        #expect(throws: FaceStoreError.journalMoved(turn: nil)) { try journal.redo(second) }
        try journal.undo(second)
        #expect(throws: FaceStoreError.journalMoved(turn: first)) { try journal.undo(second) }
        try journal.undo(first)
        #expect(throws: FaceStoreError.journalMoved(turn: nil)) { try journal.undo(first) }
        #expect(throws: FaceStoreError.journalMoved(turn: first)) { try journal.redo(second) }
        try journal.redo(first)
        try journal.redo(second)
        #expect(try people.person(0)?.name == "b")
    }

    // MARK: What comes between

    @Test(arguments: Backend.allCases)
    func `A face goes back to whomever her person was merged into by the machine`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [2, 1, 1, 1])
        let ids = people.people
        try people.journal.perform(.move([people.faces[0]], to: ids[1]))
        _ = try people.store.faces.apply(GroupingChange(merges: [.init(ids[0], into: ids[2])]))
        _ = try people.store.faces.apply(GroupingChange(merges: [.init(ids[2], into: ids[3])]))
        let undone = try people.library.elsewhere().journal.undo()
        #expect(try people.owner(0) == ids[3] && !people.isPlaced(0) && people.person(3)?.faceCount == 4)
        #expect(undone.persons.map(\.id) == [ids[1], ids[3]])
        try people.journal.redo()
        #expect(try people.owner(0) == ids[1] && people.isPlaced(0))
    }

    @Test(arguments: Backend.allCases)
    func `A face does not go back to whom it was rejected from`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [2, 1, 2])
        let ids = people.people
        let face = people.faces[0]
        try people.journal.perform(.move([people.faces[0]], to: ids[2]))
        try people.journal.perform(.reject([face], from: ids[2]))
        try people.journal.perform(.move([face], to: ids[1]))
        // Whom it was rejected from becomes part of the person whom it came from at first.
        _ = try people.store.faces.apply(GroupingChange(merges: [.init(ids[2], into: ids[0])]))
        for _ in 0..<3 { try people.journal.undo() }
        #expect(try people.owner(0) == ids[0], "with the rejection taken back it may")

        for _ in 0..<3 { try people.journal.redo() }
        #expect(try people.owner(0) == ids[1])
        #expect(try people.journal.constraints().rejections == [face: [ids[0]]])
        #expect(throws: FaceStoreError.bothAreNamed(ids[1], ids[0])) {
            try people.store.faces.apply(GroupingChange(merges: [.init(ids[1], into: ids[0])]))
        }
    }

    @Test(arguments: Backend.allCases)
    func `Faces that the machine gave to somebody new stay when her making is undone`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [3], unknown: 1)
        let eve = try #require(try people.journal.perform(.split([people.faces[0]], name: "Eve")).created.first)
        _ = try people.store.faces.apply(GroupingChange(joined: [eve: [people.faces[3]]]))
        let undone = try people.journal.undo()
        let left = try #require(try people.store.persons.person(eve))
        #expect(left.name == nil && left.faceCount == 1 && left.revision == nil && undone.removed.isEmpty)
        #expect(try people.owner(0) == people.people[0] && people.journal.constraints().separations.isEmpty)
        try people.journal.redo()
        #expect(try people.store.persons.person(eve)?.name == "Eve")
        #expect(try people.store.persons.person(eve)?.faceCount == 2)
    }

    @Test(arguments: Backend.allCases)
    func `Faces that came to an absorbed person while the merge was undone follow her`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [1, 1], unknown: 1)
        let (first, second) = (people.people[0], people.people[1])
        try people.journal.perform(.merge([second], into: first))
        try people.journal.undo()
        _ = try people.store.faces.apply(GroupingChange(joined: [second: [people.faces[2]]]))
        let redone = try people.journal.redo()
        #expect(redone.removed == [second] && redone.persons.map(\.faceCount) == [3])
        #expect(try people.isPlaced(1) && !people.isPlaced(2))
    }

    @Test(arguments: Backend.allCases)
    func `Photos that went in between are left out`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [2, 1, 1])
        let ids = people.people
        try people.journal.perform(.describe(ids[0], PersonDescription(cover: .set(people.faces[1]))))
        try people.journal.perform(.move([people.faces[0], people.faces[2]], to: ids[2]))
        #expect(try people.store.persons.person(ids[1]) == nil)
        for face in [0, 1] { try people.store.photos.forget(try #require(try people.photo(of: face))) }
        #expect(try people.person(0) == nil)
        let undone = try people.journal.undo()
        #expect(undone.created == [ids[1]], "whose face is there still; the other one has none")
        #expect(try people.owner(2) == ids[1] && people.person(2)?.faceCount == 1)
        #expect(try people.journal.undo().persons.isEmpty)
        try people.journal.redo()
        try people.journal.redo()
        #expect(try people.owner(2) == ids[2])
    }

    @Test(arguments: Backend.allCases)
    func `A person who lost all her photos comes back with a face that returns`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [2, 1])
        let (first, second) = (people.people[0], people.people[1])
        try people.journal.perform(.move([people.faces[0]], to: second))
        try people.store.photos.forget(try #require(try people.photo(of: 1)))
        #expect(try people.person(0) == nil)
        #expect(try people.journal.undo().created == [first])
        #expect(try people.owner(0) == first)
    }

    @Test(arguments: Backend.allCases)
    func `A drawn face goes for good with its photo`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [1])
        let photo = try #require(try people.photo(of: 0))
        let added = try people.journal.perform(.addFace(Sample.drawn(on: photo)))
        #expect(try people.journal.undo().addedFaces.isEmpty)
        #expect(try people.store.faces.face(added.addedFaces[0]) == nil)
        try people.store.photos.forget(photo)
        #expect(try people.journal.redo().addedFaces.isEmpty)
        #expect(try people.store.faces.face(added.addedFaces[0]) == nil && people.store.counts().faces == 0)
    }

    @Test(arguments: Backend.allCases)
    func `A deletion that is brought back counts from then`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [1])
        let deleted = try people.store.persons.delete(people.people[0])
        try people.journal.undo()
        people.library.clock.advance(bySeconds: 100_000)
        try people.journal.redo()
        let again = try #require(try people.store.persons.deleted().first)
        #expect(again.deletedAt > deleted.deletedAt.addingTimeInterval(100_000))
    }

    @Test(arguments: Backend.allCases)
    func `A name that is given back to somebody merged away goes to whom she became`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [1, 2])
        let (anna, other) = (people.people[0], people.people[1])
        try people.journal.perform(.rename(anna, to: "Anna"))
        try people.journal.perform(.rename(anna, to: nil))
        _ = try people.store.faces.apply(GroupingChange(merges: [.init(anna, into: other)]))
        try people.journal.undo()
        #expect(try people.store.persons.person(other)?.name == "Anna")
    }
}
