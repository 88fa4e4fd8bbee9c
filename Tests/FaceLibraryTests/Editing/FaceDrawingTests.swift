import FaceCore
import FaceLibrary
import FaceStore
import Foundation
import Testing

@Suite(.timeLimit(.minutes(1))) struct FaceDrawingTests {
    private static let first = BoundingBox(x: 0, y: 0, width: 40, height: 40)
    private static let second = BoundingBox(x: 40, y: 0, width: 40, height: 40)

    /// A library with a photo of red and blue on which no face was found, and its id.
    private func missed() async throws -> (TestLibrary, PhotoID) {
        let test = try TestLibrary { HookedAnalyzer.make { _ in } }
        let file = [("a.ppm", PaintedFaces.ppm([TestLibrary.red, TestLibrary.blue]))]
        let task = try await test.work(off: try test.upload(file, overrides: AnalysisOverrides(minimumSize: 2000)))[0]
        #expect(task.state == .completed && task.progress.totalFaces == 0)
        return (test, try #require(try test.library.photos().elements.first?.photo.id))
    }

    @Test func `A missed face becomes hers whose it was said to be, and goes by undo`() async throws {
        let (test, photo) = try await missed()
        defer { test.remove() }
        let anna = try test.store.persons.create(name: "Anna").id
        let drawing = FaceDrawing(library: test.library, models: test.models)
        let result = try drawing.add(Self.first, on: photo, person: anna)
        let face = try #require(try test.library.person(anna)?.faces.first)
        #expect(result.addedFaces == [face.id])
        #expect(face.isPlacedByUser && face.box == Self.first && face.detectionScore == 0.9)
        try test.library.undo()
        #expect(try test.library.person(anna)?.faces.isEmpty == true)
        #expect(try test.library.photo(photo)?.faces.isEmpty == true)
        try test.library.redo()
        #expect(try test.library.person(anna)?.faces.map(\.box) == [Self.first])
    }

    @Test func `A missed face of whom nothing was said is grouped like any other`() async throws {
        let (test, photo) = try await missed()
        defer { test.remove() }
        try await test.work(off: try test.upload([[TestLibrary.blue]], seed: 9))
        let blue = try #require(try test.library.persons().elements.first?.person.id)
        try FaceDrawing(library: test.library, models: test.models).add(Self.second, on: photo, person: nil)
        // The end of the next task groups what there is.
        try await test.work(off: try test.upload([[TestLibrary.green]], seed: 10))
        #expect(try test.library.person(blue)?.faces.count == 2)
    }

    @Test func `Where the models see nothing, the box itself is the face`() async throws {
        let test = try TestLibrary()
        defer { test.remove() }
        try await test.work(off: try test.upload([[(128, 128, 128)]]))
        let photo = try #require(try test.library.photos().elements.first?.photo.id)
        let box = BoundingBox(x: 5, y: 5, width: 20, height: 24)
        try FaceDrawing(library: test.library, models: test.models).add(box, on: photo, person: nil)
        let face = try #require(try test.store.faces.faces(on: photo).first)
        #expect(face.face.box == box && face.face.detectionScore == 0)
        #expect(face.face.landmarks.points.allSatisfy { $0.x > 5 && $0.x < 25 && $0.y > 5 && $0.y < 29 })
    }

    @Test func `What cannot be added is refused with a reason`() async throws {
        let (test, photo) = try await missed()
        defer { test.remove() }
        let drawing = FaceDrawing(library: test.library, models: test.models)
        #expect(throws: LibraryError.boxOutsidePhoto) {
            try drawing.add(BoundingBox(x: 500, y: 0, width: 40, height: 40), on: photo, person: nil)
        }
        #expect(throws: LibraryError.unknownPhoto("99")) { try drawing.add(Self.first, on: PhotoID(99), person: nil) }
        #expect(throws: LibraryError.unknownPerson("99")) {
            try drawing.add(Self.first, on: photo, person: PersonID(99))
        }
        let face = try #require(try drawing.add(Self.first, on: photo, person: nil).addedFaces.first)
        #expect(throws: LibraryError.faceExists(face.description)) {
            try drawing.add(BoundingBox(x: 2, y: 2, width: 38, height: 38), on: photo, person: nil)
        }
        let without = try TestLibrary(analyzer: { nil })
        defer { without.remove() }
        #expect(throws: LibraryError.noModels(reason: "No model pack is installed.")) {
            try FaceDrawing(library: test.library, models: without.models).add(Self.second, on: photo, person: nil)
        }
    }
}
