import FaceCore
import FaceStore
import Foundation
import Testing

@Suite struct CollectionRepositoryContract {
    private func names(_ store: any LibraryStore, of person: PersonID) throws -> [String] {
        try store.collections.collections(of: person).map(\.name)
    }

    @Test(arguments: Backend.allCases)
    func `A collection is made, changed and deleted, and its people stay`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [2, 1])
        let collections = people.store.collections
        let staff = try collections.create(name: " Staff ", threshold: .similarity(0.55))
        let guests = try collections.create(name: "Guests", threshold: .falseAcceptRate(0.001))
        #expect(staff.name == "Staff" && staff.threshold == .similarity(0.55) && staff.memberCount == 0)
        #expect(try collections.all() == [guests, staff])
        try collections.add(people.people, to: staff.id)
        try collections.add([people.people[0]], to: staff.id)
        try collections.add([people.people[0]], to: guests.id)
        #expect(try people.library.elsewhere().collections.members(of: staff.id) == people.people)
        #expect(try names(people.store, of: people.people[0]) == ["Guests", "Staff"])
        let filter = PersonFilter(collection: guests.id)
        #expect(
            try people.store.persons.page(filter, sort: .newest, after: nil, offset: 0, limit: 9).elements.map(
                \.person.id)
                == [people.people[0]])
        let before = try #require(try collections.collection(staff.id))
        #expect(before.memberCount == 2)
        #expect(try collections.remove([people.people[1], PersonID(99)], from: staff.id) == 1)
        let without = try #require(try collections.version(of: staff.id))
        #expect(without != before.membersVersion)
        let after = try collections.change(staff.id, name: "Crew", threshold: .pack)
        #expect(after.membersVersion != without)
        #expect(try collections.version(of: staff.id) == after.membersVersion)
        #expect(try collections.version(of: CollectionID(99)) == nil)
        #expect(after.name == "Crew" && after.threshold == .pack && after.memberCount == 1)
        #expect(after.membersVersion != before.membersVersion && after.updatedAt > before.updatedAt)
        try collections.delete(staff.id)
        #expect(try collections.all().map(\.name) == ["Guests"])
        #expect(try collections.members(of: staff.id) == nil)
        #expect(try people.store.persons.all().count == 2)
    }

    @Test(arguments: Backend.allCases)
    func `What makes no sense is refused and changes nothing`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [1])
        let collections = people.store.collections
        let staff = try collections.create(name: "Staff", threshold: .pack)
        let guests = try collections.create(name: "Guests", threshold: .pack)
        #expect(throws: FaceStoreError.collectionNameIsTaken("Staff")) {
            try collections.create(name: "Staff", threshold: .pack)
        }
        #expect(throws: FaceStoreError.collectionNameIsTaken("Staff")) {
            try collections.change(guests.id, name: "Staff", threshold: nil)
        }
        #expect(try collections.change(staff.id, name: "Staff", threshold: nil).name == "Staff")
        for threshold in [
            PersonCollection.Threshold.similarity(1.5), .falseAcceptRate(0), .falseAcceptRate(2), .similarity(.nan),
        ] {
            #expect(throws: FaceStoreError.invalidThreshold) {
                try collections.create(name: "Bad", threshold: threshold)
            }
        }
        #expect(throws: FaceStoreError.nameIsEmpty) { try collections.create(name: " ", threshold: .pack) }
        #expect(throws: FaceStoreError.unknownPerson(PersonID(99))) {
            try collections.add([people.people[0], PersonID(99)], to: staff.id)
        }
        #expect(try collections.members(of: staff.id) == [])
        let gone = CollectionID(99)
        #expect(throws: FaceStoreError.unknownCollection(gone)) { try collections.add(people.people, to: gone) }
        #expect(throws: FaceStoreError.unknownCollection(gone)) { try collections.delete(gone) }
        #expect(throws: FaceStoreError.unknownCollection(gone)) {
            try collections.change(gone, name: "A", threshold: nil)
        }
        #expect(try collections.collection(gone) == nil)
    }

    @Test(arguments: Backend.allCases)
    func `Memberships go with a merge, and come back with its undoing`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [1, 1])
        let (first, second) = (people.people[0], people.people[1])
        let collections = people.store.collections
        let staff = try collections.create(name: "Staff", threshold: .pack)
        let guests = try collections.create(name: "Guests", threshold: .pack)
        try collections.add([first, second], to: staff.id)
        try collections.add([second], to: guests.id)
        let before = try people.dump()
        try people.journal.perform(.merge([second], into: first))
        #expect(try names(people.store, of: first) == ["Guests", "Staff"])
        #expect(try collections.members(of: staff.id) == [first])
        let merged = try people.dump()
        try people.journal.undo()
        #expect(try people.dump() == before)
        #expect(
            try names(people.store, of: first) == ["Staff"] && names(people.store, of: second) == ["Guests", "Staff"])
        try people.journal.redo()
        #expect(try people.dump() == merged)
        // A collection that went in between does not come back.
        try collections.delete(guests.id)
        try people.journal.undo()
        #expect(try names(people.store, of: second) == ["Staff"])
    }

    @Test(arguments: Backend.allCases)
    func `Who is in a collection is settled, and the machine hands memberships on`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [1, 1, 1])
        let ids = people.people
        let collections = people.store.collections
        let staff = try collections.create(name: "Staff", threshold: .pack)
        try collections.add([ids[0], ids[1]], to: staff.id)
        #expect(try people.journal.constraints().settled == [ids[0], ids[1]])
        #expect(throws: FaceStoreError.bothAreNamed(ids[1], ids[0])) {
            _ = try people.store.faces.apply(GroupingChange(merges: [.init(ids[1], into: ids[0])]))
        }
        _ = try people.store.faces.apply(GroupingChange(merges: [.init(ids[1], into: ids[2])]))
        #expect(try collections.members(of: staff.id) == [ids[0], ids[2]])
        // Without a face she is there as long as she is in it.
        try people.journal.perform(.ignore([people.faces[0]]))
        #expect(try people.person(0)?.faceCount == 0)
        try collections.remove([ids[0]], from: staff.id)
        #expect(try people.person(0) == nil)
    }

    @Test(arguments: Backend.allCases)
    func `A deleted person is in no collection until she is restored`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [1, 1])
        let collections = people.store.collections
        let staff = try collections.create(name: "Staff", threshold: .pack)
        try collections.add(people.people, to: staff.id)
        try people.store.persons.delete(people.people[0])
        #expect(try collections.collection(staff.id)?.memberCount == 1)
        try people.store.persons.restore(people.people[0])
        #expect(try collections.collection(staff.id)?.memberCount == 2)
        try people.store.persons.delete(people.people[0])
        _ = try people.store.persons.erase(deletedBefore: .distantFuture)
        #expect(try collections.members(of: staff.id) == [people.people[1]])
    }

    @Test(arguments: Backend.allCases)
    func `A key for a collection is for nothing once that is gone`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let digests = KeyDigests(
            key: String(repeating: "1", count: 64), session: String(repeating: "2", count: 64), hint: "lik_1")
        let staff = try library.store.collections.create(name: "Staff", threshold: .pack)
        #expect(throws: FaceStoreError.unknownCollection(CollectionID(99))) {
            try library.store.keys.create(
                NewAPIKey(name: "Door", scopes: [.read], collection: CollectionID(99)), digests: digests)
        }
        #expect(throws: FaceStoreError.adminOfCollection) {
            try library.store.keys.create(
                NewAPIKey(name: "Door", scopes: [.admin], collection: staff.id), digests: digests)
        }
        let key = try library.store.keys.create(
            NewAPIKey(name: "Door", scopes: [.read], collection: staff.id), digests: digests)
        try library.store.collections.delete(staff.id)
        #expect(try library.store.keys.all() == [key] && key.collection == staff.id)
    }

    @Test(arguments: Backend.allCases)
    func `Photos that are in hand when they are queued are nobody else's`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let queue = library.store.queue
        let id = TaskID()
        let files = [Sample.file(1, in: id), Sample.file(2, in: id)]
        let claims = try queue.enqueue(id, files: files, claimedBy: "me", lease: Sample.lease)
        #expect(claims.map(\.file.contentHash) == [Sample.hash(1), Sample.hash(2)])
        #expect(try queue.claim(worker: "another", lease: Sample.lease) == nil)
        for claim in claims { try queue.finish(claim, Sample.analysis(of: claim)) }
        #expect(try queue.tasksToEnd() == [id])
        #expect(throws: FaceStoreError.taskExists(id)) {
            try queue.enqueue(id, files: files, claimedBy: "me", lease: Sample.lease)
        }
    }

    @Test(arguments: Backend.allCases)
    func `Those who have a name are found by it, in a collection or anywhere`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [1, 2, 1, 1])
        let ids = people.people
        for (number, name) in ["Eve", "anna", "Eve"].enumerated() {
            try people.journal.perform(.rename(ids[number], to: name))
        }
        let persons = people.store.persons
        let staff = try people.store.collections.create(name: "Staff", threshold: .pack)
        try people.store.collections.add([ids[1], ids[2], ids[3]], to: staff.id)
        #expect(try persons.named(nil, in: nil).map(\.id) == [ids[1], ids[0], ids[2]])
        #expect(try persons.named(nil, in: nil).map(\.faceCount) == [2, 1, 1])
        #expect(try persons.named("Eve", in: nil).map(\.id) == [ids[0], ids[2]])
        #expect(try persons.named("Eve", in: staff.id).map(\.id) == [ids[2]])
        #expect(try persons.named("Anna", in: nil).isEmpty && persons.named("eve", in: nil).isEmpty)
        #expect(try persons.named(nil, in: staff.id).map(\.id) == [ids[1], ids[2]])
        try persons.delete(ids[2])
        #expect(try persons.named("Eve", in: staff.id).isEmpty)
        #expect(try people.store.collections.collection(staff.id)?.memberCount == 2)
    }
}
