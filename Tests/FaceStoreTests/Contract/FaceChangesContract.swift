import FaceCore
import FaceStore
import Foundation
import Testing

/// How an index of the faces learns what became of them.
@Suite struct FaceChangesContract {
    @Test(arguments: Backend.allCases)
    func `The version rises with each change of people and with nothing else`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [2, 1], unknown: 1)
        let store = people.store
        let elsewhere = try people.library.elsewhere()
        var last = try elsewhere.peopleVersion()
        func rises() throws -> Bool {
            let version = try elsewhere.peopleVersion()
            defer { last = version }
            return version > last
        }
        let changes: [() throws -> Void] = [
            { _ = try store.recordFaces(1, onPhoto: 800) },
            { _ = try store.faces.apply(GroupingChange(joined: [people.people[0]: [people.faces[3]]])) },
            { try store.journal.perform(.rename(people.people[0], to: "Anna")) },
            { try store.journal.undo() },
            { try store.journal.redo() },
            { try store.journal.perform(.separate(people.people[0], people.people[1])) },
            { try store.journal.perform(.ignore([people.faces[0]])) },
            { try store.persons.delete(people.people[1]) },
            { try store.persons.erase(deletedBefore: .distantFuture) },
            { try store.photos.forget(try #require(try people.photo(of: 0))) },
            {
                try store.faces.addEmbeddings(
                    model: Sample.otherModel,
                    [(people.faces[1], Embedding(model: Sample.otherModel, vector: [1]))])
            },
        ]
        for (index, change) in changes.enumerated() {
            try change()
            #expect(try rises(), "change \(index)")
        }
        _ = try store.tasks.create(.scan, totalPhotos: 1)
        _ = try store.photos.recordFailure(Sample.failure(3), at: nil)
        _ = try store.journal.entries(after: nil, limit: 9)
        #expect(throws: FaceStoreError.emptyEdit) { try store.journal.perform(.confirm([])) }
        #expect(try !rises())
    }

    @Test(arguments: Backend.allCases)
    func `Who asks what changed gets the faces as they are and those that are gone`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [2, 2], unknown: 1)
        let (store, faces) = (people.store, people.faces)
        let start = try store.peopleVersion()
        let none = try #require(try store.faces.changes(since: start, model: Sample.model))
        #expect(none.version == start && none.changed.count == 0 && none.gone.isEmpty)

        try store.journal.perform(.move([faces[0]], to: people.people[1]))
        let moved = try #require(try people.library.elsewhere().faces.changes(since: start, model: Sample.model))
        #expect(moved.changed.faces == [faces[0]] && moved.changed.persons == [people.people[1]] && moved.gone.isEmpty)
        #expect(moved.changed.isPlacedByUser == [true] && moved.changed.values.count == 8)

        try store.journal.perform(.ignore([faces[4]]))
        try store.photos.forget(try #require(try people.photo(of: 1)))
        try store.persons.delete(people.people[1])
        let gone = try #require(try store.faces.changes(since: moved.version, model: Sample.model))
        #expect(gone.changed.count == 0 && gone.gone == [faces[0], faces[1], faces[2], faces[3], faces[4]])
        try store.persons.restore(people.people[1])
        try store.journal.perform(.heed([faces[4]]))
        let back = try #require(try store.faces.changes(since: gone.version, model: Sample.model))
        #expect(back.changed.faces == [faces[0], faces[2], faces[3], faces[4]] && back.gone.isEmpty)
    }
}
