import FaceCore
import FaceStore
import Foundation
import Testing

@testable import FaceLibrary

/// What is asked about people on a line: everybody's faces lie around a place of it.
@Suite struct SuggestionsTests {
    /// People by the places of their faces on a line. Squared distances; a threshold of 1.
    private struct Line {
        let library: TestLibrary
        var photo = 0

        init() throws { library = try TestLibrary() }

        mutating func person(_ places: [Float], name: String? = nil) throws -> PersonID {
            try person(places.map { [$0, 0, 0] }, name: name)
        }

        mutating func person(_ vectors: [[Float]], name: String? = nil) throws -> PersonID {
            var faces: [FaceID] = []
            for vector in vectors {
                photo += 1
                let face = AnalyzedFace(
                    face: DetectedFace(
                        box: BoundingBox(x: 0, y: 0, width: 50, height: 50),
                        landmarks: Landmarks(layout: .eyesNoseMouth, points: (0..<5).map { Point(Double($0), 0) }),
                        detectionScore: 0.9),
                    embedding: Embedding(model: PaintedFaces.model, vector: vector))
                let digits = String(photo, radix: 16)
                let new = NewPhoto(
                    contentHash: ContentHash(rawValue: String(repeating: "0", count: 64 - digits.count) + digits),
                    byteCount: 1, metadata: PhotoMetadata(format: .jpeg, width: 64, height: 64),
                    model: PaintedFaces.model)
                faces += try library.store.photos.record(new, at: nil, faces: [face]).faces.map(\.id)
            }
            let result = try library.store.faces.apply(GroupingChange(created: [faces]))
            let person = try #require(result.created[0])
            if let name { try library.store.persons.rename(person, to: name) }
            return person
        }

        var suggestions: Suggestions { Suggestions(library: library.library, models: library.models) }
    }

    // The painted pack's threshold is 0.1, in squared distances.

    @Test func `People who are nearly alike are asked about, others are not`() throws {
        var line = try Line()
        defer { line.library.remove() }
        let first = try line.person([0, 0.01, 0.02])
        let second = try line.person([0.33, 0.34])
        _ = try line.person([5, 5.01])
        let suggestion = try #require(try line.suggestions.list(limit: 10).first)
        #expect(try line.suggestions.list(limit: 10).count == 1)
        #expect(suggestion.kind == .merge && suggestion.id == "merge-\(first)-\(second)")
        #expect(suggestion.sides.map(\.person) == [first, second] && suggestion.sides.map(\.faceCount) == [3, 2])
        #expect(suggestion.sides.allSatisfy { $0.examples.count == $0.faceCount })
        #expect(abs(suggestion.dissimilarity - 0.1056) < 0.002 && suggestion.confidence < 0.5)
        #expect(abs(suggestion.similarity - (1 - suggestion.dissimilarity.squareRoot())) < 1e-9)
        #expect(try line.suggestions.list(limit: 0).isEmpty)
    }

    @Test func `Two named people who are alike are asked about, and a yes makes them one`() throws {
        var line = try Line()
        defer { line.library.remove() }
        let first = try line.person([0, 0.01], name: "Anna")
        let second = try line.person([0.02, 0.03, 0.04], name: "Аня")
        let suggestions = line.suggestions
        let suggestion = try #require(try suggestions.list(limit: 10).first)
        #expect(suggestion.confidence > 0.9)
        let result = try #require(try suggestions.answer(suggestion.id, .yes))
        #expect(result.removed == [first])
        #expect(try line.library.store.persons.person(second)?.faceCount == 5)
        #expect(try suggestions.list(limit: 10).isEmpty)
    }

