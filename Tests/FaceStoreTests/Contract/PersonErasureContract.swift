import FaceCore
import FaceStore
import Foundation
import Testing

@Suite struct PersonErasureContract {
    @Test(arguments: Backend.allCases)
    func `An erased person is gone for good with the photos that show nobody else`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let (anna, task) = try store.uploadPerson([1, 2])
        let (_, _) = try store.uploadPerson([3])
        let group = try #require(try store.photos.photo(withHash: Sample.hash(2)))
        let alone = try #require(try store.photos.photo(withHash: Sample.hash(1)))
        // Somebody unknown is on photo 2 as well.
        try store.upload([2])
        let claim = try #require(try store.queue.claim(worker: "a", lease: Sample.lease))
        try store.queue.finish(claim, Sample.analysis(of: claim, faces: 2))
        try confirmAll(store)

        try store.persons.delete(anna)
        let erased = try store.persons.erase(deletedBefore: library.clock.next())
        let file = Sample.file(1, in: task).storedName
        #expect(
            erased == [ErasedPerson(id: anna, faceCount: 2, photos: [alone.id, group.id], unneededFiles: [file])])

        let elsewhere = try library.elsewhere()
        #expect(throws: FaceStoreError.unknownPerson(anna)) { try elsewhere.persons.restore(anna) }
        #expect(try elsewhere.persons.deleted().isEmpty)
        #expect(try elsewhere.photos.photo(alone.id) == nil)
        #expect(try elsewhere.faces.faces(on: group.id).count == 1)
        #expect(try elsewhere.faces.allEmbeddings(model: Sample.model).count == 2)
        let counts = try elsewhere.counts()
        #expect(counts.analyzedPhotos == 2 && counts.faces == 2 && counts.persons == 1)
        #expect(try elsewhere.queue.files(of: task)[0].state == .done(nil))
        let removals = try elsewhere.removals.pending(limit: 10)
        #expect(removals.map(\.scope) == [.everything, .drawnCopies])
        #expect(removals.map(\.photo) == [alone.id, group.id])
        #expect(removals.map(\.storedName) == [file, Sample.file(2, in: task).storedName])
        #expect(try !elsewhere.removals.isNeeded(file))
        #expect(try elsewhere.removals.isNeeded(Sample.file(2, in: task).storedName))
    }

    @Test(arguments: Backend.allCases)
    func `Who was deleted later is not erased yet`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let persons = library.store.persons
        let ids = try (0..<3).map { _ in try persons.create(name: "Anna").id }
        let first = try persons.delete(ids[0])
        let second = try persons.delete(ids[1])
        #expect(try persons.erase(deletedBefore: first.deletedAt.addingTimeInterval(-0.001)).isEmpty)
        #expect(try persons.erase(deletedBefore: first.deletedAt).map(\.id) == [ids[0]])
        #expect(try persons.deleted() == [second])
        #expect(try persons.all().map(\.id) == [ids[2]])
    }

    @Test(arguments: Backend.allCases)
    func `Two who are only on one photo go together with it`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let task = try store.upload([1])
        try store.workOff(faces: 2)
        let photo = try #require(try store.photos.photo(withHash: Sample.hash(1))).id
        let faces = try store.faces.faces(on: photo).map(\.id)
        let people = try faces.map { try #require(try store.makePerson(of: [$0])) }
        for person in people { try store.persons.delete(person) }
        let erased = try store.persons.erase(deletedBefore: .distantFuture)
        #expect(erased.map(\.unneededFiles) == [[], [Sample.file(1, in: task).storedName]])
        #expect(try store.photos.photo(photo) == nil)
    }

    @Test(arguments: Backend.allCases)
    func `A photo of the disk stays known without her face`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let location = Sample.location("/a.jpg")
        let scanned = try store.photos.record(Sample.photo(1), at: location, faces: Sample.spread(0..<1))
        let person = try #require(try store.makePerson(of: scanned.faces.map(\.id)))
        try store.upload([1])
        let claim = try #require(try store.queue.claim(worker: "a", lease: Sample.lease))
        try store.queue.finish(claim, .known(scanned.photo.id))
        try store.persons.delete(person)
        let erased = try store.persons.erase(deletedBefore: .distantFuture)
        #expect(erased[0].unneededFiles == [claim.file.storedName], "the copy that was uploaded")
        let photo = try #require(try store.photos.photo(at: location))
        #expect(photo.id == scanned.photo.id && photo.upload == nil && photo.state.isAnalyzed)
        #expect(try store.photos.record(Sample.photo(1), at: location, faces: Sample.spread(0..<1)).faces.isEmpty)

        let other = try store.photos.record(
            Sample.photo(2), at: Sample.location("/b.jpg"), faces: Sample.spread(0..<1))
        try store.persons.delete(try #require(try store.makePerson(of: other.faces.map(\.id))))
        try confirmAll(store)
        #expect(try store.persons.erase(deletedBefore: .distantFuture)[0].unneededFiles.isEmpty)
        let removal = try #require(try store.removals.pending(limit: 9).first)
        #expect(removal.scope == .drawnCopies && removal.storedName == nil && removal.photo == other.photo.id)
    }

    @Test(arguments: Backend.allCases)
    func `A photo that lost a face to an erasure is analysed anew when it is uploaded again`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let limits = AnalysisLimits(minimumSize: 10, minimumScore: 0.5)
        try store.upload([1])
        let first = try #require(try store.queue.claim(worker: "a", lease: Sample.lease))
        try store.queue.finish(first, Sample.analysis(of: first, faces: 2, limits: limits))
        let photo = try #require(try store.photos.photo(withHash: Sample.hash(1)))
        let faces = try store.faces.faces(on: photo.id).map(\.id)
        try store.persons.delete(try #require(try store.makePerson(of: [faces[0]])))
        try store.persons.erase(deletedBefore: .distantFuture)
        #expect(try store.photos.photo(photo.id)?.covers(limits) == false)

        try store.upload([1])
        let second = try #require(try store.queue.claim(worker: "a", lease: Sample.lease))
        #expect(
            try store.queue.finish(second, Sample.analysis(of: second, faces: 2, limits: limits)).progress.totalFaces
                == 2)
        let ids = try store.faces.faces(on: photo.id).map(\.id)
        #expect(ids.count == 2 && ids[0] == faces[1] && !faces.contains(ids[1]))
        #expect(try store.photos.photo(photo.id)?.covers(limits) == true)
    }

    private func confirmAll(_ store: any LibraryStore) throws {
        try store.removals.confirm(store.removals.pending(limit: 100).map(\.id))
    }
}
