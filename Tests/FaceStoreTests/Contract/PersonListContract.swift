import FaceCore
import FaceStore
import Foundation
import Testing

/// Lists of people with a filter, in an order, page by page.
@Suite struct PersonListContract {
    /// Names in the order of creation, and how many faces each has.
    private static let cast: [(name: String?, faces: Int)] = [
        ("Ёлка", 2), (nil, 1), ("anna", 3), ("Борис", 1), (nil, 3), ("Anna", 1), ("Екатерина", 0), ("Zoë", 2),
    ]

    private static func library(_ backend: Backend) throws -> (TemporaryLibrary, [PersonID]) {
        let library = try TemporaryLibrary(backend)
        var photo = 1
        let ids = try cast.map { name, faces in
            let person = try library.store.persons.create(name: name).id
            for _ in 0..<faces {
                let faces = try library.store.recordFaces(1, onPhoto: photo)
                _ = try library.store.faces.apply(GroupingChange(joined: [person: faces]))
                photo += 1
            }
            return person
        }
        return (library, ids)
    }

    @Test(
        arguments: Backend.allCases,
        zip(PersonSort.allCases, [[7, 6, 5, 4, 3, 2, 1, 0], [2, 5, 7, 3, 6, 0, 1, 4], [4, 2, 7, 0, 5, 3, 1, 6]]).map {
            ($0, $1)
        })
    func `Each order is the same whole and page by page`(backend: Backend, order: (PersonSort, [Int])) throws {
        let (library, ids) = try Self.library(backend)
        let (sort, expected) = order
        let persons = library.store.persons
        let all = try persons.page(PersonFilter(), sort: sort, after: nil, offset: 0, limit: nil)
        #expect(all.elements.map { ids.firstIndex(of: $0.person.id) } == expected && all.next == nil)
        #expect(all.elements.allSatisfy { ($0.cover == nil) == ($0.person.faceCount == 0) })
        var paged: [ListedPerson] = []
        var cursor: PageCursor?
        repeat {
            let page = try persons.page(PersonFilter(), sort: sort, after: cursor, offset: 0, limit: 3)
            paged += page.elements
            cursor = try page.next.map { try #require(PageCursor($0.description)) }
        } while cursor != nil
        #expect(paged == all.elements)
        let skipped = try persons.page(PersonFilter(), sort: sort, after: nil, offset: 2, limit: 2)
        #expect(skipped.elements == Array(all.elements[2..<4]))
    }

    @Test(arguments: Backend.allCases)
    func `A page goes on after somebody who is gone`(backend: Backend) throws {
        let (library, ids) = try Self.library(backend)
        let persons = library.store.persons
        for (sort, next) in [(PersonSort.name, 3), (.faces, 0)] {
            let first = try persons.page(PersonFilter(), sort: sort, after: nil, offset: 0, limit: 3)
            try persons.delete(ids[7])
            let second = try persons.page(PersonFilter(), sort: sort, after: first.next, offset: 0, limit: 1)
            #expect(first.elements.last?.person.id == ids[7] && second.elements.map(\.person.id) == [ids[next]])
            try persons.restore(ids[7])
        }
    }

    @Test(arguments: Backend.allCases)
    func `A filter shows who meets all of it`(backend: Backend) throws {
        let (library, ids) = try Self.library(backend)
        let store = library.store
        try store.journal.perform(.describe(ids[2], PersonDescription(isHidden: true)))
        try store.journal.perform(.describe(ids[1], PersonDescription(isHidden: true)))
        func found(_ filter: PersonFilter) throws -> [Int] {
            try store.persons.page(filter, sort: .newest, after: nil, offset: 0, limit: nil).elements
                .compactMap { ids.firstIndex(of: $0.person.id) }.sorted()
        }
        #expect(try found(PersonFilter(isNamed: true)) == [0, 2, 3, 5, 6, 7])
        #expect(try found(PersonFilter(isNamed: false)) == [1, 4])
        #expect(try found(PersonFilter(isHidden: true)) == [1, 2])
        #expect(try found(PersonFilter(isHidden: false)) == [0, 3, 4, 5, 6, 7])
        #expect(try found(PersonFilter(minimumFaces: 2)) == [0, 2, 4, 7])
        #expect(try found(PersonFilter(text: "ANNA")) == [2, 5])
        #expect(try found(PersonFilter(text: "елка")) == [0])
        #expect(try found(PersonFilter(text: "")).count == 8)
        #expect(try found(PersonFilter(text: "person_")) == [1, 4])
        #expect(try found(PersonFilter(isNamed: true, isHidden: false, minimumFaces: 1, text: "a")) == [5])
        #expect(try found(PersonFilter(isNamed: false, isHidden: true, minimumFaces: 2)).isEmpty)
        try store.persons.delete(ids[5])
        #expect(try found(PersonFilter(text: "anna")) == [2])
        #expect(try found(PersonFilter()).count == 7, "hidden people are in a list unless it leaves them out")
    }

    @Test(arguments: Backend.allCases)
    func `A chosen cover wins over a larger face until it leaves`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [2, 1])
        let (first, second) = (people.people[0], people.people[1])
        func cover() throws -> FaceID? { try people.store.persons.listed(first)?.cover?.id }
        let usual = try cover()
        let other = people.faces[usual == people.faces[0] ? 1 : 0]
        try people.journal.perform(.describe(first, PersonDescription(cover: .set(other))))
        #expect(try cover() == other)
        #expect(try people.store.persons.search(first.description).first?.cover?.id == other)
        try people.journal.perform(.move([other], to: second))
        #expect(try cover() == usual && people.person(0)?.cover == nil)
        try people.journal.undo()
        #expect(try cover() == other)
        try people.store.photos.forget(try #require(try people.store.faces.face(other)?.photo))
        #expect(try cover() == usual && people.person(0)?.cover == nil)
    }
}
