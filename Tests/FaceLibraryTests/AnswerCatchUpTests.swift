import FaceCache
import FaceStore
import Foundation
import Logging
import Testing

@testable import FaceLibrary

@Suite(.timeLimit(.minutes(1))) struct AnswerCatchUpTests {
    @Test func `What somebody else changes ends the answers about it, and nothing else does`() async throws {
        let test = try TestLibrary()
        defer { test.remove() }
        try await test.work(off: try test.upload([[TestLibrary.red]]))
        let catchUp = AnswerCatchUp(
            library: test.library, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let keys = [CacheTopic.people, .photos, .stats, .tasks].map { CacheKey($0, "1") }
        func keep() {
            for key in keys { test.cache.set(key, to: [1], generation: test.cache.generation(of: key.topic)) }
        }
        let version = try catchUp.look(after: nil)
        keep()
        #expect(try catchUp.look(after: version) == version)
        #expect(keys.allSatisfy { test.cache.get($0) == [1] })

        let person = try #require(try test.store.persons.all().first)
        let elsewhere = try SQLiteLibraryStore(
            path: test.library.folders.data.appendingPathComponent("lik.sqlite").path)
        try elsewhere.journal.perform(.rename(person.id, to: "Anna"))
        #expect(try catchUp.look(after: version) > version)
        #expect(keys.map { test.cache.get($0) } == [nil, nil, nil, [1]])
    }
}
