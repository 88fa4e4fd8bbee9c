import FaceCore
import FaceStore
import Testing

@Suite struct PhotoFailureContract {
    @Test(arguments: Backend.allCases)
    func `A failed photo is kept with its reason and tried again`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let photos = library.store.photos
        let location = Sample.location("/broken.jpg")
        let failed = try photos.recordFailure(Sample.failure(1), at: location)
        #expect(failed.outcome == .added)
        #expect(failed.photo.state == .failed(reason: "The file ends too early.") && failed.photo.metadata == nil)
        #expect(try photos.photo(at: location) == failed.photo)

        let again = try photos.recordFailure(Sample.failure(1, reason: "Out of memory."), at: location)
        #expect(again.outcome == .alreadyKnown && again.photo.id == failed.photo.id)
        #expect(again.photo.state == .failed(reason: "Out of memory."))
        #expect(try library.store.counts().failedPhotos == 1)

        let repaired = try photos.record(Sample.photo(1), at: location, faces: Sample.faces(0..<1))
        #expect(repaired.outcome == .added && repaired.photo.id == failed.photo.id)
        #expect(repaired.photo.state == .analyzed(model: Sample.model))
        #expect(repaired.photo.addedAt == failed.photo.addedAt)
        #expect(try library.store.counts().failedPhotos == 0)
    }

    @Test(arguments: Backend.allCases)
    func `An analysed photo does not become a failed one`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let photos = library.store.photos
        let stored = try photos.record(Sample.photo(1), at: nil, faces: Sample.faces(0..<1))
        let failed = try photos.recordFailure(Sample.failure(1), at: Sample.location("/a.jpg"))
        #expect(failed.outcome == .alreadyKnown && failed.photo == stored.photo && failed.faces == stored.faces)
        #expect(try photos.locations(of: stored.photo.id).map(\.path) == ["/a.jpg"])
    }

    @Test(arguments: Backend.allCases)
    func `A broken file that was replaced by a good one leaves nothing behind`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let photos = library.store.photos
        let failed = try photos.recordFailure(Sample.failure(1), at: Sample.location("/a.jpg")).photo
        let good = try photos.record(Sample.photo(2), at: Sample.location("/a.jpg"), faces: [])
        #expect(good.displaced == nil)
        #expect(try photos.photo(failed.id) == nil)
    }

    @Test(arguments: Backend.allCases)
    func `A photo of another model is refused whole`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let faces = try store.recordFaces(1)
        let person = try #require(try store.makePerson(of: faces, author: .user))
        let before = try store.counts()
        let mismatch = FaceStoreError.modelMismatch(library: Sample.model, pack: Sample.otherModel)
        #expect(throws: mismatch) {
            try store.photos.record(Sample.photo(1, model: Sample.otherModel), at: nil, faces: [])
        }
        #expect(throws: mismatch) {
            let mixed = [Sample.face(0), Sample.face(1, model: Sample.otherModel)]
            return try store.photos.record(Sample.photo(2), at: Sample.location("/b.jpg"), faces: mixed)
        }
        #expect(try store.counts() == before)
        #expect(try store.photos.photos(under: "/").isEmpty)
        #expect(try store.faces.face(faces[0])?.person == person)
    }

    @Test(arguments: Backend.allCases)
    func `A photo whose last face cannot be stored leaves nothing`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let location = Sample.location("/a.jpg")
        #expect(throws: FaceStoreError.dimensionMismatch(expected: 8, found: 9)) {
            let faces = Sample.faces(0..<3) + [Sample.face(3, dimension: 9)]
            return try store.photos.record(Sample.photo(1), at: location, faces: faces)
        }
        #expect(throws: FaceStoreError.invalidFace) {
            var broken = Sample.face(1)
            broken.face.box.width = .nan
            return try store.photos.record(Sample.photo(1), at: location, faces: [Sample.face(0), broken])
        }
        #expect(throws: FaceStoreError.invalidFace) {
            var broken = Sample.face(1)
            broken.embedding = Embedding(model: Sample.model, vector: [.infinity])
            return try store.photos.record(Sample.photo(1), at: location, faces: [broken])
        }
        #expect(try store.embeddingModel() == nil)
        #expect(try store.counts().analyzedPhotos == 0)
        #expect(try store.counts().faces == 0)
        #expect(try store.photos.photo(at: location) == nil)

        let other = Sample.face(0, dimension: 9)
        let recorded = try store.photos.record(Sample.photo(1), at: location, faces: [other])
        #expect(recorded.outcome == .added, "the dimension of the refused photo did not stay")
    }
}
