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
        #expect(try store.faces.changeCount(since: start, model: Sample.model) == 1)
        #expect(try store.faces.changeCount(since: moved.version, model: Sample.model) == 0)
        #expect(try store.faces.changeCount(since: 0, model: Sample.model) == 5)

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

    @Test(arguments: Backend.allCases)
    func `A face that a user drew is told from those that were found`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [1])
        try people.journal.perform(.addFace(Sample.drawn(on: try #require(try people.photo(of: 0)))))
        let table = try people.store.faces.allEmbeddings(model: Sample.model)
        #expect(table.strengths.map(\.isAddedByHand) == [false, true])
    }

    @Test(arguments: Backend.allCases)
    func `Who asks for some people and faces gets these, as far as they take part`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [2, 2, 1], unknown: 2)
        let (faces, ids) = (people.faces, people.people)
        let repository = people.store.faces
        let some = try repository.embeddings(
            of: [ids[1], PersonID(999)], and: [faces[5], faces[0]], model: Sample.model)
        #expect(some.faces == [faces[0], faces[2], faces[3], faces[5]])
        #expect(some.persons == [ids[0], ids[1], ids[1], nil])
        let all = try repository.allEmbeddings(model: Sample.model)
        #expect(try repository.embeddings(of: ids, and: faces, model: Sample.model) == all)
        try people.journal.perform(.ignore([faces[2]]))
        try people.store.persons.delete(ids[0])
        #expect(
            try repository.embeddings(of: [ids[0], ids[1]], and: [faces[0]], model: Sample.model).faces == [faces[3]])
        #expect(try repository.embeddings(of: [], and: [], model: Sample.model).count == 0)
        #expect(try repository.embeddings(of: ids, and: faces, model: ModelID("other")).count == 0)
    }

    @Test(arguments: Backend.allCases)
    func `Who asks what users said of some people hears what is about them`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [3, 1, 1, 1], unknown: 1)
        let (faces, ids) = (people.faces, people.people)
        try people.journal.perform(.reject([faces[0]], from: ids[0]))
        try people.journal.perform(.separate(ids[0], ids[1]))
        try people.journal.perform(.rename(ids[2], to: "Eve"))
        try people.journal.perform(.confirm([faces[3]]))
        func said(of some: PersonID...) throws -> PersonConstraints { try people.journal.constraints(on: some) }
        #expect(
            try said(of: ids[0])
                == PersonConstraints(
                    rejections: [faces[0]: [ids[0]]], separations: [PersonPair(ids[0], ids[1])]))
        #expect(
            try said(of: ids[1], ids[2])
                == PersonConstraints(settled: [ids[1], ids[2]], separations: [PersonPair(ids[0], ids[1])]))
        #expect(try said(of: ids[3]) == PersonConstraints())
        // Of whoever holds a rejected face too.
        try people.store.faces.apply(GroupingChange(joined: [ids[3]: [faces[0]]]))
        #expect(try said(of: ids[3]) == PersonConstraints(rejections: [faces[0]: [ids[0]]]))
        #expect(try said() == PersonConstraints())
    }
}
