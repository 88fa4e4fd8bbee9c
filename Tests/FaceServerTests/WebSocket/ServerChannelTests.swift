import Foundation
import HTTPTypes
import Synchronization
import Testing

@testable import FaceServer

/// HTTP beside the endpoint, over sockets: what goes wrong where the two meet.
@Suite(.timeLimit(.minutes(1)))
struct ServerChannelTests {
    private func get(_ path: String, _ fields: String...) -> String {
        "GET \(path) HTTP/1.1\r\nHost: localhost\r\n" + fields.map { $0 + "\r\n" }.joined() + "\r\n"
    }

    @Test func `Requests on one connection are answered in turn`() async throws {
        try await LoopbackServer().run { running in
            try await RawConnection.open(running.port) { client in
                try await client.send(get("/health") + get("/none") + get("/health"))
                for status in ["200", "404", "200"] {
                    #expect(await client.answer()?.head.hasPrefix("HTTP/1.1 \(status) ") == true)
                }
            }
        }
    }

    @Test func `A handshake that is not admitted gets the router's answer`() async throws {
        var server = LoopbackServer()
        server.feed.present(.stats, [])
        server.admits = { $0.headerFields[.authorization] == "Bearer right" && $0.authority == "localhost" }
        try await server.run { running in
            for fields in [[], ["Authorization: Bearer wrong"]] {
                try await RawConnection.open(running.port) { client in
                    #expect(await client.handshake(fields: fields).hasPrefix("HTTP/1.1 426 "))
                    #expect(await client.untilClosed() == "")
                }
            }
            try await RawConnection.open(running.port) { client in
                #expect(
                    await client.handshake(fields: ["Authorization: Bearer right"]).hasPrefix("HTTP/1.1 101 "))
            }
        }
    }

    @Test func `A handshake elsewhere is a plain request`() async throws {
        try await LoopbackServer().run { running in
            try await RawConnection.open(running.port) { client in
                #expect(await client.handshake("/health").hasPrefix("HTTP/1.1 200 "))
            }
            try await RawConnection.open(running.port) { client in
                #expect(await client.handshake("/none").hasPrefix("HTTP/1.1 404 "))
            }
        }
    }

    @Test(arguments: [
        ["Upgrade: websocket", "Connection: Upgrade"],
        ["Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="],
        [
            "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version: 12",
        ],
        ["Upgrade: websocket, h2c", "Connection: Upgrade", "Sec-WebSocket-Key: a", "Sec-WebSocket-Version: 13"],
        ["Upgrade: websocket", "Sec-WebSocket-Key: a", "Sec-WebSocket-Version: 13"],
        ["Upgrade: h2c", "Connection: Upgrade, HTTP2-Settings", "HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA"],
        ["Upgrade: TLS/1.3", "Connection: Upgrade"],
        ["Upgrade:", "Connection: upgrade"],
    ])
    func `An Upgrade that is not wanted is overlooked, and the connection closed after the answer`(
        fields: [String]
    ) async throws {
        try await LoopbackServer().run { running in
            for path in ["/health", "/ws"] {
                try await RawConnection.open(running.port) { client in
                    try await client.send(
                        "GET \(path) HTTP/1.1\r\nHost: localhost\r\n" + fields.map { $0 + "\r\n" }.joined() + "\r\n")
                    let status = path == "/ws" ? "426" : "200"
                    #expect(await client.answer()?.head.hasPrefix("HTTP/1.1 \(status) ") == true)
                    #expect(await client.untilClosed() == "")
                }
            }
        }
    }

    @Test func `An Upgrade on a later request is overlooked too`() async throws {
        try await LoopbackServer().run { running in
            try await RawConnection.open(running.port) { client in
                try await client.send(get("/health"))
                #expect(await client.answer()?.body == "ok")
                #expect(await client.handshake("/health").hasPrefix("HTTP/1.1 200 "))
                #expect(await client.untilClosed() == "")
            }
        }
    }

    @Test(arguments: ["\u{16}\u{03}\u{01}\u{02}\u{00}", "HELLO\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n"])
    func `What is no HTTP gets 400, with words, a code and an id`(garbage: String) async throws {
        try await LoopbackServer().run { running in
            try await RawConnection.open(running.port) { client in
                try await client.send(garbage)
                let answer = try #require(await client.answer())
                #expect(answer.head.hasPrefix("HTTP/1.1 400 "))
                let body = try JSONDecoder().decode([String: String].self, from: Data(answer.body.utf8))
                #expect(body["code"] == "bad_request")
                #expect(body["error"]?.isEmpty == false)
                #expect(body["request_id"]?.count == 36)
                #expect(await client.untilClosed() == "")
            }
        }
    }

    @Test func `Header fields beyond the limit get 431, however long they go on`() async throws {
        try await LoopbackServer().run { running in
            try await RawConnection.open(running.port) { client in
                try await client.send("GET /health HTTP/1.1\r\nHost: localhost\r\n")
                try? await client.send("X-Long: " + String(repeating: "a", count: 1 << 20) + "\r\n\r\n")
                #expect(await client.answer()?.head.hasPrefix("HTTP/1.1 431 ") == true)
            }
            try await RawConnection.open(running.port) { client in
                try await client.send(get("/health"))
                #expect(await client.answer()?.body == "ok")
            }
        }
    }

    @Test func `A connection without a request is closed after a while`() async throws {
        var server = LoopbackServer()
        server.http.firstRequestTimeout = .milliseconds(200)
        try await server.run { running in
            for beginning in ["", "GET /health HT"] {
                try await RawConnection.open(running.port) { client in
                    if !beginning.isEmpty { try await client.send(beginning) }
                    #expect(await client.untilClosed() == "")
                }
            }
        }
    }

    @Test func `A connection on which nothing moves is closed`() async throws {
        var server = LoopbackServer()
        server.http.idleTimeout = .milliseconds(200)
        try await server.run { running in
            try await RawConnection.open(running.port) { client in
                try await client.send(get("/health"))
                #expect(await client.answer()?.body == "ok")
                #expect(await client.untilClosed() == "")
            }
        }
    }

    @Test func `A body that is announced is called for, once and before the answer`() async throws {
        try await LoopbackServer().run { running in
            try await RawConnection.open(running.port) { client in
                let head =
                    "POST /count HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n"
                for _ in 0..<2 {
                    try await client.send(head)
                    #expect(await client.answer()?.head == "HTTP/1.1 100 Continue\r\n\r\n")
                    try await client.send("12345")
                    let answer = try #require(await client.answer())
                    #expect(answer.head.hasPrefix("HTTP/1.1 200 "))
                    #expect(answer.body == "5")
                }
                // It waits for the answer before it, and does not come at all when the body is there already.
                try await client.send(get("/health") + head)
                #expect(await client.answer()?.body == "ok")
                #expect(await client.answer()?.head == "HTTP/1.1 100 Continue\r\n\r\n")
                try await client.send("12345")
                #expect(await client.answer()?.body == "5")
            }
        }
    }

    @Test func `A connection of a server that is going to end ends with its next answer, which says so`() async throws {
        let isLeaving = Atomic(false)
        var server = LoopbackServer()
        server.isLeaving = { isLeaving.load(ordering: .acquiring) }
        try await server.run { running in
            try await RawConnection.open(running.port) { client in
                try await client.send(get("/health"))
                #expect(await client.answer()?.head.lowercased().contains("connection: close") == false)
                isLeaving.store(true, ordering: .releasing)
                try await client.send(get("/health"))
                let answer = try #require(await client.answer())
                #expect(answer.head.hasPrefix("HTTP/1.1 200 ") && answer.body == "ok")
                #expect(answer.head.lowercased().contains("connection: close"))
                #expect(await client.untilClosed() == "")
            }
            // New ones are taken.
            try await RawConnection.open(running.port) { client in
                try await client.send(get("/health"))
                #expect(await client.answer()?.body == "ok")
                #expect(await client.untilClosed() == "")
            }
        }
    }

    @Test func `Idle connections do not hold up the shutdown`() async throws {
        let (connected, tell) = AsyncStream<Void>.makeStream()
        let took = try await LoopbackServer().run { running in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for request in ["", "GET /hea", get("/health")] {
                    group.addTask {
                        try await RawConnection.open(running.port) { client in
                            if !request.isEmpty { try await client.send(request) }
                            if request.hasSuffix("\r\n\r\n") { _ = await client.answer() }
                            tell.yield()
                            #expect(await client.untilClosed() == "")
                        }
                    }
                }
                var count = 0
                for await _ in connected {
                    count += 1
                    if count == 3 { break }
                }
                let began = ContinuousClock.now
                await running.shutDown()
                try await group.waitForAll()
                #expect(ContinuousClock.now - began < .seconds(3))
            }
        }
        #expect(took < .seconds(3))
    }

    @Test func `A request that is in work too long is cut off at shutdown`() async throws {
        var server = LoopbackServer()
        server.http.shutdownGrace = .milliseconds(300)
        let took = try await server.run { running in
            try await RawConnection.open(running.port) { client in
                try await client.send(
                    "POST /count HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n")
                #expect(await client.answer()?.head == "HTTP/1.1 100 Continue\r\n\r\n")
                await running.shutDown()
                #expect(await client.untilClosed() == "")
            }
        }
        #expect(took < .seconds(3))
    }
}
