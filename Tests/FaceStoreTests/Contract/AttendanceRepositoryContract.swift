import FaceCore
import FaceStore
import Foundation
import Testing

@Suite struct AttendanceRepositoryContract {
    private static let nine = Date(timeIntervalSince1970: 1_767_258_000)

    private func sighting(
        _ person: PersonID, after seconds: Double = 0, at place: String = "Gate", in collection: CollectionID? = nil,
        similarity: Double = 0.5
    ) -> Sighting {
        Sighting(
            person: person, collection: collection, place: place, at: Self.nine.addingTimeInterval(seconds),
            similarity: similarity)
    }

    private func see(_ store: any LibraryStore, _ sighting: Sighting) throws -> (event: AttendanceEvent, isNew: Bool) {
        try store.attendance.record(sighting, window: .seconds(300)) { _ in "{}" }
    }

    private func all(_ store: any LibraryStore, _ filter: AttendanceFilter = AttendanceFilter()) throws
        -> [AttendanceEvent]
    {
        try store.attendance.events(filter, after: nil, limit: 100).elements
    }

    @Test(arguments: Backend.allCases)
    func `Who is seen again within the window makes no new event`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [1, 1])
        let (anna, eve) = (people.people[0], people.people[1])
        let store = people.store
        let first = try see(store, sighting(anna))
        #expect(first.isNew && first.event.timesSeen == 1 && first.event.at == Self.nine)
        let second = try see(store, sighting(anna, after: 300, similarity: 0.9))
        #expect(!second.isNew && second.event.id == first.event.id && second.event.timesSeen == 2)
        #expect(second.event.lastSeen == Self.nine.addingTimeInterval(300) && second.event.similarity == 0.9)
        // One that comes late, from before what is known, belongs to it and sets nothing back.
        let late = try see(store, sighting(anna, after: -60, similarity: 0.1))
        #expect(!late.isNew && late.event.lastSeen == second.event.lastSeen && late.event.similarity == 0.9)
        #expect(late.event.at == Self.nine)
        #expect(try see(store, sighting(anna, after: 301)).isNew)
        #expect(try see(store, sighting(anna, at: "Door")).isNew)
        #expect(try see(store, sighting(eve)).isNew)
        let staff = try store.collections.create(name: "Staff", threshold: .pack)
        #expect(try see(store, sighting(anna, in: staff.id)).isNew)
        #expect(try store.attendance.event(first.event.id) == late.event)
        let unwindowed = try store.attendance.record(sighting(anna), window: .zero) { _ in "{}" }
        #expect(unwindowed.isNew)
        #expect(throws: FaceStoreError.unknownPerson(PersonID(99))) { try see(store, sighting(PersonID(99))) }
    }

    @Test(arguments: Backend.allCases)
    func `Events are listed newest first, by what is asked for, a page at a time`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [1, 1])
        let (anna, eve) = (people.people[0], people.people[1])
        let store = people.store
        try people.journal.perform(.rename(anna, to: "Anna"))
        let staff = try store.collections.create(name: "Staff", threshold: .pack)
        for hour in 0..<5 { _ = try see(store, sighting(anna, after: Double(hour) * 3600)) }
        let eves = try see(store, sighting(eve, after: 7200, at: "Door", in: staff.id)).event
        #expect(try all(store).count == 6 && all(store, AttendanceFilter(person: eve)) == [eves])
        #expect(try all(store, AttendanceFilter(collection: staff.id)) == [eves])
        #expect(try all(store, AttendanceFilter(place: "Door")) == [eves])
        #expect(eves.personName == "person_\(eve)")
        let some = try all(
            store,
            AttendanceFilter(
                from: Self.nine.addingTimeInterval(3600), to: Self.nine.addingTimeInterval(7200), person: anna))
        #expect(some.map(\.at) == [7200, 3600].map { Self.nine.addingTimeInterval($0) })
        #expect(some.allSatisfy { $0.personName == "Anna" })
        var paged: [AttendanceEvent] = []
        var cursor: PageCursor?
        repeat {
            let page = try store.attendance.events(AttendanceFilter(), after: cursor, limit: 2)
            paged += page.elements
            cursor = page.next
        } while cursor != nil
        #expect(try paged == all(store))
        try store.attendance.delete(eves.id)
        #expect(try store.attendance.event(eves.id) == nil)
        #expect(throws: FaceStoreError.unknownEvent(eves.id)) { try store.attendance.delete(eves.id) }
    }

    @Test(arguments: Backend.allCases)
    func `Events follow who is merged, and come back with her`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [1, 1, 1])
        let (anna, anya, ann) = (people.people[0], people.people[1], people.people[2])
        let store = people.store
        _ = try see(store, sighting(anna))
        let second = try see(store, sighting(anya, at: "Door")).event
        let third = try see(store, sighting(ann, at: "Roof")).event
        try people.journal.perform(.merge([anya], into: anna))
        try people.journal.perform(.merge([anna], into: ann))
        #expect(try all(store).allSatisfy { $0.person == ann })
        #expect(try all(store, AttendanceFilter(person: anya)).count == 3)
        // She is known to have been there, whatever she was called.
        #expect(try !see(store, sighting(ann, after: 10, at: "Door")).isNew)
        #expect(try see(store, sighting(anya, after: 10, at: "Yard")).event.person == ann)
        try people.journal.undo()
        #expect(try store.attendance.event(second.id)?.person == anna)
        #expect(try store.attendance.event(third.id)?.person == ann)
        try people.journal.undo()
        #expect(try store.attendance.event(second.id)?.person == anya)
        try people.journal.redo()
        #expect(try store.attendance.event(second.id)?.person == anna)
    }

    @Test(arguments: Backend.allCases)
    func `The machine's merges bring events along too`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [1, 1])
        let event = try see(people.store, sighting(people.people[1])).event
        _ = try people.store.faces.apply(
            GroupingChange(merges: [.init(people.people[1], into: people.people[0])]))
        #expect(try people.store.attendance.event(event.id)?.person == people.people[0])
        #expect(try !see(people.store, sighting(people.people[1], after: 5)).isNew)
    }

    @Test(arguments: Backend.allCases)
    func `Who is deleted is in no list, and erased with her events and what was to be told of them`(
        backend: Backend
    ) throws {
        let people = try PeopledLibrary(backend, [1, 1, 1])
        let store = people.store
        let hook = try store.webhooks.create(NewWebhook(name: "Door", url: "https://example.com"), secret: "whsec_AA")
        for person in people.people { _ = try see(store, sighting(person)) }
        try people.journal.perform(.merge([people.people[1]], into: people.people[0]))
        try store.persons.delete(people.people[0])
        #expect(try all(store).map(\.person) == [people.people[2]])
        #expect(throws: FaceStoreError.unknownPerson(people.people[0])) { try see(store, sighting(people.people[0])) }
        try store.persons.restore(people.people[0])
        #expect(try all(store).count == 3)
        try store.persons.delete(people.people[0])
        _ = try store.persons.erase(deletedBefore: .distantFuture)
        #expect(try all(store).map(\.person) == [people.people[2]])
        #expect(try store.webhooks.deliveries(of: hook.id, state: nil, after: nil, limit: 9).elements.count == 1)
    }

    @Test(arguments: Backend.allCases)
    func `Events of who is gone for good are forgotten`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [1, 1])
        let store = people.store
        let event = try see(store, sighting(people.people[0])).event
        let photo = try #require(try people.photo(of: 0))
        try store.photos.forget(photo)
        #expect(try people.person(0) == nil && all(store).isEmpty)
        #expect(try store.attendance.prune() == 1 && store.attendance.prune() == 0)
        #expect(try store.attendance.event(event.id) == nil)
    }

    @Test(arguments: Backend.allCases)
    func `Events go with the faces when the machine dissolves somebody`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [3, 1, 1])
        let (store, faces) = (people.store, people.faces)
        let event = try see(store, sighting(people.people[0])).event
        let change = GroupingChange(
            joined: [people.people[1]: [faces[0]], people.people[2]: [faces[1], faces[2]]],
            taken: [faces[0]: people.people[0], faces[1]: people.people[0], faces[2]: people.people[0]])
        #expect(try store.faces.apply(change).removed == [people.people[0]])
        let kept = try #require(try all(store).first)
        #expect(kept.id == event.id && kept.person == people.people[2])
        #expect(try store.attendance.prune() == 0)
    }

    @Test(arguments: Backend.allCases)
    func `Those who see the same person at the same moment make one event`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [1])
        let (store, seen) = (people.store, sighting(people.people[0]))
        let made = try onThreads(8) { _ in
            try store.attendance.record(seen, window: .seconds(300)) { _ in "{}" }.isNew
        }
        #expect(made.count { $0 } == 1)
        #expect(try all(store).map(\.timesSeen) == [8])
    }
}
