import FaceCache
import FaceCore
import FaceLibrary
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import FaceServer

struct CachedAnswersTests {
    @Test func `Who has an answer already is told so, until it changes`() async throws {
        let server = try TestServer()
        let content = try server.fill()
        try await server.run { client in
            for path in [
                "/api/stats", "/api/persons", "/api/persons/\(content.person)", "/api/tasks",
                "/api/task/\(content.task.name)", "/api/photos", "/api/photos/\(content.photo)", "/api/search?q=anna",
                "/api/faces?unknown=true",
            ] {
                let whole = try await client.send(.get, path)
                let tag = try #require(whole.headers[.eTag], "\(path)")
                for method in [HTTPRequest.Method.get, .head] {
                    let known = try await client.send(method, path, [.ifNoneMatch: "\"other\", \(tag)"])
                    #expect(known.status == .notModified)
                    #expect(known.body.readableBytes == 0)
                    #expect(known.headers[.eTag] == tag)
                    #expect(known.headers[.vary] == "Accept-Encoding")
                    #expect(known.headers[.contentType] == nil)
                }
                #expect(try await client.send(.get, path, [.ifNoneMatch: "\"other\""]).status == .ok)
            }
            let path = "/api/persons/\(content.person)"
            let before = try #require(try await client.send(.get, path).headers[.eTag])
            _ = try server.library.rename(content.person, to: "Berta")
            let after = try await client.json(.get, path, [.ifNoneMatch: before])
            #expect(after.response.status == .ok)
            #expect(after.response.headers[.eTag] != before)
            #expect(after.json["name"] == .text("Berta"))
        }
    }

    @Test func `The tag is the same whether the answer goes out compressed or not`() async throws {
        let server = try TestServer()
        for _ in 0..<20 { try server.queueUpload() }
        try await server.run { client in
            let packed = try await client.send(.get, "/api/tasks", [.acceptEncoding: "gzip"])
            #expect(packed.headers[.contentEncoding] == "gzip")
            let tag = try #require(packed.headers[.eTag])
            #expect(tag.hasPrefix("W/"))
            let fields: HTTPFields = [.acceptEncoding: "gzip", .ifNoneMatch: tag]
            #expect(try await client.send(.get, "/api/tasks", fields).status == .notModified)
            #expect(try await client.send(.get, "/api/tasks").headers[.eTag] == tag)
        }
    }

    @Test func `What another version has left in the cache does no harm`() async throws {
        let server = try TestServer()
        let answers = server.library.answers
        answers.driver.set(
            CacheKey(.stats, ""), to: Array("{}".utf8), generation: answers.driver.generation(of: .stats))
        try await server.run { client in
            for _ in 0..<2 {
                let (_, stats) = try await client.json(.get, "/api/stats")
                #expect(stats["total_photos"] == .number(0))
            }
        }
    }

    @Test func `Errors are nothing that anybody has`() async throws {
        let server = try TestServer()
        try await server.run { client in
            let missing = try await client.send(.get, "/api/persons/7", [.ifNoneMatch: "*"])
            #expect(missing.status == .notFound)
            #expect(missing.headers[.eTag] == nil)
        }
    }
}
