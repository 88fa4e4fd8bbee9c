import FaceCore
import FaceStore
import Testing

@Suite struct GroupingContract {
    @Test(arguments: Backend.allCases)
    func `New persons, joins and releases come in one step`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let faces = try store.recordFaces(6)
        let known = try #require(try store.makePerson(of: [faces[0], faces[5]]))
        let result = try store.faces.apply(
            GroupingChange(
                created: [[faces[1], faces[2]], [], [faces[3]]], joined: [known: [faces[4]]], released: [faces[5]]))

        #expect(result.created.count == 3 && result.created[1] == nil)
        let pair = try #require(result.created[0])
        let single = try #require(result.created[2])
        #expect(result.movedCount == 5 && result.kept.isEmpty && result.removed.isEmpty)
        let table = try library.elsewhere().faces.allEmbeddings(model: Sample.model)
        #expect(table.persons == [known, pair, pair, single, known, nil])
        #expect(table.isPlacedByUser.allSatisfy { !$0 })
    }

    @Test(arguments: Backend.allCases)
    func `A change with one wrong face or person leaves everything as it was`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let faces = try store.recordFaces(3)
        let person = try #require(try store.makePerson(of: [faces[0]]))
        let other = try #require(try store.makePerson(of: [faces[1]]))
        let before = try store.faces.allEmbeddings(model: Sample.model)
        let persons = try store.persons.all()

        #expect(throws: FaceStoreError.unknownFace(FaceID(99))) {
            try store.faces.apply(
                GroupingChange(
                    merges: [.init(other, into: person)], created: [[faces[0], faces[2]]], released: [FaceID(99)]))
        }
        #expect(throws: FaceStoreError.unknownPerson(PersonID(99))) {
            try store.faces.apply(
                GroupingChange(merges: [.init(other, into: person)], joined: [PersonID(99): [faces[2]]]))
        }
        #expect(throws: FaceStoreError.unknownPerson(PersonID(98))) {
            try store.faces.apply(GroupingChange(created: [[faces[2]]], joined: [PersonID(98): []]))
        }
        #expect(throws: FaceStoreError.mergeWithSelf(person)) {
            try store.faces.apply(GroupingChange(merges: [.init(person, into: person)]))
        }
        #expect(try store.faces.allEmbeddings(model: Sample.model) == before)
        #expect(try store.persons.all() == persons)
    }

    @Test(arguments: Backend.allCases)
    func `The machine leaves faces that a user placed where they are`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let faces = try store.recordFaces(3)
        let hers = try #require(try store.makePerson(of: [faces[0]], author: .user))
        let result = try store.faces.apply(GroupingChange(created: [faces, [faces[0]]]))
        #expect(result.kept == [faces[0], faces[0]])
        let others = try #require(result.created[0])
        #expect(result.created[1] == nil && result.removed.isEmpty)
        #expect(try store.faces.allEmbeddings(model: Sample.model).persons == [hers, others, others])
        #expect(try store.persons.all().count == 2)
    }

    @Test(arguments: Backend.allCases)
    func `The machine takes no face from anybody, whoever placed it`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let faces = try store.recordFaces(4)
        let first = try #require(try store.makePerson(of: [faces[0], faces[1]]))
        let second = try #require(try store.makePerson(of: [faces[2]]))

        // What a grouping decided that had read the library before the two persons were made.
        let late = try store.faces.apply(GroupingChange(created: [[faces[0], faces[1]], [faces[1], faces[3]]]))
        #expect(late.kept == [faces[0], faces[1], faces[1]] && late.movedCount == 1 && late.removed.isEmpty)
        let third = try #require(late.created[1])
        #expect(late.created[0] == nil && third.rawValue == second.rawValue + 1, "no id was spent in vain")

        let joined = try store.faces.apply(GroupingChange(joined: [second: [faces[0], faces[2]]]))
        #expect(joined.kept == [faces[0]] && joined.movedCount == 0)
        #expect(
            try library.elsewhere().faces.allEmbeddings(model: Sample.model).persons == [first, first, second, third])
        let moved = try store.faces.apply(GroupingChange(author: .user, joined: [second: [faces[0]]]))
        #expect(moved.kept.isEmpty && moved.movedCount == 1, "a user may")
    }

    @Test(arguments: Backend.allCases)
    func `The machine takes faces from whom it saw them with, unless she is settled or they moved on`(
        backend: Backend
    ) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let faces = try store.recordFaces(6)
        let first = try #require(try store.makePerson(of: Array(faces[0..<3])))
        let second = try #require(try store.makePerson(of: [faces[3]]))
        let named = try #require(try store.makePerson(of: Array(faces[4..<6])))
        try store.persons.rename(named, to: "Anna")
        let result = try store.faces.apply(
            GroupingChange(
                created: [[faces[1], faces[4]]], joined: [second: [faces[0]]], released: [faces[2], faces[5]],
                taken: [
                    faces[0]: first, faces[1]: first, faces[2]: second, faces[4]: named, faces[5]: named,
                ]))
        let created = try #require(result.created[0])
        #expect(result.kept == [faces[4], faces[2], faces[5]])
        #expect(
            try library.elsewhere().faces.allEmbeddings(model: Sample.model).persons
                == [second, created, first, second, named, named])
    }

    @Test(arguments: Backend.allCases)
    func `A user moves any face and it counts as placed`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let faces = try store.recordFaces(2)
        let person = try #require(try store.makePerson(of: faces))
        _ = try store.faces.apply(GroupingChange(author: .user, joined: [person: [faces[0]]]))
        #expect(try store.faces.face(faces[0])?.isPlacedByUser == true, "confirmed where it was")
        _ = try store.faces.apply(GroupingChange(author: .user, released: [faces[1]]))
        let released = try #require(try store.faces.face(faces[1]))
        #expect(released.person == nil && released.isPlacedByUser)
        let result = try store.faces.apply(GroupingChange(joined: [person: [faces[1]]]))
        #expect(result.kept == [faces[1]] && result.movedCount == 0)
    }

    @Test(arguments: Backend.allCases)
    func `A merge moves all faces and keeps the name of either`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let faces = try store.recordFaces(4)
        let people = try faces.map { try #require(try store.makePerson(of: [$0])) }
        try store.persons.rename(people[0], to: "Иван")
        let result = try store.faces.apply(
            GroupingChange(merges: [.init(people[0], into: people[1]), .init(people[2], into: people[1])]))
        #expect(result.removed == [people[0], people[2]])
        let survivor = try #require(try store.persons.person(people[1]))
        #expect(survivor.name == "Иван" && survivor.faceCount == 3)
        #expect(try store.persons.find("иван").map(\.id) == [people[1]])
        #expect(try store.persons.person(people[0]) == nil)

        _ = try store.faces.apply(GroupingChange(merges: [.init(people[3], into: people[1])]))
        #expect(try store.persons.person(people[1])?.name == "Иван")
        #expect(throws: FaceStoreError.unknownPerson(people[3])) {
            try store.faces.apply(GroupingChange(merges: [.init(people[3], into: people[1])]))
        }
    }

    @Test(arguments: Backend.allCases)
    func `Merges in a chain end in the last survivor`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let faces = try store.recordFaces(3)
        let people = try faces.map { try #require(try store.makePerson(of: [$0])) }
        _ = try store.faces.apply(
            GroupingChange(merges: [.init(people[0], into: people[1]), .init(people[1], into: people[2])]))
        #expect(try store.persons.all().map(\.id) == [people[2]])
        #expect(try store.faces.faces(of: people[2]).count == 3)
    }

    @Test(arguments: Backend.allCases)
    func `Two named persons are merged by a user only`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let faces = try store.recordFaces(2)
        let people = try faces.map { try #require(try store.makePerson(of: [$0])) }
        try store.persons.rename(people[0], to: "Anna")
        try store.persons.rename(people[1], to: "Maria")
        let merge = GroupingChange.Merge(people[0], into: people[1])
        #expect(throws: FaceStoreError.bothAreNamed(people[0], people[1])) {
            try store.faces.apply(GroupingChange(merges: [merge]))
        }
        _ = try store.faces.apply(GroupingChange(author: .user, merges: [merge]))
        #expect(try store.persons.all().map(\.name) == ["Maria"])
    }

    @Test(arguments: Backend.allCases)
    func `Persons who lose their last face go unless they are named`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let faces = try store.recordFaces(2)
        let named = try #require(try store.makePerson(of: [faces[0]]))
        try store.persons.rename(named, to: "Anna")
        let unnamed = try #require(try store.makePerson(of: [faces[1]]))
        let result = try store.faces.apply(GroupingChange(author: .user, created: [faces]))
        let created = try #require(result.created[0])
        #expect(result.removed == [unnamed])
        #expect(try Set(store.persons.all().map(\.id)) == [named, created])
        #expect(try store.persons.person(named)?.faceCount == 0)
    }

    @Test(arguments: Backend.allCases)
    func `The id of a person who is gone is not given again`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let faces = try store.recordFaces(1)
        let gone = try #require(try store.makePerson(of: faces))
        _ = try store.faces.apply(GroupingChange(released: faces))
        let next = try #require(try store.makePerson(of: faces))
        #expect(try store.persons.person(gone) == nil && next > gone)
    }

    @Test(arguments: Backend.allCases)
    func `Changes from eight threads all arrive`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let faces = try library.store.recordFaces(80)
        let stores = try (0..<4).map { _ in try library.elsewhere() }
        _ = try onThreads(8) { thread in
            for face in faces[thread * 10..<(thread + 1) * 10] {
                _ = try stores[thread % stores.count].faces.apply(GroupingChange(created: [[face]]))
            }
        }
        let persons = try library.store.persons.all()
        #expect(persons.count == 80 && persons.allSatisfy { $0.faceCount == 1 })
    }
}
