import FaceCore
import FaceStore
import Foundation
import Testing

@Suite struct ListingContract {
    @Test(arguments: Backend.allCases)
    func `Persons come newest first, page by page, with covers`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let people = try (0..<5).map { try store.uploadPerson([$0], faces: 2).person }
        let empty = try store.persons.create(name: "Nobody yet").id
        let expected = [empty] + people.reversed()

        let all = try store.persons.page(after: nil, offset: 0, limit: nil)
        #expect(all.elements.map(\.person.id) == expected && all.next == nil)
        #expect(try all.elements.map(\.person) == store.persons.all())
        #expect(all.elements[0].cover == nil)
        for entry in all.elements.dropFirst() {
            let cover = try #require(entry.cover)
            #expect(cover.person == entry.person.id && cover.box.width == 21, "the larger of two")
            #expect(cover.photo.upload != nil)
        }

        let first = try store.persons.page(after: nil, offset: 0, limit: 4)
        #expect(first.elements.map(\.person.id) == Array(expected[0..<4]))
        let cursor = try #require(first.next)
        #expect(PageCursor(cursor.description) == cursor)
        try store.persons.delete(expected[3])
        try store.persons.erase(deletedBefore: .distantFuture)
        let rest = try store.persons.page(after: cursor, offset: 0, limit: 2)
        #expect(rest.elements.map(\.person.id) == Array(expected[4...]) && rest.next == nil)
        #expect(try store.persons.page(after: nil, offset: 1, limit: 1).elements.map(\.person.id) == [expected[1]])
        #expect(try store.persons.page(after: nil, offset: 0, limit: 0).elements.isEmpty)
        #expect(try store.persons.page(after: nil, offset: 0, limit: .max).elements.count == 5)
    }

    @Test(arguments: Backend.allCases)
    func `A cover is preferred on a photo that was uploaded`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let scanned = try store.photos.record(Sample.photo(1), at: nil, faces: Sample.spread(50..<51)).faces[0].id
        let (person, _) = try store.uploadPerson([2])
        _ = try store.faces.apply(GroupingChange(joined: [person: [scanned]]))
        let listed = try #require(try store.persons.listed(person))
        #expect(listed.person.faceCount == 2 && listed.cover?.photo.contentHash == Sample.hash(2))
        try store.persons.rename(person, to: "Ян")
        #expect(try store.persons.search("ЯН") == [try #require(try store.persons.listed(person))])
        #expect(try store.persons.listed(PersonID(99)) == nil && store.persons.search("").isEmpty)
    }

    @Test(arguments: Backend.allCases)
    func `Faces of a person come with their photos`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let (person, task) = try store.uploadPerson([1, 2], faces: 2)
        let faces = try store.faces.listed(of: person)
        #expect(try faces.map(\.id) == store.faces.faces(of: person).map(\.id))
        #expect(faces.map(\.box) == [0, 1, 0, 1].map { Sample.spread($0..<$0 + 1)[0].face.box })
        #expect(
            faces.map(\.photo.upload)
                == [1, 1, 2, 2].map {
                    PhotoUpload(storedName: Sample.file($0, in: task).storedName, displayName: "Фото \($0).jpg")
                })
        #expect(faces.allSatisfy { $0.person == person && $0.detectionScore == 0.875 && $0.attributes == nil })
        #expect(faces.allSatisfy { $0.detectedAt > SteadyClock.start && $0.photo.metadata?.width == 640 })
        #expect(try store.faces.listed(on: faces[2].photo.id) == Array(faces[2...]))
    }

    @Test(arguments: Backend.allCases)
    func `Faces of nobody come newest first, page by page`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let ids = try store.recordFaces(6)
        _ = try store.makePerson(of: [ids[2]])
        let first = try store.faces.unassigned(after: nil, limit: 3)
        #expect(first.elements.map(\.id) == [ids[5], ids[4], ids[3]])
        let second = try store.faces.unassigned(after: first.next, limit: 3)
        #expect(second.elements.map(\.id) == [ids[1], ids[0]] && second.next == nil)
    }

    @Test(arguments: Backend.allCases)
    func `Photos are listed by person, task and day`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let times = ["2024-05-06T07:08:09", "2024-05-06T23:59:59", "2024-05-07T00:00:00", nil]
        let photos = try times.enumerated().map { number, time in
            var photo = Sample.photo(number)
            photo.metadata.takenAt = time.map { CaptureTime(localTime: $0) }
            return try store.photos.record(photo, at: nil, faces: Sample.spread(0..<number))
        }
        _ = try store.photos.recordFailure(Sample.failure(9), at: nil)
        let person = try #require(try store.makePerson(of: [photos[1].faces[0].id, photos[3].faces[0].id]))
        let task = try store.upload([0, 3])
        for _ in 0..<2 {
            let claim = try #require(try store.queue.claim(worker: "a", lease: Sample.lease))
            try store.queue.finish(
                claim, .known(try #require(try store.photos.photo(withHash: claim.file.contentHash)).id))
        }
        let all = try numbers(store, PhotoFilter())
        #expect(all == [3, 2, 1, 0])
        #expect(try numbers(store, PhotoFilter(person: person)) == [3, 1])
        #expect(try numbers(store, PhotoFilter(task: task)) == [3, 0])
        #expect(try numbers(store, PhotoFilter(person: person, task: task)) == [3])
        #expect(try numbers(store, PhotoFilter(takenFrom: "2024-05-06", takenTo: "2024-05-06")) == [1, 0])
        #expect(try numbers(store, PhotoFilter(takenFrom: "2024-05-06T08")) == [2, 1])
        #expect(try numbers(store, PhotoFilter(takenTo: "2024-05-06T07")) == [0])
        #expect(try numbers(store, PhotoFilter(takenFrom: "2025")).isEmpty)
        #expect(try numbers(store, PhotoFilter(person: PersonID(99))).isEmpty)
        let first = try store.photos.page(PhotoFilter(), after: nil, limit: 3)
        #expect(first.elements.map(\.faceCount) == [3, 2, 1])
        let second = try store.photos.page(PhotoFilter(), after: first.next, limit: 3)
        #expect(second.elements.map(\.photo.contentHash) == [Sample.hash(0)] && second.next == nil)
    }

    private func numbers(_ store: any LibraryStore, _ filter: PhotoFilter) throws -> [Int] {
        try store.photos.page(filter, after: nil, limit: 100).elements.map { $0.photo.byteCount - 1000 }
    }

    @Test(arguments: Backend.allCases)
    func `Tasks come newest first, page by page, of one state or all`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let ids = try (0..<5).map { try store.upload([$0]) }
        _ = try store.queue.cancel(ids[1])
        let first = try store.tasks.page(state: .processing, after: nil, limit: 2)
        #expect(first.elements.map(\.id) == [ids[4], ids[3]])
        let second = try store.tasks.page(state: .processing, after: first.next, limit: 2)
        #expect(second.elements.map(\.id) == [ids[2], ids[0]] && second.next == nil)
        #expect(try store.tasks.page(state: nil, after: nil, limit: 10).elements.map(\.id) == ids.reversed())
    }
}
