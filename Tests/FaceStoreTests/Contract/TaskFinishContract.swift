import FaceCore
import FaceStore
import Testing

@Suite struct TaskFinishContract {
    @Test(arguments: Backend.allCases)
    func `A finished photo is in the library with its faces, its file and the task's counters`(
        backend: Backend
    ) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let id = try store.upload([7])
        let claim = try #require(try store.queue.claim(worker: "a", lease: Sample.lease))
        let limits = AnalysisLimits(minimumSize: 30, minimumScore: 0.5)
        let task = try store.queue.finish(claim, Sample.analysis(of: claim, faces: 3, limits: limits))
        #expect(task.progress == TaskProgress(totalPhotos: 1, processedPhotos: 1, totalFaces: 3))
        #expect(task.state == .processing)

        let elsewhere = try library.elsewhere()
        let photo = try #require(try elsewhere.photos.photo(storedAs: claim.file.storedName))
        #expect(photo.contentHash == Sample.hash(7) && photo.limits == limits && photo.covers(limits))
        #expect(photo.upload == PhotoUpload(storedName: claim.file.storedName, displayName: "Фото 7.jpg"))
        #expect(try elsewhere.faces.faces(on: photo.id).count == 3)
        #expect(
            try elsewhere.queue.files(of: id)
                == [TaskFile(index: 0, displayName: "Фото 7.jpg", state: .done(photo.id), faceCount: 3)])
        #expect(try elsewhere.removals.pending(limit: 10).isEmpty)
    }

    @Test(arguments: Backend.allCases)
    func `Finishing twice counts once and doubles no face`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let id = try store.upload([1, 2, 3])
        let claims = try (0..<3).map { _ in try #require(try store.queue.claim(worker: "a", lease: Sample.lease)) }
        try store.queue.finish(claims[0], Sample.analysis(of: claims[0], faces: 2))
        let photo = try #require(try store.photos.photo(withHash: claims[0].file.contentHash))
        try store.queue.finish(claims[1], .known(photo.id))
        try store.queue.finish(claims[2], .failed(reason: "It is damaged."))
        let before = try (store.tasks.task(id), store.counts(), store.removals.pending(limit: 10))
        for (claim, outcome) in [
            (claims[0], Sample.analysis(of: claims[0], faces: 5)), (claims[1], .known(photo.id)),
            (claims[2], .failed(reason: "It is damaged.")), (claims[0], .failed(reason: "Another end.")),
        ] {
            #expect(try store.queue.finish(claim, outcome) == before.0)
        }
        #expect(try store.counts() == before.1)
        #expect(try store.removals.pending(limit: 10) == before.2)
        #expect(before.0?.progress == TaskProgress(totalPhotos: 3, processedPhotos: 3, totalFaces: 4))
    }

    @Test(arguments: Backend.allCases)
    func `A photo that is known counts with its faces and adds nothing`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let first = try store.upload([1])
        try store.workOff(faces: 2)
        let photo = try #require(try store.photos.photo(withHash: Sample.hash(1)))
        let before = try store.counts()

        let second = try store.upload([1])
        let claim = try #require(try store.queue.claim(worker: "a", lease: Sample.lease))
        let task = try store.queue.finish(claim, .known(photo.id))
        #expect(task.progress == TaskProgress(totalPhotos: 1, processedPhotos: 1, totalFaces: 2))
        let counts = try store.counts()
        #expect(counts.analyzedPhotos == before.analyzedPhotos && counts.faces == before.faces)
        #expect(try store.queue.files(of: second)[0].state == .done(photo.id))
        #expect(try store.photos.photo(photo.id)?.upload?.storedName == Sample.file(1, in: first).storedName)
        let removal = try #require(try store.removals.pending(limit: 10).first)
        #expect(removal.scope == .everything && removal.storedName == claim.file.storedName && removal.photo == nil)
        #expect(try !store.removals.isNeeded(claim.file.storedName))
    }

    @Test(arguments: Backend.allCases)
    func `The same photo analysed by two workers is stored once`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        try store.upload([1])
        try store.upload([1])
        let claims = try (0..<2).map { _ in try #require(try store.queue.claim(worker: "a", lease: Sample.lease)) }
        let totals = try claims.map {
            try store.queue.finish($0, Sample.analysis(of: $0, faces: 3)).progress.totalFaces
        }
        #expect(totals == [3, 3])
        let counts = try store.counts()
        #expect(counts.analyzedPhotos == 1 && counts.faces == 3)
        #expect(try store.removals.pending(limit: 10).map(\.storedName) == [claims[1].file.storedName])
    }

    @Test(arguments: Backend.allCases)
    func `A photo of the disk that is uploaded lies in the upload from then on`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let known = try store.photos.record(Sample.photo(1), at: Sample.location("/a.jpg"), faces: Sample.spread(0..<1))
        #expect(known.photo.upload == nil)
        try store.upload([1])
        let claim = try #require(try store.queue.claim(worker: "a", lease: Sample.lease))
        try store.queue.finish(claim, .known(known.photo.id))
        #expect(try store.photos.photo(known.photo.id)?.upload?.storedName == claim.file.storedName)
        #expect(try store.photos.locations(of: known.photo.id).count == 1)
        #expect(try store.removals.pending(limit: 10).isEmpty)
    }

    @Test(arguments: Backend.allCases)
    func `Faces beyond the limits of a task do not count for it`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        try store.upload([1])
        try store.workOff(faces: 3)
        let photo = try #require(try store.photos.photo(withHash: Sample.hash(1)))
        for (overrides, count) in [
            (AnalysisOverrides(minimumSize: 21), 2), (AnalysisOverrides(minimumSize: 100_000), 0),
            (AnalysisOverrides(minimumScore: 0.9), 0), (AnalysisOverrides(minimumScore: 0.875), 3),
        ] {
            let id = try store.upload([1], overrides: overrides)
            let claim = try #require(try store.queue.claim(worker: "a", lease: Sample.lease))
            #expect(try store.queue.finish(claim, .known(photo.id)).progress.totalFaces == count)
            #expect(try store.queue.end(id)?.uniquePersons == 0)
        }
    }

    @Test(arguments: Backend.allCases)
    func `A looser analysis adds the faces that a stricter one left out`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let strict = AnalysisLimits(minimumSize: 100_000, minimumScore: 0.5)
        let usual = AnalysisLimits(minimumSize: 30, minimumScore: 0.5)
        try store.upload([1])
        let first = try #require(try store.queue.claim(worker: "a", lease: Sample.lease))
        try store.queue.finish(first, Sample.analysis(of: first, faces: 1, limits: strict))
        let photo = try #require(try store.photos.photo(withHash: Sample.hash(1)))
        #expect(photo.covers(strict) && !photo.covers(usual))
        let face = try #require(try store.faces.faces(on: photo.id).first)

        try store.upload([1])
        let second = try #require(try store.queue.claim(worker: "a", lease: Sample.lease))
        #expect(
            try store.queue.finish(second, Sample.analysis(of: second, faces: 3, limits: usual)).progress.totalFaces
                == 3)
        let faces = try store.faces.faces(on: photo.id)
        #expect(faces.count == 3 && faces[0] == face)
        #expect(try store.photos.photo(photo.id)?.covers(usual) == true)
        #expect(try store.photos.photo(withHash: Sample.hash(1))?.limits == usual)
    }

    @Test(arguments: Backend.allCases)
    func `A file that is no photo is an error of its task`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let id = try store.upload([1])
        let claim = try #require(try store.queue.claim(worker: "a", lease: Sample.lease))
        let task = try store.queue.finish(claim, .failed(reason: "It is damaged."))
        #expect(task.errors == [TaskFileError(file: "Фото 1.jpg", error: "It is damaged.")])
        #expect(task.progress == TaskProgress(totalPhotos: 1, processedPhotos: 1))
        #expect(try store.queue.files(of: id)[0].state == .failed(reason: "It is damaged."))
        #expect(try store.removals.pending(limit: 1).map(\.storedName) == [claim.file.storedName])
        #expect(try store.counts().failedPhotos == 0)
    }

    @Test(arguments: Backend.allCases)
    func `An outcome that cannot be stored leaves the claim as it was`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let id = try store.upload([1])
        let claim = try #require(try store.queue.claim(worker: "a", lease: Sample.lease))
        #expect(throws: FaceStoreError.unknownPhoto(PhotoID(99))) {
            try store.queue.finish(claim, .known(PhotoID(99)))
        }
        #expect(throws: FaceStoreError.invalidFace) {
            var broken = Sample.face(1)
            broken.face.box.width = .nan
            return try store.queue.finish(claim, .analyzed(Sample.photo(1), [Sample.face(0), broken]))
        }
        #expect(try store.tasks.task(id)?.progress == TaskProgress(totalPhotos: 1))
        #expect(try store.counts().analyzedPhotos == 0)
        #expect(try store.queue.finish(claim, Sample.analysis(of: claim)).progress.processedPhotos == 1)
    }
}
