import FaceCore
import FaceStore
import Foundation
import Testing

/// What each edit does.
@Suite struct PersonEditContract {
    @Test(arguments: Backend.allCases)
    func `A name is given and taken away`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [1])
        let named = try people.journal.perform(.rename(people.people[0], to: "  Анна "))
        #expect(named.persons.map(\.name) == ["Анна"] && named.removed.isEmpty && named.created.isEmpty)
        #expect(named.entry.kind == .rename && named.entry.persons == people.people && named.entry.faceCount == 0)
        #expect(named.persons[0].revision == named.entry.id)
        #expect(try people.store.persons.find("анна").count == 1)
        let unnamed = try people.journal.perform(.rename(people.people[0], to: nil))
        #expect(unnamed.persons.map(\.name) == [nil] && unnamed.persons[0].revision == unnamed.entry.id)
        #expect(try people.library.elsewhere().persons.find("анна").isEmpty)
    }

    @Test(arguments: Backend.allCases)
    func `A person without a face goes with her name`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [])
        let anna = try people.store.persons.create(name: "Anna").id
        #expect(try people.journal.perform(.rename(anna, to: nil)).removed == [anna])
        #expect(try people.journal.undo().created == [anna])
        #expect(try people.store.persons.person(anna)?.name == "Anna")
    }

    @Test(arguments: Backend.allCases)
    func `Details are set one by one and stay when others change`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [2])
        let birth = try #require(CalendarDate("2001-12-31"))
        let her = people.people[0]
        let longest = String(repeating: "я", count: 10_000)
        _ = try people.journal.perform(.describe(her, PersonDescription(note: .set(longest))))
        _ = try people.journal.perform(.describe(her, PersonDescription(birthDate: .set(birth))))
        _ = try people.journal.perform(.describe(her, PersonDescription(cover: .set(people.faces[1]))))
        let hidden = try people.journal.perform(.describe(her, PersonDescription(isHidden: true)))
        let person = try #require(try people.library.elsewhere().persons.person(her))
        #expect(person.note == longest && person.birthDate == birth && person.cover == people.faces[1])
        #expect(person.isHidden && person.revision == hidden.entry.id && hidden.persons == [person])

        let clear = PersonDescription(note: .clear, birthDate: .clear, cover: .clear, isHidden: false)
        let cleared = try #require(try people.journal.perform(.describe(her, clear)).persons.first)
        #expect(cleared.note == nil && cleared.birthDate == nil && cleared.cover == nil && !cleared.isHidden)
        _ = try people.journal.perform(.describe(her, PersonDescription(note: .set("a\0b"))))
        #expect(try people.person(0)?.note == "ab")
        _ = try people.journal.perform(.describe(her, PersonDescription(note: .set(" \n"))))
        #expect(try people.person(0)?.note == nil, "a note of nothing is none")
    }

    @Test(arguments: Backend.allCases)
    func `Several become one and what was said of them holds for her`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [2, 2, 1, 1], unknown: 1)
        let ids = people.people
        let journal = people.journal
        let birth = try #require(CalendarDate("1970-01-01"))
        _ = try journal.perform(.rename(ids[2], to: "Eve"))
        _ = try journal.perform(.rename(ids[1], to: "Anna"))
        _ = try journal.perform(
            .describe(ids[2], PersonDescription(note: .set("second"), birthDate: .set(birth), isHidden: true)))
        _ = try journal.perform(.describe(ids[0], PersonDescription(note: .set("first"))))
        _ = try journal.perform(.describe(ids[1], PersonDescription(cover: .set(people.faces[3]))))
        _ = try journal.perform(.move([people.faces[6]], to: ids[1]))
        _ = try journal.perform(.reject([people.faces[6]], from: ids[1]))
        _ = try journal.perform(.separate(ids[2], ids[3]))
        _ = try journal.perform(.separate(ids[1], ids[2]))

        let merged = try journal.perform(.merge([ids[1], ids[2], ids[1]], into: ids[0]))
        #expect(merged.removed == [ids[1], ids[2]] && merged.entry.persons.prefix(3) == [ids[0], ids[1], ids[2]])
        #expect(merged.entry.faceCount == 5)
        let her = try #require(try people.person(0))
        #expect(her.name == "Anna" && her.note == "first" && her.birthDate == birth && her.cover == people.faces[3])
        #expect(!her.isHidden, "to be out of sight is no detail that is handed on")
        #expect(her.faceCount == 5 && her.revision == merged.entry.id)
        for face in 0..<5 { #expect(try people.isPlaced(face)) }
        let constraints = try people.library.elsewhere().journal.constraints()
        #expect(constraints.rejections == [people.faces[6]: [ids[0]]])
        #expect(constraints.separations == [PersonPair(ids[0], ids[3])], "that of the two of them is over")
        #expect(constraints.settled == [ids[0]])
    }

    @Test(arguments: Backend.allCases)
    func `Split faces become somebody new who is another one`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [3])
        _ = try people.journal.perform(
            .describe(people.people[0], PersonDescription(cover: .set(people.faces[1]))))
        let split = try people.journal.perform(.split([people.faces[1], people.faces[2]], name: " Eve "))
        let eve = try #require(split.created.first)
        #expect(split.entry.persons == [people.people[0], eve] && split.entry.faceCount == 2)
        #expect(try people.store.persons.person(eve)?.name == "Eve")
        #expect(try people.owner(1) == eve && people.isPlaced(2) && people.owner(0) == people.people[0])
        #expect(try !people.isPlaced(0) && people.person(0)?.cover == nil, "the cover went with its face")
        #expect(try people.journal.constraints().separations == [PersonPair(people.people[0], eve)])
        #expect(throws: FaceStoreError.bothAreNamed(people.people[0], eve)) {
            try people.store.faces.apply(GroupingChange(merges: [.init(people.people[0], into: eve)]))
        }
    }

    @Test(arguments: Backend.allCases)
    func `Moved faces are placed and their rejection is over`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [2, 1], unknown: 2)
        let (first, second) = (people.people[0], people.people[1])
        _ = try people.journal.perform(.reject([people.faces[0]], from: first))
        _ = try people.journal.perform(.ignore([people.faces[4]]))
        let moved = try people.journal.perform(
            .move([people.faces[0], people.faces[2], people.faces[4], people.faces[0]], to: first))
        #expect(moved.removed == [second] && moved.entry.persons == [first, second] && moved.entry.faceCount == 3)
        for face in [0, 2, 4] { #expect(try people.owner(face) == first && people.isPlaced(face)) }
        #expect(try people.store.faces.face(people.faces[4])?.isIgnored == false)
        #expect(try people.journal.constraints().rejections.isEmpty)
    }

    @Test(arguments: Backend.allCases)
    func `A rejected face is nobody's and does not come back by itself`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [2, 1])
        let (first, second) = (people.people[0], people.people[1])
        let face = people.faces[0]
        _ = try people.journal.perform(.confirm([face]))
        let rejected = try people.journal.perform(.reject([face], from: first))
        #expect(rejected.entry.persons == [first] && rejected.entry.faceCount == 1)
        #expect(try people.owner(0) == nil && !people.isPlaced(0))
        #expect(try people.store.faces.unassignedFaces().map(\.id) == [face])
        let result = try people.store.faces.apply(GroupingChange(joined: [first: [face]]))
        #expect(result.kept == [face] && result.movedCount == 0)
        #expect(try people.store.faces.apply(GroupingChange(joined: [second: [face]])).movedCount == 1)
        #expect(throws: FaceStoreError.bothAreNamed(second, first)) {
            try people.store.faces.apply(GroupingChange(merges: [.init(second, into: first)]))
        }
    }

    @Test(arguments: Backend.allCases)
    func `A confirmed face stays with whom it is`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [2, 1])
        let confirmed = try people.journal.perform(.confirm([people.faces[0], people.faces[2]]))
        #expect(confirmed.entry.persons == people.people && confirmed.entry.faceCount == 2)
        #expect(try people.isPlaced(0) && !people.isPlaced(1) && people.isPlaced(2))
        #expect(try people.journal.constraints().settled == Set(people.people))
        #expect(throws: FaceStoreError.bothAreNamed(people.people[0], people.people[1])) {
            try people.store.faces.apply(GroupingChange(merges: [.init(people.people[0], into: people.people[1])]))
        }
    }

    @Test(arguments: Backend.allCases)
    func `An ignored face is in no list of unknown ones and no grouping until it is heeded`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [1], unknown: 2)
        let store = people.store
        let faces = Array(people.faces.prefix(2))
        let ignored = try people.journal.perform(.ignore(faces))
        #expect(ignored.removed == people.people && ignored.entry.faceCount == 2)
        #expect(try store.faces.unassignedFaces().map(\.id) == [people.faces[2]])
        #expect(try store.faces.unassigned(after: nil, limit: 9).elements.map(\.id) == [people.faces[2]])
        #expect(try store.faces.allEmbeddings(model: Sample.model).faces == [people.faces[2]])
        #expect(try store.counts().faces == 1 && store.counts().unassignedFaces == 1)
        #expect(try store.faces.ignored(after: nil, limit: 1).elements.map(\.id) == [faces[1]])
        let photo = try #require(try people.photo(of: 0))
        #expect(try store.faces.listed(on: photo).map(\.isIgnored) == [true])
        #expect(try store.photos.page(PhotoFilter(), after: nil, limit: 9).elements.map(\.faceCount) == [1, 0, 0])
        let kept = try store.faces.apply(GroupingChange(created: [faces], joined: [:], released: faces))
        #expect(kept.kept == faces && kept.created == [nil])

        let heeded = try people.journal.perform(.heed([faces[0], people.faces[2]]))
        #expect(heeded.entry.faceCount == 1 && heeded.entry.persons.isEmpty)
        #expect(try store.faces.unassignedFaces().map(\.id) == [faces[0], people.faces[2]])
        #expect(try store.makePerson(of: faces) != nil)
        #expect(try people.owner(0) != nil && people.owner(1) == nil)
    }

    @Test(arguments: Backend.allCases)
    func `A face that the detector missed is one like any other`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [1])
        let photo = try #require(try people.photo(of: 0))
        let drawn = Sample.drawn(on: photo, person: people.people[0])
        let added = try people.journal.perform(.addFace(drawn))
        let id = try #require(added.addedFaces.first)
        #expect(added.entry.persons == people.people && added.entry.faceCount == 1)
        let face = try #require(try people.library.elsewhere().faces.face(id))
        #expect(face.face == drawn.face && face.embedding == drawn.embedding && face.quality == drawn.quality)
        #expect(face.person == people.people[0] && face.isPlacedByUser && face.isAddedByHand && face.photo == photo)
        #expect(try people.store.faces.listed(on: photo).map(\.isAddedByHand) == [false, true])
        #expect(try people.store.faces.listed(on: photo)[1].quality == drawn.quality)
        let table = try people.store.faces.allEmbeddings(model: Sample.model)
        #expect(table.strengths.map(\.quality) == [nil, drawn.quality])
        let other = try people.journal.perform(.addFace(Sample.drawn(on: photo))).addedFaces
        #expect(try people.store.faces.unassignedFaces().map(\.id) == other && other[0] > id)
    }

    @Test(arguments: Backend.allCases)
    func `A deletion and a restoration are edits too`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [2])
        let her = people.people[0]
        try people.store.persons.rename(her, to: "Anna")
        try people.store.persons.delete(her)
        let restored = try people.store.persons.restore(her)
        let entries = try people.journal.entries(after: nil, limit: 9).elements
        #expect(entries.map(\.kind) == [.restore, .delete, .rename] && restored.revision == entries[0].id)
        let undone = try people.journal.undo()
        #expect(undone.removed == [her] && undone.persons.isEmpty)
        #expect(try people.store.persons.deleted().map(\.person.id) == [her])
        #expect(try people.journal.undo().created == [her] && people.person(0)?.name == "Anna")
        #expect(try people.journal.undo().persons.map(\.name) == [nil])
    }
}
