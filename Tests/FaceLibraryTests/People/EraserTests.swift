import FaceCore
import FaceLibrary
import FaceStore
import Foundation
import Testing

@Suite(.timeLimit(.minutes(1))) struct EraserTests {
    @Test func `A deleted person is gone at once, comes back when restored, and stays away once erased`() async throws {
        let test = try TestLibrary()
        defer { test.remove() }
        try await test.work(off: try test.upload([[TestLibrary.red], [TestLibrary.red, TestLibrary.blue]]))
        let people = try test.library.persons().elements
        let red = try #require(people.first { $0.person.faceCount == 2 }?.person.id)
        try test.library.deletePerson(red)
        #expect(try test.library.person(red) == nil)
        #expect(throws: LibraryError.unknownPerson(red.description)) { try test.library.deletePerson(red) }
        #expect(try test.library.stats().faces == 1)
        #expect(try test.library.deletedPersons().map(\.person.id) == [red])
        test.clock.advance(by: 500)
        try test.eraser().clean()
        #expect(try test.library.restorePerson(red).faceCount == 2)
        try test.library.deletePerson(red)
        test.clock.advance(by: 601)
        // Only her was on one photo: it goes; the other one stays for the other person.
        #expect(try test.eraser().clean() == 1)
        #expect(throws: LibraryError.unknownPerson(red.description)) { try test.library.restorePerson(red) }
        #expect(test.uploads.count == 1)
        #expect(try test.library.stats() == LibraryStats(persons: 1, faces: 1, unknownFaces: 0, tasks: 1, photos: 1))
        #expect(try LibraryInspection(store: test.store, folders: test.library.folders).findings().isEmpty)
    }

    @Test func `What was drawn of an erased person goes too`() async throws {
        let test = try TestLibrary()
        defer { test.remove() }
        try await test.work(off: try test.upload([[TestLibrary.red, TestLibrary.blue]]))
        let photo = try #require(test.library.photos().elements.first?.photo)
        let path = photo.annotatedPath.split(separator: "/").map(String.init)
        let drawn = try test.library.pictures.file(at: path)
        let person = try #require(test.library.persons().elements.first?.person.id)
        try test.library.deletePerson(person)
        test.clock.advance(by: 601)
        try test.eraser().clean()
        #expect(!FileManager.default.fileExists(atPath: drawn.url.path))
        #expect(try test.library.pictures.file(at: path).contentType == "image/jpeg")
    }

    @Test func `With no time to restore she is erased as soon as the eraser looks`() async throws {
        let test = try TestLibrary(options: LibraryOptions(eraseAfter: .zero))
        defer { test.remove() }
        try await test.work(off: try test.upload([[TestLibrary.red]]))
        let person = try #require(test.library.persons().elements.first?.person.id)
        try test.library.deletePerson(person)
        test.clock.advance(by: 0.01)
        #expect(try test.eraser().clean() == 1)
        #expect(test.uploads.isEmpty)
    }
}
