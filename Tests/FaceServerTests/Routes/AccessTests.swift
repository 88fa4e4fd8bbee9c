import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import FaceServer

struct AccessTests {
    @Test func `With a key everything but health wants it`() async throws {
        let server = try TestServer(ServerConfiguration(apiKey: "secret"))
        try await server.run { client in
            for path in [
                "/api/stats", "/api/persons", "/api/task/x", "/api/nothing", "/uploads/x/y", "/metrics", "/", "/ws",
                "/openapi.yaml",
            ] {
                let (response, error) = try await client.json(.get, path)
                #expect(response.status == .unauthorized, "\(path)")
                #expect(response.headers[.wwwAuthenticate] == "Bearer")
                #expect(error["code"] == .text("key_missing"))
                #expect(try await client.send(.get, path, [.xAPIKey: "secret"]).status != .unauthorized)
            }
            for path in ["/health", "/health/ready", "/login"] {
                #expect(try await client.send(.get, path).status == .ok, "\(path)")
            }
            let wrong = try await client.json(.get, "/api/stats", [.authorization: "Bearer wrong"])
            #expect(wrong.response.status == .unauthorized)
            #expect(wrong.json["code"] == .text("key_wrong"))
            #expect(try await client.send(.get, "/api/stats", [.authorization: "Bearer secret"]).status == .ok)
        }
    }

    @Test func `The log-in form gives a browser its cookie`() async throws {
        let server = try TestServer(ServerConfiguration(apiKey: "se cret"))
        try await server.run { client in
            let page = try await client.send(.get, "/", [.accept: "text/html,*/*"])
            #expect(page.status == .seeOther)
            #expect(page.headers[.location] == "/login")
            let form: HTTPFields = [.contentType: "application/x-www-form-urlencoded", .origin: "http://localhost"]
            let wrong = try await client.execute(
                uri: "/login", method: .post, headers: form, body: ByteBuffer(string: "key=wrong"))
            #expect(wrong.status == .seeOther)
            #expect(wrong.headers[.location] == "/login?error=key")
            #expect(wrong.headers[.setCookie] == nil)
            let right = try await client.execute(
                uri: "/login", method: .post, headers: form, body: ByteBuffer(string: "key=se+cret"))
            #expect(right.headers[.location] == "/")
            let cookie = try #require(right.headers[.setCookie])
            #expect(cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Strict") && !cookie.contains("Secure"))
            #expect(!cookie.contains("cret"))
            let value = String(cookie.prefix { $0 != ";" })
            #expect(try await client.send(.get, "/api/stats", [.cookie: value]).status == .ok)
            #expect(try await client.send(.get, "/login", [.cookie: value]).status == .seeOther)
            let out = try await client.send(.post, "/logout", [.cookie: value])
            #expect(out.headers[.location] == "/login")
            #expect(out.headers[.setCookie]?.hasPrefix("lik_session=; Max-Age=0") == true)
        }
    }

    @Test func `Wrong keys are answered ever later`() async throws {
        let server = try TestServer(ServerConfiguration(apiKey: "secret"))
        try await server.run { client in
            let start = ContinuousClock.now
            for _ in 0..<3 { _ = try await client.send(.get, "/api/stats", [.xAPIKey: "wrong"]) }
            #expect(ContinuousClock.now - start >= .milliseconds(700))
        }
    }

    @Test func `Too many who guess at once are refused unseen`() async throws {
        let delay = FailureDelay(capacity: 2, first: .milliseconds(300))
        await withTaskGroup(of: Bool.self) { guesses in
            for _ in 0..<6 {
                guesses.addTask {
                    do {
                        try await delay.waitAfterFailure(from: "192.0.2.1")
                        return true
                    } catch {
                        return false
                    }
                }
            }
            var waited = 0
            for await hasWaited in guesses where hasWaited { waited += 1 }
            #expect(waited == 2)
        }
    }

    @Test func `Foreign pages change nothing`() async throws {
        let server = try TestServer()
        let content = try server.fill()
        try await server.run { client in
            let path = "/api/persons/\(content.person)"
            let (response, error) = try await client.json(.delete, path, [.origin: "http://evil.example"])
            #expect(response.status == .forbidden)
            #expect(error["code"] == .text("foreign_origin"))
            #expect(response.headers[.accessControlAllowOrigin] == nil)
            #expect(try await client.send(.get, path, [.origin: "http://evil.example"]).status == .ok)
            #expect(try await client.send(.delete, path, [.origin: "http://localhost"]).status == .ok)
        }
    }

    @Test func `Pages of allowed origins may use the API`() async throws {
        let server = try TestServer(ServerConfiguration(corsOrigins: ["https://photos.example"]))
        try await server.run { client in
            let origin: HTTPFields = [.origin: "https://photos.example"]
            let read = try await client.send(.get, "/api/stats", origin)
            #expect(read.headers[.accessControlAllowOrigin] == "https://photos.example")
            #expect(read.headers[.vary]?.contains("Origin") == true)
            let refused = try await client.send(.delete, "/api/persons/7", origin)
            #expect(refused.status == .notFound)
            #expect(refused.headers[.accessControlAllowOrigin] == "https://photos.example")
            var preflight = origin
            preflight[.accessControlRequestMethod] = "DELETE"
            let allowed = try await client.send(.options, "/api/persons/7", preflight)
            #expect(allowed.status == .noContent)
            #expect(allowed.headers[.accessControlAllowMethods]?.contains("DELETE") == true)
            preflight[.origin] = "https://other.example"
            let other = try await client.send(.options, "/api/persons/7", preflight)
            #expect(other.headers[.accessControlAllowMethods] == nil)
            #expect(other.headers[.accessControlAllowOrigin] == nil)
        }
    }

    @Test func `Unknown hosts are refused, but for probes`() async throws {
        let server = try TestServer(ServerConfiguration(hosts: ["lik.local"]))
        try await server.run { client in
            let (response, error) = try await client.json(.get, "/api/stats")
            #expect(response.status == .forbidden)
            #expect(error["code"] == .text("unknown_host"))
            #expect(try await client.send(.get, "/health").status == .ok)
        }
    }
}
