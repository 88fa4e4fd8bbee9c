import FaceCore
import FaceStore
import Testing

@Suite struct FaceRepositoryContract {
    @Test(arguments: Backend.allCases)
    func `A face comes back as it went in`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        var analyzed = Sample.face(3)
        analyzed.face.landmarks.layout = .eyeCornersNose
        analyzed.attributes = FaceAttributes(gender: .female, age: 31, denseLandmarks: [Point(0.1, 2)])
        analyzed.embedding = Embedding(model: Sample.model, vector: [0.1, -.leastNonzeroMagnitude, 3.4e38, 0])
        let recorded = try library.store.photos.record(Sample.photo(1), at: nil, faces: [analyzed])
        let face = try #require(recorded.faces.first)
        #expect(face.photo == recorded.photo.id)
        #expect(face.face == analyzed.face)
        #expect(face.attributes == analyzed.attributes)
        #expect(face.embedding == analyzed.embedding)
        #expect(face.person == nil && !face.isPlacedByUser)
        #expect(try library.elsewhere().faces.face(face.id) == face)
        #expect(try library.store.faces.face(FaceID(99)) == nil)
    }

    @Test(arguments: Backend.allCases)
    func `Faces of a photo keep the detector's order`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let faces = [5, 1, 9].map { Sample.face($0) }
        let photo = try library.store.photos.record(Sample.photo(1), at: nil, faces: faces).photo
        #expect(try library.store.faces.faces(on: photo.id).map(\.face) == faces.map(\.face))
    }

    @Test(arguments: Backend.allCases)
    func `Half precision comes back within a thousandth`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend, precision: .float16)
        let vector = (0..<512).map { Float($0) / 511 * 2 - 1 }
        var face = Sample.face(0)
        face.embedding = Embedding(model: Sample.model, vector: vector)
        let stored = try library.store.photos.record(Sample.photo(1), at: nil, faces: [face]).faces[0]
        #expect(zip(stored.embedding.vector, vector).allSatisfy { abs($0 - $1) <= 1e-3 })
        let table = try library.store.faces.allEmbeddings(model: Sample.model)
        #expect(Array(table.vector(at: 0)) == stored.embedding.vector)
        #expect(stored.embedding.vector != vector, "stored in full precision")
    }

    @Test(arguments: Backend.allCases)
    func `All embeddings come as one table`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let first = try store.photos.record(Sample.photo(1), at: nil, faces: Sample.faces(0..<2))
        let second = try store.photos.record(Sample.photo(2), at: nil, faces: Sample.faces(2..<3))
        let person = try #require(try store.makePerson(of: [first.faces[1].id], author: .user))

        let table = try store.faces.allEmbeddings(model: Sample.model)
        #expect(table.dimension == 8 && table.count == 3 && table.model == Sample.model)
        #expect(table.faces == (first.faces + second.faces).map(\.id))
        #expect(table.photos == [first.photo.id, first.photo.id, second.photo.id])
        #expect(table.persons == [nil, person, nil])
        #expect(table.isPlacedByUser == [false, true, false])
        #expect(table.values == Sample.faces(0..<3).flatMap(\.embedding.vector))
        #expect(Array(table.vector(at: 2)) == Sample.face(2).embedding.vector)

        let empty = try store.faces.allEmbeddings(model: Sample.otherModel)
        #expect(empty.count == 0 && empty.values.isEmpty && empty.dimension == 0)
    }

    @Test(arguments: Backend.allCases)
    func `Faces are listed by person and by having none`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let faces = try store.recordFaces(4)
        let person = try #require(try store.makePerson(of: [faces[3], faces[1]]))
        #expect(try store.faces.faces(of: person).map(\.id) == [faces[1], faces[3]])
        #expect(try store.faces.unassignedFaces().map(\.id) == [faces[0], faces[2]])
        #expect(try store.faces.faces(of: PersonID(99)).isEmpty)
        #expect(try store.faces.faces(on: PhotoID(99)).isEmpty)
    }

    @Test(arguments: Backend.allCases)
    func `Twenty thousand faces of 512 numbers load whole`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        var recorded: [FaceID] = []
        for photo in 0..<200 {
            let faces = Sample.faces(photo * 100..<(photo + 1) * 100, dimension: 512)
            recorded += try library.store.photos.record(Sample.photo(photo), at: nil, faces: faces).faces.map(\.id)
        }
        let table = try library.elsewhere().faces.allEmbeddings(model: Sample.model)
        #expect(table.faces == recorded && table.count == 20_000 && table.dimension == 512)
        #expect(
            (0..<20_000).allSatisfy { table.values[$0 * 512] == Float($0) && table.values[$0 * 512 + 511] == 0.125 })
    }
}
