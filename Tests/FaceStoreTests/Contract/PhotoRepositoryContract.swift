import FaceCore
import FaceStore
import Testing

@Suite struct PhotoRepositoryContract {
    @Test(arguments: Backend.allCases)
    func `A recorded photo comes back as it went in`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let photos = library.store.photos
        let location = Sample.location("/photos/a.jpg")
        let recorded = try photos.record(Sample.photo(7), at: location, faces: Sample.faces(0..<2))
        #expect(recorded.outcome == .added && recorded.displaced == nil)

        let stored = recorded.photo
        #expect(stored.contentHash == Sample.hash(7))
        #expect(stored.byteCount == 1007)
        #expect(stored.metadata == Sample.photo(7).metadata)
        #expect(stored.state == .analyzed(model: Sample.model))
        #expect(stored.addedAt > SteadyClock.start)
        #expect(recorded.faces.map(\.face) == Sample.faces(0..<2).map(\.face))

        let elsewhere = try library.elsewhere().photos
        #expect(try elsewhere.photo(stored.id) == stored)
        #expect(try elsewhere.photo(withHash: Sample.hash(7)) == stored)
        #expect(try elsewhere.locations(of: stored.id) == [location])
        #expect(try elsewhere.photo(withHash: Sample.hash(8)) == nil)
        #expect(try elsewhere.photo(PhotoID(stored.id.rawValue + 1)) == nil)
    }

    @Test(arguments: Backend.allCases)
    func `Metadata that a file does not have stays absent`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        var photo = Sample.photo(1)
        photo.metadata = PhotoMetadata(
            format: .webp, width: 1, height: 1, takenAt: CaptureTime(localTime: "2024-05-06T07:08:09"))
        #expect(try library.store.photos.record(photo, at: nil, faces: []).photo.metadata == photo.metadata)
    }

    @Test(arguments: Backend.allCases)
    func `The same photo twice adds nothing but its place`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let photos = library.store.photos
        let first = try photos.record(
            Sample.photo(1), at: Sample.location("/a.jpg"), faces: Sample.faces(0..<2))
        let before = try library.store.counts()
        let second = try photos.record(
            Sample.photo(1), at: Sample.location("/copy/a.jpg"), faces: Sample.faces(5..<8))
        #expect(second.outcome == .alreadyKnown)
        #expect(second.photo == first.photo)
        #expect(second.faces == first.faces)
        #expect(try library.store.counts() == before)
        #expect(try photos.locations(of: first.photo.id).map(\.path) == ["/a.jpg", "/copy/a.jpg"])
    }

    @Test(arguments: Backend.allCases)
    func `The same photos from eight threads are stored once`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let stores = try (0..<4).map { _ in try library.elsewhere() }
        let outcomes = try onThreads(8) { thread in
            try (0..<10).map { number in
                try stores[thread % stores.count].photos.record(
                    Sample.photo(number), at: Sample.location("/\(thread)/\(number).jpg"),
                    faces: Sample.faces(0..<3)
                ).outcome
            }
        }
        #expect(outcomes.count == 8)
        #expect(outcomes.joined().count { $0 == .added } == 10)
        let counts = try library.store.counts()
        #expect(counts.analyzedPhotos == 10 && counts.faces == 30)
        #expect(try library.store.photos.photos(under: "/").count == 80)
    }

    @Test(arguments: Backend.allCases)
    func `An unchanged file is known by path, size and time`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let photos = library.store.photos
        let location = Sample.location("/photos/é (1).jpg")
        let stored = try photos.record(Sample.photo(1), at: location, faces: []).photo
        #expect(try photos.photo(at: location) == stored)

        var changed = location
        changed.modifiedAtNanoseconds += 1
        #expect(try photos.photo(at: changed) == nil)
        changed = location
        changed.byteCount += 1
        #expect(try photos.photo(at: changed) == nil)
        changed = location
        changed.path = "/photos/é (2).jpg"
        #expect(try photos.photo(at: changed) == nil)
    }

    @Test(arguments: Backend.allCases)
    func `A touched file keeps its photo under the new time`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let photos = library.store.photos
        let id = try photos.record(Sample.photo(1), at: Sample.location("/a.jpg"), faces: []).photo.id
        let touched = Sample.location("/a.jpg", changedAt: 42)
        #expect(try photos.addLocation(touched, to: id) == nil)
        #expect(try photos.photo(at: touched)?.id == id)
        #expect(try photos.locations(of: id) == [touched])
        #expect(throws: FaceStoreError.unknownPhoto(PhotoID(99))) {
            try photos.addLocation(touched, to: PhotoID(99))
        }
    }

    @Test(arguments: Backend.allCases)
    func `An overwritten file names the photo that lies nowhere now`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let photos = library.store.photos
        let old = try photos.record(Sample.photo(1), at: Sample.location("/a.jpg"), faces: Sample.faces(0..<1)).photo
        try photos.addLocation(Sample.location("/b.jpg"), to: old.id)
        let first = try photos.record(Sample.photo(2), at: Sample.location("/a.jpg"), faces: [])
        #expect(first.displaced == nil, "the old photo still lies at /b.jpg")
        let second = try photos.record(Sample.photo(3), at: Sample.location("/b.jpg"), faces: [])
        #expect(second.displaced == old.id)
        #expect(try photos.photo(old.id) == old)
        #expect(try library.store.faces.faces(on: old.id).count == 1)
    }

    @Test(arguments: Backend.allCases)
    func `A place can be dropped without its photo`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let photos = library.store.photos
        let id = try photos.record(Sample.photo(1), at: Sample.location("/a.jpg"), faces: []).photo.id
        #expect(try photos.removeLocation(path: "/a.jpg"))
        #expect(try !photos.removeLocation(path: "/a.jpg"))
        #expect(try photos.locations(of: id).isEmpty)
        #expect(try photos.photo(id) != nil)
    }

    @Test(arguments: Backend.allCases)
    func `A folder holds what lies in it and below, and nothing else`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let photos = library.store.photos
        let paths = ["/p/a.jpg", "/p/b/c.jpg", "/p2/a.jpg", "/p.jpg", "/p%/d.jpg", "/P/a.jpg", "/p/é.jpg", "/p0"]
        for (number, path) in paths.enumerated() {
            _ = try photos.record(Sample.photo(number), at: Sample.location(path), faces: [])
        }
        #expect(try photos.photos(under: "/p").map(\.location.path) == ["/p/a.jpg", "/p/b/c.jpg", "/p/é.jpg"])
        #expect(try photos.photos(under: "/p/").map(\.photo.contentHash) == [0, 1, 6].map(Sample.hash))
        #expect(try photos.photos(under: "/p%").map(\.location.path) == ["/p%/d.jpg"])
        #expect(try photos.photos(under: "/").count == paths.count)
        #expect(try photos.photos(under: "/nowhere").isEmpty)
    }

    @Test(arguments: Backend.allCases)
    func `Photos are listed page by page`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let photos = library.store.photos
        let ids = try (0..<5).map { try photos.record(Sample.photo($0), at: nil, faces: []).photo.id }
        #expect(try photos.photos(after: nil, limit: 2).map(\.id) == Array(ids[0..<2]))
        #expect(try photos.photos(after: ids[1], limit: 10).map(\.id) == Array(ids[2...]))
        #expect(try photos.photos(after: ids[4], limit: 10).isEmpty)
    }

    @Test(arguments: Backend.allCases)
    func `A forgotten photo takes its faces along but no named person`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let faces = try store.recordFaces(2)
        let named = try #require(try store.makePerson(of: [faces[0]]))
        try store.persons.rename(named, to: "Anna")
        let unnamed = try #require(try store.makePerson(of: [faces[1]]))
        let photo = try #require(try store.faces.face(faces[0])).photo
        try store.photos.addLocation(Sample.location("/a.jpg"), to: photo)

        try store.photos.forget(photo)
        #expect(try store.photos.photo(photo) == nil)
        #expect(try store.photos.photos(under: "/").isEmpty)
        #expect(try store.faces.face(faces[0]) == nil)
        #expect(try store.faces.allEmbeddings(model: Sample.model).count == 0)
        #expect(try store.persons.person(named)?.faceCount == 0)
        #expect(try store.persons.person(unnamed) == nil)
        #expect(throws: FaceStoreError.unknownPhoto(photo)) { try store.photos.forget(photo) }
    }
}
