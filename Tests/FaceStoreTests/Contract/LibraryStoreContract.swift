import FaceCore
import FaceStore
import Testing

/// What every `LibraryStore` has to do, whatever it is made of.
@Suite struct LibraryStoreContract {
    @Test(arguments: Backend.allCases)
    func `A new library is empty and has no model`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        #expect(try library.store.embeddingModel() == nil)
        #expect(
            try library.store.counts()
                == LibraryCounts(
                    analyzedPhotos: 0, failedPhotos: 0, faces: 0, unassignedFaces: 0, persons: 0, tasks: 0))
    }

    @Test(arguments: Backend.allCases)
    func `Counts tell analysed photos from failed ones and assigned faces from others`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let faces = try store.recordFaces(3)
        _ = try store.photos.recordFailure(Sample.failure(2), at: nil)
        _ = try store.makePerson(of: [faces[0]])
        _ = try store.tasks.create(.scan, totalPhotos: 2)
        #expect(
            try store.counts()
                == LibraryCounts(
                    analyzedPhotos: 1, failedPhotos: 1, faces: 3, unassignedFaces: 2, persons: 1, tasks: 1))
    }

    @Test(arguments: Backend.allCases)
    func `The first model that is used becomes the library's`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        _ = try library.store.photos.record(Sample.photo(1), at: nil, faces: [])
        #expect(try library.elsewhere().embeddingModel() == Sample.model)
        try library.store.adopt(model: Sample.model)
        #expect(throws: FaceStoreError.modelMismatch(library: Sample.model, pack: Sample.otherModel)) {
            try library.store.adopt(model: Sample.otherModel)
        }
        #expect(try library.store.embeddingModel() == Sample.model)
    }

    @Test(arguments: Backend.allCases)
    func `A library without analysed photos takes any model`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        try library.store.adopt(model: Sample.otherModel)
        _ = try library.store.photos.recordFailure(Sample.failure(1), at: nil)
        try library.store.adopt(model: Sample.model)
        #expect(try library.store.embeddingModel() == Sample.model)
    }

    @Test(arguments: Backend.allCases)
    func `A closed library says so`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        try library.store.close()
        #expect(throws: FaceStoreError.closed) { try library.store.counts() }
        #expect(throws: FaceStoreError.closed) { try library.store.tasks.create(.scan, totalPhotos: 0) }
    }
}
