import FaceCore
import Foundation
import Testing

@testable import FaceStore

@Suite struct SQLiteErasureTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("library.sqlite")
    }

    @Test func `Nothing of an erased person is left in the files of the database`() throws {
        let store = try SQLiteLibraryStore(path: path)
        let vector = (0..<512).map { Float($0) * 0.37 + 0.011 }
        let name = "Аделаида Непомуковна"
        var face = Sample.face(1)
        face.embedding = Embedding(model: Sample.model, vector: vector)
        let other = Sample.spread(5..<6).map { face in
            AnalyzedFace(face: face.face, embedding: Embedding(model: Sample.model, vector: vector.reversed()))
        }
        let recorded = try store.photos.record(Sample.photo(1), at: nil, faces: [face] + other)
        let person = try #require(try store.makePerson(of: [recorded.faces[0].id]))
        try store.persons.rename(person, to: name)
        let bytes = EmbeddingBlob.encode(vector, precision: .float32)
        let kept = EmbeddingBlob.encode(vector.reversed(), precision: .float32)
        #expect(try holds(bytes.prefix(64)) && holds(Data(name.utf8)), "or the search finds nothing ever")

        try store.persons.delete(person)
        try store.persons.erase(deletedBefore: .distantFuture)
        #expect(try !holds(bytes.prefix(64)) && !holds(bytes.suffix(64)))
        #expect(try !holds(Data(name.utf8)) && !holds(Data(PersonName.searchKey(of: name).utf8)))
        #expect(try holds(kept.prefix(64)), "the other face stays")
    }

    @Test func `Nothing of what the journal kept of an erased person is left in the files`() throws {
        let store = try SQLiteLibraryStore(path: path)
        let vector = (0..<512).map { Float($0) * 0.41 + 0.017 }
        let recorded = try store.photos.record(
            Sample.photo(1), at: nil,
            faces: Sample.spread(0..<3).map { face in
                AnalyzedFace(face: face.face, embedding: Embedding(model: Sample.model, vector: vector.reversed()))
            })
        let people = try recorded.faces.map { try #require(try store.makePerson(of: [$0.id])) }
        let texts = ["Аделаида", "Непомуковна", "Пелагея", "a note on her", "a note before"]
        for (person, name) in [(people[0], texts[0]), (people[0], texts[1]), (people[1], texts[2])] {
            try store.persons.rename(person, to: name)
        }
        for note in texts[3...].reversed() {
            try store.journal.perform(.describe(people[0], PersonDescription(note: .set(note))))
        }
        try store.journal.perform(.merge([people[1]], into: people[0]))
        var drawn = Sample.drawn(on: recorded.photo.id, person: people[0])
        drawn.embedding = Embedding(model: Sample.model, vector: vector)
        try store.journal.perform(.addFace(drawn))
        try store.journal.undo()
        let bytes = EmbeddingBlob.encode(vector, precision: .float32)
        for text in texts { #expect(try holds(Data(text.utf8)), "or the search finds nothing ever") }
        #expect(try holds(bytes.prefix(64)))

        try store.persons.delete(people[0])
        try store.persons.erase(deletedBefore: .distantFuture)
        for text in texts { #expect(try !holds(Data(text.utf8)), "\(text)") }
        #expect(try !holds(bytes.prefix(64)) && !holds(bytes.suffix(64)))
    }

    private func holds(_ bytes: Data) throws -> Bool {
        for file in [path, path + "-wal"] {
            if let content = FileManager.default.contents(atPath: file), content.range(of: bytes) != nil { return true }
        }
        return false
    }

    @Test func `A full disk leaves a photo in the queue`() throws {
        let store = try SQLiteLibraryStore(path: path)
        let task = try store.upload([1])
        let claim = try #require(try store.queue.claim(worker: "a", lease: Sample.lease))
        let pages = try #require(try store.value("PRAGMA page_count", as: Int.self))
        try store.execute("PRAGMA max_page_count = \(pages + 2)")
        #expect(throws: FaceStoreError.diskFull) {
            try store.queue.finish(claim, Sample.analysis(of: claim, faces: 5000))
        }
        #expect(throws: FaceStoreError.diskFull) { try store.upload(0..<5000) }
        #expect(try store.tasks.task(task)?.progress.processedPhotos == 0)
        #expect(try store.counts().faces == 0 && store.counts().tasks == 1)
        try store.execute("PRAGMA max_page_count = 1000000")
        try store.queue.finish(claim, Sample.analysis(of: claim, faces: 50))
        #expect(try store.queue.end(task)?.progress.totalFaces == 50)
    }
}
