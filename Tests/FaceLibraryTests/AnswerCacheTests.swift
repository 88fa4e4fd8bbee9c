import FaceCache
import FaceCore
import FaceLibrary
import FaceStore
import Foundation
import Testing

@Suite(.timeLimit(.minutes(1))) struct AnswerCacheTests {
    private func stats(_ test: TestLibrary) throws -> [UInt8] {
        let key = CacheKey(.stats, "all")
        if let bytes = test.library.answers.immediate(key) { return bytes }
        return try test.library.answers.answer(key) { () throws(LibraryError) in
            Array("\(try test.library.stats())".utf8)
        }
    }

    private func names(_ test: TestLibrary) throws -> [UInt8] {
        let key = CacheKey(.people, "names")
        if let bytes = test.library.answers.immediate(key) { return bytes }
        return try test.library.answers.answer(key) { () throws(LibraryError) in
            Array(try test.library.persons().elements.map(\.person.displayName).joined(separator: ",").utf8)
        }
    }

    @Test func `Whoever changes something sees it in the next answer`() async throws {
        let test = try TestLibrary()
        defer { test.remove() }
        let empty = try stats(test)
        let id = try test.upload([[TestLibrary.red]])
        let queued = try stats(test)
        #expect(queued != empty)
        #expect(try names(test).isEmpty)
        try await test.work(off: id)
        #expect(try stats(test) != queued)
        let person = try #require(test.library.persons().elements.first?.person)
        #expect(try names(test) == Array(person.displayName.utf8))
        try test.library.rename(person.id, to: "Anna")
        #expect(try names(test) == Array("Anna".utf8))
        try test.library.deletePerson(person.id)
        #expect(try names(test).isEmpty)
        try test.library.restorePerson(person.id)
        #expect(try names(test) == Array("Anna".utf8))
        let photo = try #require(test.library.photos().elements.first?.photo.id)
        try test.library.deletePhoto(photo)
        #expect(try test.library.stats().photos == 0)
    }

    @Test func `A page that is looked at again and again is answered from the cache`() async throws {
        let test = try TestLibrary()
        defer { test.remove() }
        try await test.work(off: try test.upload([[TestLibrary.red]]))
        for _ in 0..<50 { _ = (try stats(test), try names(test)) }
        #expect(test.cache.statistics.hits >= 98)
        #expect((test.cache.statistics.hitRate ?? 0) > 0.9)
    }
}
