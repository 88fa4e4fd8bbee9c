import FaceCore
import FaceLibrary
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import FaceServer

struct PictureTests {
    @Test func `An original comes as it was uploaded, whole and in parts`() async throws {
        let server = try TestServer()
        let content = try server.fill()
        for setup in [TestingSetup.router, .live] {
            try await server.run(setup) { client in
                let (_, photo) = try await client.json(.get, "/api/photos/\(content.photo)")
                let path = "/uploads/" + (photo["original_image"]?.text ?? "")
                let whole = try await client.send(.get, path)
                let bytes = Array(whole.body.readableBytesView)
                #expect(bytes == TestServer.jpeg)
                #expect(whole.headers[.acceptRanges] == "bytes")
                #expect(whole.headers[.cacheControl] == "private, max-age=86400")
                #expect(whole.headers[.xContentTypeOptions] == "nosniff")
                let etag = try #require(whole.headers[.eTag])
                let date = try #require(whole.headers[.lastModified])

                let part = try await client.send(.get, path, [.range: "bytes=10-19"])
                #expect(part.status == .partialContent)
                #expect(Array(part.body.readableBytesView) == Array(bytes[10...19]))
                #expect(part.headers[.contentRange] == "bytes 10-19/\(bytes.count)")
                #expect(part.headers[.contentLength] == "10")

                let beyond = try await client.send(.get, path, [.range: "bytes=\(bytes.count)-"])
                #expect(beyond.status == .rangeNotSatisfiable)
                #expect(beyond.headers[.contentRange] == "bytes */\(bytes.count)")

                for condition in [HTTPFields([.init(name: .ifNoneMatch, value: etag)]), [.ifModifiedSince: date]] {
                    let known = try await client.send(.get, path, condition)
                    #expect(known.status == .notModified)
                    #expect(known.body.readableBytes == 0)
                    #expect(known.headers[.eTag] == etag)
                }

                let head = try await client.send(.head, path)
                #expect(head.status == .ok)
                #expect(head.headers[.contentLength] == String(bytes.count))
                #expect(head.body.readableBytes == 0)
            }
        }
    }

    @Test func `A narrow one is drawn on demand`() async throws {
        let server = try TestServer()
        let content = try server.fill()
        try await server.run { client in
            let (_, photo) = try await client.json(.get, "/api/photos/\(content.photo)")
            let path = "/uploads/" + (photo["annotated_image"]?.text ?? "")
            let whole = try await client.send(.get, path)
            let narrow = try await client.send(.get, path + "?w=64")
            #expect(narrow.status == .ok)
            #expect(narrow.headers[.contentType] == "image/jpeg")
            #expect(narrow.headers[.cacheControl] == "private, no-cache")
            #expect(narrow.body.readableBytes < whole.body.readableBytes)
            for width in ["0", "-1", "x", "99999"] {
                #expect(try await client.send(.get, path + "?w=" + width).status == .badRequest)
            }
        }
    }

    @Test(arguments: [
        "/uploads/", "/uploads/../lik.sqlite", "/uploads/%2e%2e/lik.sqlite",
        "/uploads/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "/uploads/..%2f..%2fetc%2fpasswd", "/uploads//etc/passwd",
        "/../../etc/passwd", "/uploads/TASK/..", "/uploads/TASK/%00.jpg", "/uploads/TASK/..%5cx.jpg",
        "/uploads/TASK/.hidden", "/uploads/TASK", "/uploads/TASK/0001.jpg/x", "/uploads/TASK/1.part",
        "/uploads/%zz/a.jpg", "/uploads/TASK/9999.jpg", "/uploads/library/1.jpg",
    ])
    func `Nothing else is reached`(path: String) async throws {
        let server = try TestServer()
        let content = try server.fill()
        try Data("SQLite".utf8).write(to: server.folder.appendingPathComponent("lik.sqlite"))
        try await server.run(.live) { client in
            let path = path.replacing("TASK", with: content.task.name)
            let (response, error) = try await client.json(.get, path)
            #expect(response.status == .notFound)
            #expect(error["code"]?.text?.hasSuffix("not_found") == true)
        }
    }
}
