import FaceCache
import FaceCore
import FaceLibrary
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import FaceServer

/// Over connections, for only these are answered so.
struct AnswersAtHandTests {
    @Test func `The answer at hand is that of the route, field by field`() async throws {
        let server = try TestServer()
        let content = try server.fill()
        try await server.run(.live) { client in
            for path in [
                "/api/stats", "/api/persons", "/api/persons?limit=1", "/api/persons/\(content.person)", "/api/tasks",
                "/api/task/\(content.task.name)", "/api/photos", "/api/photos/\(content.photo)", "/api/search?q=anna",
                "/api/faces?unknown=true", "/api/journal",
            ] {
                let fields: HTTPFields = [.xRequestID: "mine", .acceptEncoding: "gzip"]
                let made = try await client.send(.get, path, fields)
                var without = made.headers
                without[.date] = nil
                for _ in 0..<3 {
                    let ready = try await client.send(.get, path, fields)
                    #expect(ready.status == made.status)
                    #expect(ready.body == made.body)
                    var others = ready.headers
                    #expect(others[.date] != nil)
                    others[.date] = nil
                    #expect(Set(others) == Set(without), "\(path)")
                }
                let tag = try #require(made.headers[.eTag])
                let known = try await client.send(.get, path, [.ifNoneMatch: tag])
                #expect(known.status == .notModified)
                #expect(known.body.readableBytes == 0)
            }
        }
    }

    @Test func `What was answered once is at hand until it changes`() async throws {
        let server = try TestServer()
        let content = try server.fill()
        let atHand = AnswersAtHand(server.library.answers)
        let head = HTTPRequest(method: .get, scheme: nil, authority: nil, path: "/api/persons/\(content.person)")
        let key = CacheKey(.people, "person \(content.person)")
        #expect(atHand.answer(to: head)?.tag == nil)
        try await server.run { client in _ = try await client.send(.get, "/api/persons/\(content.person)") }
        #expect(atHand.answer(to: head)?.tag == nil)
        atHand.remember(key, for: head, route: "/api/persons/{id}")
        #expect(atHand.answer(to: head)?.route == "/api/persons/{id}")
        _ = try server.library.rename(content.person, to: "Berta")
        #expect(atHand.answer(to: head)?.tag == nil)
    }

    @Test func `A change is in the next answer`() async throws {
        let server = try TestServer()
        let content = try server.fill()
        let path = "/api/persons/\(content.person)"
        try await server.run(.live) { client in
            for name in ["Berta", "Clara", "Dora"] {
                for _ in 0..<3 { _ = try await client.send(.get, path) }
                _ = try server.library.rename(content.person, to: name)
                #expect(try await client.json(.get, path).json["name"] == .text(name))
            }
        }
    }

    @Test func `Each sender is answered in his language, compressed if he takes that`() async throws {
        let server = try TestServer()
        let upload = try server.queueUpload()
        for _ in 0..<20 { try server.queueUpload() }
        _ = try server.library.cancelTask(upload)
        try await server.run(.live) { client in
            for _ in 0..<3 {
                let english = try await client.send(.get, "/api/task/\(upload.name)", [.acceptLanguage: "en"])
                let russian = try await client.send(.get, "/api/task/\(upload.name)", [.acceptLanguage: "ru"])
                #expect(String(buffer: english.body).contains("cancelled"))
                #expect(!String(buffer: russian.body).contains("was cancelled"))
                let plain = try await client.send(.get, "/api/tasks")
                let packed = try await client.send(.get, "/api/tasks", [.acceptEncoding: "gzip"])
                #expect(plain.headers[.contentEncoding] == nil)
                #expect(packed.headers[.contentEncoding] == "gzip")
                #expect(packed.headers[.contentLength] == "\(packed.body.readableBytes)")
                #expect(packed.body.readableBytes < plain.body.readableBytes)
            }
        }
    }

    @Test func `Nobody is answered who may not come in`() async throws {
        var configuration = ServerConfiguration()
        configuration.apiKey = "a key that is long enough"
        let server = try TestServer(configuration)
        try await server.run(.live) { client in
            for _ in 0..<3 {
                let letIn = try await client.send(.get, "/api/stats", [.xAPIKey: "a key that is long enough"])
                #expect(letIn.status == .ok)
                #expect(try await client.send(.get, "/api/stats").status == .unauthorized)
            }
        }
    }

    @Test func `It counts in the metrics as any other`() async throws {
        let server = try TestServer()
        try await server.run(.live) { client in
            for _ in 0..<5 { _ = try await client.send(.get, "/api/stats") }
        }
        let count = server.metrics.counter(.httpRequests, ["GET", "/api/stats", "200"])
        #expect(count.value == 5)
    }
}