    @Test func `A no is for ever, also for the next process`() throws {
        var line = try Line()
        defer { line.library.remove() }
        let first = try line.person([0, 0.01])
        let second = try line.person([0.33, 0.34])
        let suggestion = try #require(try line.suggestions.list(limit: 1).first)
        try line.suggestions.answer(suggestion.id, .no)
        #expect(try line.suggestions.list(limit: 10).isEmpty)
        #expect(
            try line.library.store.journal.constraints().separations == [PersonPair(first, second)])
        _ = try line.person([0.16])
        #expect(try !line.suggestions.list(limit: 10).contains { $0.id == suggestion.id })
        #expect(throws: LibraryError.unknownSuggestion(suggestion.id)) {
            try line.suggestions.answer(suggestion.id, .yes)
        }
    }

    @Test func `What is put off comes last, and what sets most right comes first`() throws {
        var line = try Line()
        defer { line.library.remove() }
        _ = try line.person([0, 0.01, 0.02, 0.03])
        _ = try line.person([0.33, 0.34, 0.35])
        _ = try line.person([9, 9.01])
        _ = try line.person([9.32])
        let suggestions = line.suggestions
        #expect(try suggestions.list(limit: 10).map(\.id) == ["merge-1-2", "merge-3-4"])
        #expect(try suggestions.answer("merge-1-2", .later) == nil)
        #expect(try suggestions.list(limit: 10).map(\.id) == ["merge-3-4", "merge-1-2"])
        #expect(try suggestions.list(limit: 10).map(\.isPutOff) == [false, true])
        #expect(try line.library.store.persons.all().count == 4, "nothing changed")
    }

    @Test func `A person who looks like two is asked about, and a yes splits her`() throws {
        var line = try Line()
        defer { line.library.remove() }
        let person = try line.person([0, 0.01, 0.02, 0.03, 0.6, 0.61])
        let suggestions = line.suggestions
        let suggestion = try #require(try suggestions.list(limit: 10).first)
        #expect(suggestion.kind == .mixUp && suggestion.sides.map(\.faceCount) == [4, 2])
        #expect(suggestion.splitOff.map(\.rawValue) == [5, 6] && suggestion.confidence > 0.9)
        let result = try #require(try suggestions.answer(suggestion.id, .yes))
        #expect(result.created.count == 1)
        #expect(try line.library.store.faces.faces(of: person).count == 4)
        #expect(try suggestions.list(limit: 10).isEmpty, "they are separated now")
    }

    @Test func `A face that a person adopted by her centre makes no mix-up, one that is too far does`() throws {
        var line = try Line()
        defer { line.library.remove() }
        let faces: [[Float]] = [[0.14, 0, 0], [0.14, 0, 0], [-0.14, 0, 0], [-0.14, 0, 0]]
        // Squared distances of 0.069 to the centre and 0.088 on average.
        _ = try line.person(faces + [[0, 0.262, 0]])
        #expect(try line.suggestions.list(limit: 10).isEmpty)
        let mixed = try line.person(faces.map { [$0[0] + 9, 0, 0] } + [[9, 0.29, 0]])
        #expect(try line.suggestions.list(limit: 10).map { $0.sides.map(\.person) } == [[mixed, mixed]])
    }

    @Test func `A no to a mix-up confirms all faces, and it is not asked again when more come`() throws {
        var line = try Line()
        defer { line.library.remove() }
        let person = try line.person([0, 0.01, 0.02, 0.6, 0.61])
        let suggestion = try #require(try line.suggestions.list(limit: 10).first)
        try line.suggestions.answer(suggestion.id, .no)
        #expect(try line.library.store.faces.faces(of: person).allSatisfy(\.isPlacedByUser))
        #expect(try line.suggestions.list(limit: 10).isEmpty)
    }

    @Test func `The part with faces that a user placed stays, even the smaller one`() throws {
        var line = try Line()
        defer { line.library.remove() }
        _ = try line.person([0, 0.01, 0.02, 0.6, 0.61])
        try line.library.store.journal.perform(.confirm([FaceID(4)]))
        let suggestion = try #require(try line.suggestions.list(limit: 10).first)
        #expect(suggestion.splitOff.map(\.rawValue) == [1, 2, 3])
    }

    @Test func `People on one photo are not asked about`() throws {
        let library = try TestLibrary()
        defer { library.remove() }
        let points = (0..<5).map { Point(Double($0), 0) }
        let faces = [Float(0), 0.1].map { place in
            AnalyzedFace(
                face: DetectedFace(
                    box: BoundingBox(x: 0, y: 0, width: 50, height: 50),
                    landmarks: Landmarks(layout: .eyesNoseMouth, points: points), detectionScore: 0.9),
                embedding: Embedding(model: PaintedFaces.model, vector: [place, 0, 0]))
        }
        let photo = NewPhoto(
            contentHash: ContentHash(rawValue: String(repeating: "a", count: 64)), byteCount: 1,
            metadata: PhotoMetadata(format: .jpeg, width: 64, height: 64), model: PaintedFaces.model)
        let recorded = try library.store.photos.record(photo, at: nil, faces: faces).faces.map(\.id)
        try library.store.faces.apply(GroupingChange(created: recorded.map { [$0] }))
        #expect(try Suggestions(library: library.library, models: library.models).list(limit: 10).isEmpty)
    }
}
