import Foundation
import Synchronization
import Testing

@testable import FaceStore

@Suite(.enabled(if: ThrowawayPostgres.isInstalled), .timeLimit(.minutes(1))) struct PostgresNoticesTests {
    /// What was heard.
    private final class Heard: Sendable {
        private let news = Mutex<[PostgresNotices.News]>([])

        var all: [PostgresNotices.News] { news.withLock { $0 } }

        @Sendable func take(_ one: PostgresNotices.News) { news.withLock { $0.append(one) } }

        func eventually(_ condition: ([PostgresNotices.News]) -> Bool) async throws -> Bool {
            for _ in 0..<2000 {
                if condition(all) { return true }
                try await Task.sleep(for: .milliseconds(5))
            }
            return false
        }
    }

    private func listening(_ server: PostgresServer, _ heard: Heard) throws -> PostgresNotices {
        let notices = PostgresNotices(on: server, receive: heard.take)
        notices.start()
        try #require(notices.waitUntilLive(atMost: 10))
        return notices
    }

    @Test func `Messages reach everybody, the sender too, in their order, be they empty, equal or long`() async throws {
        let server = try #require(ThrowawayPostgres.shared).server()
        let (mine, yours, others) = (Heard(), Heard(), Heard())
        let sender = try listening(server, mine)
        let receiver = try listening(server, yours)
        let stranger = try listening(try #require(ThrowawayPostgres.shared).server(), others)
        defer { for notices in [sender, receiver, stranger] { notices.stop() } }
        let long = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 / 700) }
        let messages: [[UInt8]] = [[], [1, 0, 255], [1, 0, 255], long, [UInt8](repeating: 7, count: 20_000)]
        for message in messages { sender.send(message, to: "a") }
        sender.send([9], to: "b")
        let expected = messages.map { PostgresNotices.News.message(topic: "a", $0) } + [.message(topic: "b", [9])]
        #expect(try await mine.eventually { $0.count == expected.count })
        #expect(try await yours.eventually { $0.count == expected.count })
        #expect(mine.all == expected && yours.all == expected)
        #expect(others.all.isEmpty)
    }

    @Test func `Who sends a message does not wait for the disk, and who writes afterwards does`() throws {
        let links = PostgresLinks(to: try #require(ThrowawayPostgres.shared).server())
        defer { links.close() }
        func waits(_ link: PostgresLink) throws -> String? {
            PostgresRow(rows: try link.rows("SHOW synchronous_commit", [], isKept: false), number: 0).value(0)
        }
        try links.lend(opening: "SET synchronous_commit = on") { link in
            try link.run(PostgresNotices.sending)
            #expect(try waits(link) == "off")
            try link.run("COMMIT")
            #expect(try waits(link) == "on")
        }
    }

    @Test func `A cut is noticed, and told of when it is over`() async throws {
        let server = try #require(ThrowawayPostgres.shared).server()
        let heard = Heard()
        let notices = try listening(server, heard)
        defer { notices.stop() }
        let links = PostgresLinks(to: server)
        try links.lend(opening: "") { link in
            // Strangers' notices are passed over.
            try link.run("NOTIFY \"\(server.schema)_events\", 'hello'")
            try link.run(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN "\(server.schema)_events"'
                """)
        }
        #expect(try await heard.eventually { $0 == [.gap] })
        notices.send([1], to: "a")
        #expect(try await heard.eventually { $0 == [.gap, .message(topic: "a", [1])] })
        #expect(notices.isLive)
        links.close()
    }

    @Test func `A part is read as it was written, and nothing else is`() {
        let part = PostgresNotice(number: 12, isLast: false, topic: "task-1", bytes: [0, 1, 2])
        #expect(PostgresNotice(part.payload) == part)
        for text in ["", "hello", "1 . a", "x . a AA==", "1 ? a AA==", "1 . a ***", "1 . a b AA=="] {
            #expect(PostgresNotice(text) == nil)
        }
    }
}
