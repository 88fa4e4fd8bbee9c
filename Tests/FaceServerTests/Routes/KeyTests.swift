import FaceCore
import FaceLibrary
import FaceStore
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import FaceServer

/// Keys as clients make and use them.
struct KeyTests {
    private static let json: HTTPFields = [.contentType: "application/json"]

    private func fields(_ key: String) -> HTTPFields {
        var fields = Self.json
        fields[.xAPIKey] = key
        return fields
    }

    @Test func `The first key of an open server is an admin's, and closes it`() async throws {
        let server = try TestServer()
        try await server.run { client in
            #expect(try await client.send(.get, "/api/stats").status == .ok)
            let (refused, error) = try await client.json(
                .post, "/api/keys", Self.json, body: ByteBuffer(string: #"{"name": "Door", "scopes": ["read"]}"#))
            #expect(refused.status == .conflict && error["code"] == .text("admin_key_first"))
            let (made, admin) = try await client.json(
                .post, "/api/keys", Self.json, body: ByteBuffer(string: #"{"name": "Boss", "scopes": ["admin"]}"#))
            #expect(made.status == .ok && made.headers[.cacheControl] == "no-store")
            let boss = try #require(admin["key"]?.text)
            #expect(try await client.send(.get, "/api/stats").status == .unauthorized)
            #expect(try await client.send(.get, "/api/stats", fields(boss)).status == .ok)
            let (_, list) = try await client.json(.get, "/api/keys", fields(boss))
            #expect(list.count == 1 && list[0]?["key"] == nil && list[0]?["hint"] == admin["hint"])
            #expect(list[0]?.names.contains("digest") == false)
        }
    }

    @Test func `A key is rotated and revoked, and what it was is of no use afterwards`() async throws {
        let server = try TestServer(ServerConfiguration(apiKey: "secret"))
        try await server.run { client in
            let (_, made) = try await client.json(
                .post, "/api/keys", fields("secret"),
                body: ByteBuffer(string: #"{"name": "Reader", "scopes": ["read"], "requests_per_minute": 600}"#))
            let first = try #require(made["key"]?.text)
            let id = try #require(made["id"]?.number.map { Int($0) })
            #expect(try await client.send(.get, "/api/stats", [.authorization: "Bearer \(first)"]).status == .ok)
            let (_, rotated) = try await client.json(.post, "/api/keys/\(id)/rotate", fields("secret"))
            let second = try #require(rotated["key"]?.text)
            #expect(second != first)
            #expect(try await client.send(.get, "/api/stats", fields(first)).status == .unauthorized)
            #expect(try await client.send(.get, "/api/stats", fields(second)).status == .ok)
            let (_, gone) = try await client.json(.delete, "/api/keys/\(id)", fields("secret"))
            #expect(gone["revoked_at"]?.text != nil)
            let (refused, error) = try await client.json(.get, "/api/stats", fields(second))
            #expect(refused.status == .unauthorized && error["code"] == .text("key_wrong"))
            let (again, conflict) = try await client.json(.post, "/api/keys/\(id)/rotate", fields("secret"))
            #expect(again.status == .conflict && conflict["code"] == .text("key_revoked"))
            let (missing, unknown) = try await client.json(.delete, "/api/keys/99", fields("secret"))
            #expect(missing.status == .notFound && unknown["code"] == .text("key_not_found"))
        }
    }

    @Test(arguments: [
        (#"{"scopes": ["read"]}"#, "name_missing"), (#"{"name": "", "scopes": ["admin"]}"#, "name_empty"),
        (#"{"name": "a", "scopes": []}"#, "key_without_scope"), (#"{"name": "a"}"#, "key_without_scope"),
        (#"{"name": "a", "scopes": ["all"]}"#, "invalid_parameter"),
        (#"{"name": "a", "scopes": ["admin"], "requests_per_minute": 0}"#, "invalid_parameter"),
        (#"{"name": "a", "scopes": ["admin"], "burst": 5}"#, "missing_parameter"),
    ])
    func `A key that makes no sense is refused`(body: String, code: String) async throws {
        let server = try TestServer()
        try await server.run { client in
            let (response, error) = try await client.json(
                .post, "/api/keys", Self.json, body: ByteBuffer(string: body))
            #expect(response.status == .badRequest && error["code"] == .text(code))
        }
    }

    @Test func `A key that has made its requests waits, and is told for how long`() async throws {
        let server = try TestServer()
        let limit = KeyRateLimit(requestsPerMinute: 1, burst: 2)
        let key = try server.library.createKey(NewAPIKey(name: "Slow", scopes: [.read], limit: limit)).secret.text
        let other = try server.library.createKey(NewAPIKey(name: "Fast", scopes: [.read])).secret.text
        try await server.run { client in
            for _ in 0..<2 { #expect(try await client.send(.get, "/api/stats", fields(key)).status == .ok) }
            let (response, error) = try await client.json(.get, "/api/stats", fields(key))
            #expect(response.status == .tooManyRequests && error["code"] == .text("rate_limited"))
            let seconds = try #require(response.headers[.retryAfter].flatMap { Int($0) })
            #expect((50...60).contains(seconds))
            #expect(try await client.send(.get, "/api/stats", fields(other)).status == .ok)
        }
    }

    @Test func `Who asked for what is listed for admins, and no image with it`() async throws {
        let server = try TestServer(ServerConfiguration(apiKey: "secret"))
        let made = try server.library.createKey(NewAPIKey(name: "Дверь", scopes: [.read]))
        try await server.run { client in
            _ = try await client.send(.get, "/api/persons?limit=2", fields(made.secret.text))
            _ = try await client.send(.post, "/api/upload", fields(made.secret.text))
            _ = try await client.send(.get, "/api/stats", fields("wrong"))
            _ = try await client.send(.get, "/login")
            _ = try await client.send(.get, "/health")
            let (_, all) = try await client.json(.get, "/api/audit", fields("secret"))
            #expect(all.count == 3)
            #expect(all[0]?["key_name"] == .null && all[0]?["status"] == .number(401))
            #expect(all[1]?["method"] == .text("POST") && all[1]?["status"] == .number(403))
            #expect(all[2]?["path"] == .text("/api/persons") && all[2]?["key_name"] == .text("Дверь"))
            let (_, hers) = try await client.json(.get, "/api/audit?key=\(made.key.id)&limit=1", fields("secret"))
            #expect(hers.count == 1 && hers[0]?["path"] == .text("/api/upload"))
            let (refused, _) = try await client.json(.get, "/api/audit", fields(made.secret.text))
            #expect(refused.status == .forbidden)
        }
    }

    @Test func `The log-in form takes a key, and its cookie ends with the key`() async throws {
        let server = try TestServer()
        let made = try server.library.createKey(NewAPIKey(name: "Page", scopes: [.read]))
        let admin = try server.library.createKey(NewAPIKey(name: "Boss", scopes: [.admin])).secret.text
        try await server.run { client in
            let form: HTTPFields = [.contentType: "application/x-www-form-urlencoded", .origin: "http://localhost"]
            let right = try await client.execute(
                uri: "/login", method: .post, headers: form, body: ByteBuffer(string: "key=\(made.secret.text)"))
            let cookie = try #require(right.headers[.setCookie])
            #expect(!cookie.contains(made.secret.text))
            let value = String(cookie.prefix { $0 != ";" })
            #expect(try await client.send(.get, "/api/stats", [.cookie: value]).status == .ok)
            #expect(try await client.send(.get, "/api/keys", [.cookie: value]).status == .forbidden)
            #expect(try await client.send(.delete, "/api/keys/\(made.key.id)", fields(admin)).status == .ok)
            #expect(try await client.send(.get, "/api/stats", [.cookie: value]).status == .unauthorized)
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `A WebSocket is closed when its key is revoked, and others stay`() async throws {
        let server = try TestServer()
        let library = server.library
        let admin = try library.createKey(NewAPIKey(name: "Boss", scopes: [.admin])).secret.text
        let watcher = try library.createKey(NewAPIKey(name: "Watcher", scopes: [.read]))
        let blind = try library.createKey(NewAPIKey(name: "Blind", scopes: [.recognise])).secret.text
        try await server.run(.live) { client in
            let port = try #require(client.port)
            try await RawConnection.open(port) { connection in
                let head = await connection.handshake(fields: ["X-API-Key: \(blind)"])
                #expect(head.hasPrefix("HTTP/1.1 403 "))
            }
            try await RawConnection.open(port) { boss in
                #expect(await boss.handshake(fields: ["X-API-Key: \(admin)"]).hasPrefix("HTTP/1.1 101 "))
                #expect(await boss.text() != nil)
                try await RawConnection.open(port) { connection in
                    let head = await connection.handshake(fields: ["X-API-Key: \(watcher.secret.text)"])
                    #expect(head.hasPrefix("HTTP/1.1 101 "))
                    #expect(await connection.text() != nil)
                    #expect(
                        try await client.send(.delete, "/api/keys/\(watcher.key.id)", [.xAPIKey: admin]).status == .ok)
                    let frame = try #require(await connection.frame())
                    #expect(frame.opcode == 8 && frame.payload.prefix(2) == [UInt8(4401 >> 8), UInt8(4401 & 255)])
                }
                try await boss.send(opcode: 9, [1])
                #expect(await boss.frame()?.opcode == 10)
            }
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `A WebSocket counts among its key's requests, and the log names it`() async throws {
        let server = try TestServer()
        let limit = try #require(KeyRateLimit(requestsPerMinute: 1, burst: 2))
        let watcher = try server.library.createKey(NewAPIKey(name: "Watcher", scopes: [.read], limit: limit))
        let fields = ["X-API-Key: \(watcher.secret.text)", "X-Request-ID: first"]
        try await server.run(.live) { client in
            let port = try #require(client.port)
            for status in ["101", "101", "429"] {
                try await RawConnection.open(port) { connection in
                    #expect(await connection.handshake(fields: fields).hasPrefix("HTTP/1.1 \(status) "))
                }
            }
        }
        let entries = try server.library.audit(key: watcher.key.id, after: nil, limit: 9).elements
        #expect(entries.map(\.status) == [101, 101] && entries.allSatisfy { $0.path == "/ws" && $0.method == "GET" })
        #expect(entries.last?.requestID == "first" && entries.last?.address == "127.0.0.1")
    }
}
