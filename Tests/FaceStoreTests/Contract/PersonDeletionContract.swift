import FaceCore
import FaceStore
import Foundation
import Testing

@Suite struct PersonDeletionContract {
    @Test(arguments: Backend.allCases)
    func `A deleted person is nowhere and nor are her faces`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let faces = try store.recordFaces(3)
        let anna = try #require(try store.makePerson(of: [faces[0], faces[1]]))
        try store.persons.rename(anna, to: "Anna")
        let photo = try #require(try store.faces.face(faces[0])).photo
        let person = try #require(try store.persons.person(anna))

        let deleted = try store.persons.delete(anna)
        #expect(deleted.person == person && deleted.deletedAt > person.updatedAt)
        let elsewhere = try library.elsewhere()
        #expect(try elsewhere.persons.person(anna) == nil && elsewhere.persons.listed(anna) == nil)
        #expect(try elsewhere.persons.all().isEmpty)
        #expect(try elsewhere.persons.page(after: nil, offset: 0, limit: nil).elements.isEmpty)
        #expect(try elsewhere.persons.find("anna").isEmpty && elsewhere.persons.search("anna").isEmpty)
        #expect(try elsewhere.persons.find(anna.description).isEmpty)
        #expect(try elsewhere.persons.deleted() == [deleted])
        let counts = try elsewhere.counts()
        #expect(counts.persons == 0 && counts.faces == 1 && counts.unassignedFaces == 1)
        #expect(try elsewhere.faces.face(faces[0]) == nil)
        #expect(try elsewhere.faces.faces(of: anna).isEmpty && elsewhere.faces.listed(of: anna).isEmpty)
        #expect(try elsewhere.faces.faces(on: photo).map(\.id) == [faces[2]])
        #expect(try elsewhere.faces.listed(on: photo).map(\.id) == [faces[2]])
        #expect(try elsewhere.faces.count(on: photo) == 3)
        #expect(try elsewhere.faces.unassignedFaces().map(\.id) == [faces[2]])
        #expect(try elsewhere.faces.unassigned(after: nil, limit: 9).elements.map(\.id) == [faces[2]])
        #expect(try elsewhere.photos.page(PhotoFilter(person: anna), after: nil, limit: 9).elements.isEmpty)
        #expect(try elsewhere.photos.page(PhotoFilter(), after: nil, limit: 9).elements.map(\.faceCount) == [1])
        let table = try elsewhere.faces.allEmbeddings(model: Sample.model)
        #expect(table.faces == [faces[2]] && table.values == Sample.face(2).embedding.vector)
    }

    @Test(arguments: Backend.allCases)
    func `A deleted person can be neither changed nor grouped with`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let faces = try store.recordFaces(3)
        let anna = try #require(try store.makePerson(of: [faces[0]]))
        let other = try #require(try store.makePerson(of: [faces[1]]))
        try store.persons.delete(anna)
        let unknown = FaceStoreError.unknownPerson(anna)
        #expect(throws: unknown) { try store.persons.delete(anna) }
        #expect(throws: unknown) { try store.persons.rename(anna, to: "Anna") }
        #expect(throws: unknown) { try store.faces.apply(GroupingChange(joined: [anna: [faces[2]]])) }
        #expect(throws: unknown) { try store.faces.apply(GroupingChange(merges: [.init(other, into: anna)])) }
        #expect(throws: unknown) { try store.faces.apply(GroupingChange(merges: [.init(anna, into: other)])) }
        #expect(throws: FaceStoreError.unknownFace(faces[0])) {
            try store.faces.apply(GroupingChange(author: .user, joined: [other: [faces[0]]]))
        }
        #expect(throws: FaceStoreError.unknownPerson(PersonID(99))) { try store.persons.delete(PersonID(99)) }
        #expect(try store.persons.restore(anna).faceCount == 1)
    }

    @Test(arguments: Backend.allCases)
    func `A restored person is as she was`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let faces = try store.recordFaces(2)
        let anna = try #require(try store.makePerson(of: faces, author: .user))
        try store.persons.rename(anna, to: "Anna")
        let before = try store.faces.faces(of: anna)
        try store.persons.delete(anna)
        let restored = try library.elsewhere().persons.restore(anna)
        #expect(restored.name == "Anna" && restored.faceCount == 2)
        #expect(try store.persons.restore(anna) == restored, "she is there already")
        #expect(try store.persons.deleted().isEmpty && store.persons.find("anna") == [restored])
        #expect(try store.faces.faces(of: anna) == before)
        #expect(try store.persons.erase(deletedBefore: .distantFuture).isEmpty)
        #expect(throws: FaceStoreError.unknownPerson(PersonID(99))) { try store.persons.restore(PersonID(99)) }
    }

    @Test(arguments: Backend.allCases)
    func `An unnamed person whose photo goes while she is deleted cannot come back empty`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let faces = try store.recordFaces(1)
        let person = try #require(try store.makePerson(of: faces))
        let photo = try #require(try store.faces.face(faces[0])).photo
        try store.persons.delete(person)
        try store.photos.forget(photo)
        #expect(throws: FaceStoreError.unknownPerson(person)) { try store.persons.restore(person) }
        #expect(try store.counts().faces == 0)
    }

    @Test(arguments: Backend.allCases)
    func `A photo that is uploaded again brings its faces back without the deleted person`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let (anna, _) = try store.uploadPerson([1, 2])
        try store.persons.rename(anna, to: "Anna")
        let photo = try #require(try store.photos.photo(withHash: Sample.hash(1)))
        try store.persons.delete(anna)

        let task = try store.upload([1])
        let claim = try #require(try store.queue.claim(worker: "a", lease: Sample.lease))
        #expect(try store.queue.finish(claim, .known(photo.id)).progress.totalFaces == 1)
        let face = try #require(try store.faces.faces(on: photo.id).first)
        #expect(face.person == nil && !face.isPlacedByUser)
        let somebody = try #require(try store.makePerson(of: [face.id]))
        #expect(try store.queue.end(task)?.uniquePersons == 1)

        let erased = try store.persons.erase(deletedBefore: .distantFuture)
        #expect(erased.map(\.id) == [anna] && erased[0].faceCount == 1)
        #expect(try store.photos.photo(photo.id) != nil && store.persons.person(somebody)?.faceCount == 1)
    }
}
