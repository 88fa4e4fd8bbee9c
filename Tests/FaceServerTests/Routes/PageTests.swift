import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import FaceServer

struct PageTests {
    @Test func `The page and all its files are served`() async throws {
        try await TestServer().run { client in
            let page = try await client.send(.get, "/")
            #expect(page.status == .ok)
            #expect(page.headers[.contentType]?.hasPrefix("text/html") == true)
            #expect(page.headers[.contentSecurityPolicy]?.contains("default-src 'none'") == true)
            let etag = try #require(page.headers[.eTag])
            #expect(try await client.send(.get, "/", [.ifNoneMatch: etag]).status == .notModified)
            for file in PageFiles.compiledIn.files where file.path != "/login" {
                let answer = try await client.send(.get, file.path)
                let isSame = Array(answer.body.readableBytesView) == file.bytes
                #expect(isSame, "\(file.path)")
                #expect(answer.headers[.contentType] == file.contentType)
            }
            #expect(try await client.send(.get, "/login").headers[.location] == "/")
        }
    }

    @Test func `A file under its release is kept for good, one whose path stays is asked for again`() async throws {
        try await TestServer().run { client in
            let release = PageFiles.compiledIn.release
            let kept = try await client.send(.get, "/page/\(release)/index.js")
            #expect(kept.headers[.cacheControl] == "private, max-age=31536000, immutable")
            for path in ["/", "/page/app.js", "/worker.js"] {
                let answer = try await client.send(.get, path)
                #expect(answer.headers[.cacheControl] == "private, no-cache", "\(path)")
            }
        }
    }

    @Test func `A browser that takes gzip gets the packed page, with a tag of its own`() async throws {
        try await TestServer().run { client in
            let plain = try await client.send(.get, "/")
            let packed = try await client.send(.get, "/", [.acceptEncoding: "br, gzip"])
            #expect(plain.headers[.contentEncoding] == nil)
            #expect(packed.headers[.contentEncoding] == "gzip")
            #expect(packed.headers[.vary] == "Accept-Encoding")
            #expect(packed.body.readableBytes < plain.body.readableBytes)
            let etag = try #require(packed.headers[.eTag])
            #expect(etag != plain.headers[.eTag])
            let again: HTTPFields = [.acceptEncoding: "gzip", .ifNoneMatch: etag]
            #expect(try await client.send(.get, "/", again).status == .notModified)
        }
    }

    @Test func `Metrics count requests by their route`() async throws {
        let server = try TestServer()
        try await server.run { client in
            for number in 1...3 { _ = try await client.send(.get, "/api/persons/\(number)") }
            _ = try await client.send(.get, "/wp-login.php")
            let metrics = try await client.send(.get, "/metrics")
            #expect(metrics.headers[.contentType] == MetricsRegistry.contentType)
            let text = String(buffer: metrics.body)
            let line = #"lik_http_requests_total{method="GET",route="/api/persons/{id}",status="404"} 3"#
            #expect(text.contains(line))
            #expect(!text.contains("wp-login"))
        }
    }
}
