import FaceCore
import FaceLibrary
import FaceStore
import Foundation
import HummingbirdTesting
import Testing

@testable import FaceServer

/// The endpoint in front of a real library.
@Suite(.timeLimit(.minutes(1)))
struct LibraryFeedTests {
    private struct Message: Decodable {
        struct Payload: Decodable {
            struct Facts: Decodable {
                var totalFaces: Int?
                var uniquePersons: Int?
                var error: String?
                var code: String?
            }

            var current: Int?
            var total: Int?
            var stage: String?
            var percent: Int?
            var status: String?
            var data: Facts?
            var totalPersons: Int?
        }

        var type: String
        var taskId: String?
        var payload: Payload

        /// Nil when the connection has ended.
        init?(_ text: String?) throws {
            guard let text else { return nil }
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            self = try decoder.decode(Self.self, from: Data(text.utf8))
        }
    }

    private func upload(_ count: Int, to library: Library) throws -> TaskID {
        let draft = try library.beginUpload()
        for index in 0..<count {
            try draft.beginFile(displayName: "\(index).jpg")
            try (TestServer.jpeg + [UInt8(index)]).withUnsafeBytes { try draft.append($0) }
            try draft.endFile()
        }
        return try library.commit(draft)
    }

    @Test func `A task that is cancelled is told as failed with the code for it`() async throws {
        let server = try TestServer()
        let task = try upload(2, to: server.library)
        try await server.run(.live) { http in
            try await RawConnection.open(try #require(http.port)) { client in
                #expect(await client.handshake("/ws?task_id=\(task.name)").hasPrefix("HTTP/1.1 101 "))
                let progress = try #require(try Message(await client.text()))
                #expect(progress.type == "task_progress")
                #expect(progress.taskId == task.name)
                #expect(progress.payload.percent == 0)
                #expect(progress.payload.current == 0)
                #expect(progress.payload.total == 2)
                #expect(progress.payload.stage?.isEmpty == false)
                let update = try #require(try Message(await client.text()))
                #expect(update.type == "task_update")
                #expect(update.payload.status == "processing")
                _ = try server.library.cancelTask(task)
                let last = try #require(try Message(await client.text()))
                #expect(last.type == "task_progress")
                #expect(last.payload.percent == 100)
                let end = try #require(try Message(await client.text()))
                #expect(end.payload.status == "failed")
                #expect(end.payload.data?.code == "cancelled")
                #expect(end.payload.data?.error?.isEmpty == false)
            }
        }
    }

    @Test func `A task that has ended is told with its counts`() async throws {
        let server = try TestServer()
        let content = try server.fill()
        try await server.run(.live) { http in
            try await RawConnection.open(try #require(http.port)) { client in
                _ = await client.handshake("/ws?task_id=\(content.task.name)")
                let progress = try #require(try Message(await client.text()))
                #expect(progress.payload.percent == 100)
                let end = try #require(try Message(await client.text()))
                #expect(end.payload.status == "completed")
                #expect(end.payload.data?.totalFaces == 2)
                #expect(end.payload.data?.uniquePersons == 1)
            }
        }
    }

    @Test func `An unknown task is refused, and its watch forgotten`() async throws {
        let server = try TestServer()
        try await server.run(.live) { http in
            try await RawConnection.open(try #require(http.port)) { client in
                _ = await client.handshake("/ws?task_id=\(TaskID().name)")
                #expect(await client.text()?.contains(#""code":"not_found""#) == true)
                #expect(await client.frame()?.closeCode == 4404)
            }
        }
        #expect(server.library.events.watcherCount == 0)
    }

    @Test func `Stats are told at once and when they change`() async throws {
        let server = try TestServer()
        let content = try server.fill()
        try await server.run(.live) { http in
            try await RawConnection.open(try #require(http.port)) { client in
                _ = await client.handshake()
                let present = try #require(try Message(await client.text()))
                #expect(present.type == "stats_update")
                #expect(present.payload.totalPersons == 1)
                _ = try server.library.deletePerson(content.person)
                let change = try #require(try Message(await client.text()))
                #expect(change.payload.totalPersons == 0)
            }
        }
    }

    @Test func `Without the key nobody is let in`() async throws {
        var configuration = ServerConfiguration()
        configuration.apiKey = "secret"
        let server = try TestServer(configuration)
        try await server.run(.live) { http in
            try await RawConnection.open(try #require(http.port)) { client in
                #expect(await client.handshake().hasPrefix("HTTP/1.1 401 "))
            }
            try await RawConnection.open(try #require(http.port)) { client in
                #expect(await client.handshake(fields: ["X-API-Key: secret"]).hasPrefix("HTTP/1.1 101 "))
            }
        }
    }
}
