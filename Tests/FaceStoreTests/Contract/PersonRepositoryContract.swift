import FaceCore
import FaceStore
import Testing

@Suite struct PersonRepositoryContract {
    @Test(arguments: Backend.allCases)
    func `A person is called by her number until she has a name`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let persons = library.store.persons
        let created = try persons.create(name: nil)
        #expect(created.name == nil && created.displayName == "person_\(created.id)")
        #expect(created.faceCount == 0 && created.createdAt == created.updatedAt)

        let renamed = try persons.rename(created.id, to: "  Анна-Мария 王芳 \n")
        #expect(renamed.name == "Анна-Мария 王芳" && renamed.displayName == "Анна-Мария 王芳")
        #expect(renamed.updatedAt > created.updatedAt && renamed.createdAt == created.createdAt)
        #expect(try library.elsewhere().persons.person(created.id) == renamed)
        #expect(try persons.create(name: " Eve ").name == "Eve")
    }

    @Test(arguments: Backend.allCases)
    func `Names survive photos and groups that come later`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let person = try #require(try store.makePerson(of: try store.recordFaces(2)))
        try store.persons.rename(person, to: "Anna")
        let later = try store.recordFaces(2, onPhoto: 2)
        _ = try store.faces.apply(GroupingChange(created: [[later[0]]], joined: [person: [later[1]]]))
        let found = try #require(try library.elsewhere().persons.person(person))
        #expect(found.name == "Anna" && found.faceCount == 3)
    }

    @Test(arguments: Backend.allCases)
    func `Wrong names are refused and change nothing`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let persons = library.store.persons
        let anna = try persons.create(name: "Anna")
        #expect(throws: FaceStoreError.nameIsEmpty) { try persons.rename(anna.id, to: " \t\n ") }
        #expect(throws: FaceStoreError.nameIsEmpty) { try persons.create(name: "") }
        #expect(throws: FaceStoreError.nameIsTooLong(length: 256)) {
            try persons.rename(anna.id, to: String(repeating: "я", count: 256))
        }
        #expect(throws: FaceStoreError.nameHasControlCharacters) { try persons.rename(anna.id, to: "An\0na") }
        #expect(throws: FaceStoreError.unknownPerson(PersonID(99))) { try persons.rename(PersonID(99), to: "Eve") }
        #expect(try persons.all() == [anna])
        let longest = String(repeating: "я", count: 255)
        #expect(try persons.rename(anna.id, to: " \(longest) ").name == longest)
    }

    @Test(arguments: Backend.allCases)
    func `Persons are listed newest first and page by page`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let persons = library.store.persons
        let ids = try (0..<5).map { _ in try persons.create(name: nil).id }
        #expect(try persons.all().map(\.id) == ids.reversed())
        #expect(try persons.all(limit: 2, offset: 1).map(\.id) == [ids[3], ids[2]])
        #expect(try persons.all(limit: nil, offset: 4).map(\.id) == [ids[0]])
        #expect(try persons.all(limit: 0, offset: 0).isEmpty)
    }

    @Test(
        arguments: Backend.allCases,
        [
            ("Иван Иванов", "иван"), ("Иван Иванов", "ИВАНОВ"), ("José Núñez", "jose nu"), ("Jose", "JOSÉ"),
            ("Андрей", "андрей"), ("Strauß", "STRAUSS"), ("ΟΔΥΣΣΕΑΣ", "οδυσσεας"), ("王芳", "芳"), ("100%", "%"),
            ("a_b", "_b"), ("Иосиф", "И\u{43E}с"), ("Ёлка", "е\u{308}лка"),
        ])
    func `A name is found by a part of it in any case`(backend: Backend, sample: (name: String, text: String)) throws {
        let library = try TemporaryLibrary(backend)
        let persons = library.store.persons
        _ = try persons.create(name: "Somebody else")
        let wanted = try persons.create(name: sample.name)
        #expect(try persons.find(sample.text) == [wanted])
    }

    @Test(arguments: Backend.allCases)
    func `A person is found by her id and an unnamed one by her number`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let persons = library.store.persons
        let people = try (0..<12).map { try persons.create(name: $0 == 0 ? "Anna" : nil) }
        #expect(try persons.find("1").map(\.id).contains(people[0].id))
        #expect(try persons.find("person_12") == [people[11]])
        #expect(try persons.find("PERSON_2").map(\.id) == [people[1].id])
        #expect(try persons.find("person_1").map(\.id) == [people[11].id, people[10].id, people[9].id])
        #expect(try persons.find("").isEmpty)
        #expect(try persons.find("nobody").isEmpty)
    }
}
