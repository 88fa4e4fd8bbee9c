import FaceCore
import FaceLibrary
import FaceStore
import Foundation
import Testing

@Suite(.timeLimit(.minutes(1))) struct RecognitionTests {
    private static func image(_ colours: (UInt8, UInt8, UInt8)..., seed: UInt8 = 77) -> [UInt8] {
        Array(PaintedFaces.ppm(colours, seed: seed))
    }

    private struct People {
        let test: TestLibrary
        let recognition: Recognition
        let red: PersonID
        let blue: PersonID
    }

    private func people() async throws -> People {
        let test = try TestLibrary()
        try await test.work(off: try test.upload([[TestLibrary.red], [TestLibrary.red], [TestLibrary.blue]]))
        let people = try test.library.persons().elements.sorted { $0.person.faceCount > $1.person.faceCount }
        #expect(people.map(\.person.faceCount) == [2, 1])
        return People(
            test: test, recognition: Recognition(library: test.library, models: test.models),
            red: people[0].person.id, blue: people[1].person.id)
    }

    @Test func `Who is on an image is told, and nothing of it is kept`() async throws {
        let people = try await people()
        defer { people.test.remove() }
        let before = try people.test.library.stats()
        let probe = try people.recognition.faces(on: Self.image(TestLibrary.blue, TestLibrary.green))
        let identified = try people.recognition.identify(probe.faces, limit: 5)
        #expect(identified.count == 2)
        #expect(Set(identified.map(\.person)) == [people.blue, nil])
        for face in identified {
            #expect(Set(face.candidates.map(\.person)) == [people.red, people.blue])
            let distances = face.candidates.map(\.comparison.distance)
            #expect(distances == distances.sorted())
        }
        #expect(try people.recognition.identify(probe.faces, limit: 1).allSatisfy { $0.candidates.count == 1 })
        #expect(try people.test.library.stats() == before)
    }

    @Test func `A threshold of one's own decides who is somebody`() async throws {
        let people = try await people()
        defer { people.test.remove() }
        let probe = try people.recognition.faces(on: Self.image(TestLibrary.blue))
        let distance = try #require(
            try people.recognition.identify(probe.faces, limit: 1).first?.candidates.first?.comparison.distance)
        let strict = try people.recognition.identify(probe.faces, limit: 1, threshold: distance - 1e-6)
        #expect(strict.map(\.person) == [nil])
        let lax = try people.recognition.identify(probe.faces, limit: 1, threshold: distance + 1e-6)
        #expect(lax.map(\.person) == [people.blue])
    }

    @Test func `Two faces are compared with each other and with a person`() async throws {
        let people = try await people()
        defer { people.test.remove() }
        let red = try #require(try people.recognition.faces(on: Self.image(TestLibrary.red)).faces.first).embedding
        let blue = try #require(try people.recognition.faces(on: Self.image(TestLibrary.blue)).faces.first).embedding
        #expect(try people.recognition.verify(red, red).distance == 0)
        #expect(try people.recognition.verify(red, red).isMatch)
        #expect(try !people.recognition.verify(red, blue).isMatch)
        let each = try people.recognition.verify([red, blue], [blue, red, red])
        #expect(each.map { $0.map(\.isMatch) } == [[false, true, true], [true, false, false]])
        #expect(throws: LibraryError.self) {
            try people.recognition.verify([red], [Embedding(model: ModelID("other/model"), vector: red.vector)])
        }
        #expect(try people.recognition.verify(red, people.red).isMatch)
        #expect(try !people.recognition.verify(red, people.blue).isMatch)
        #expect(throws: LibraryError.unknownPerson("99")) { try people.recognition.verify(red, PersonID(99)) }
    }

    @Test func `Every change of people counts at once`() async throws {
        let people = try await people()
        defer { people.test.remove() }
        let (library, recognition) = (people.test.library, people.recognition)
        let blue = try recognition.faces(on: Self.image(TestLibrary.blue)).faces
        let green = try recognition.faces(on: Self.image(TestLibrary.green)).faces
        #expect(try recognition.identify(green, limit: 1)[0].person == nil)
        try await people.test.work(off: try people.test.upload([[TestLibrary.green]], seed: 50))
        let newcomer = try #require(try recognition.identify(green, limit: 1)[0].person)
        #expect(newcomer != people.red && newcomer != people.blue)
        try library.edit(.merge([people.blue], into: newcomer))
        // Half blue, half green: neither is near her mean any more, and there is nobody else for either.
        for faces in [blue, green] {
            #expect(try recognition.identify(faces, limit: 1)[0].candidates[0].person == newcomer)
        }
        try library.undo()
        #expect(try recognition.identify(blue, limit: 1)[0].person == people.blue)
        _ = try library.deletePerson(people.blue)
        #expect(try recognition.identify(blue, limit: 9)[0].candidates.allSatisfy { $0.person != people.blue })
        try library.undo()
        #expect(try recognition.identify(blue, limit: 1)[0].person == people.blue)
    }

    @Test func `What is no image and what is no embedding is refused with a reason`() async throws {
        let people = try await people()
        defer { people.test.remove() }
        #expect {
            try people.recognition.faces(on: Array("Hello.".utf8))
        } throws: { error in
            if case .badImage? = error as? LibraryError { true } else { false }
        }
        let model = try people.test.models.pack().model
        let good = try #require(try people.recognition.faces(on: Self.image(TestLibrary.red)).faces.first).embedding
        #expect(try people.recognition.embedding(good.vector, model: model) == good)
        let bad: [([Float], ModelID?)] = [
            (good.vector + [1], nil), ([], nil), (good.vector.map { _ in 0 }, nil),
            (good.vector.map { _ in .nan }, nil),
            (good.vector, ModelID("other/model")),
        ]
        for (vector, model) in bad {
            #expect {
                try people.recognition.embedding(vector, model: model)
            } throws: { error in
                if case .badEmbedding? = error as? LibraryError { true } else { false }
            }
        }
        let without = try TestLibrary(analyzer: { nil })
        defer { without.remove() }
        let recognition = Recognition(library: without.library, models: without.models)
        #expect(throws: LibraryError.noModels(reason: "No model pack is installed.")) {
            try recognition.faces(on: Self.image(TestLibrary.red))
        }
    }
}
