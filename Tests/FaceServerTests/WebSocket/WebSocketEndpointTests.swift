import FaceCore
import Foundation
import Testing

@testable import FaceServer

/// Clients of the endpoint, over sockets.
@Suite(.timeLimit(.minutes(1)))
struct WebSocketEndpointTests {
    private let task = TaskID()

    private func progress(_ current: Int, of total: Int = 4, stage: String = "Detecting faces") -> LiveMessage {
        .progress(task, .init(current: current, total: total, stage: stage, percent: 100 * current / total))
    }

    private func update(_ status: TaskUpdatePayload.Status, faces: Int? = nil) -> LiveMessage {
        .update(task, .init(status: status, data: .init(totalFaces: faces)))
    }

    private func stats(_ faces: Int) -> LiveMessage {
        .stats(StatsPayload(totalPersons: 1, totalFaces: faces, totalTasks: 1, totalPhotos: 1, unknownFaces: 0))
    }

    /// A server that works on a task.
    private func server(_ change: (inout LoopbackServer) -> Void = { _ in }) -> LoopbackServer {
        var server = LoopbackServer()
        server.feed.present(.task(task), [progress(1), update(.processing)])
        server.feed.present(.stats, [stats(0)])
        change(&server)
        return server
    }

    @Test func `A client hears the present state and then everything to the end`() async throws {
        let server = server()
        try await server.run { running in
            try await RawConnection.open(running.port) { client in
                let head = await client.handshake("/ws?task_id=\(task.name)")
                #expect(head.hasPrefix("HTTP/1.1 101 "))
                #expect(head.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="))
                #expect(await client.text() == progress(1).text)
                #expect(await client.text() == update(.processing).text)
                let rest = [progress(2), progress(3), progress(4), update(.completed, faces: 9)]
                for message in rest { server.feed.publish(message, to: .task(task)) }
                for message in rest { #expect(await client.text() == message.text) }
                // Quiet after the end, and still there.
                server.feed.publish(progress(4), to: .task(task))
                try await client.send(opcode: 9, [42])
                #expect(await client.frame() == RawConnection.Frame(opcode: 10, payload: [42]))
            }
        }
    }

    @Test func `A client that comes after the end is told it at once`() async throws {
        let server = server { $0.feed.present(.task(task), [progress(4), update(.completed, faces: 9)]) }
        try await server.run { running in
            try await RawConnection.open(running.port) { client in
                _ = await client.handshake("/ws?task_id=\(task.uuidString)")
                #expect(await client.text() == progress(4).text)
                #expect(await client.text() == update(.completed, faces: 9).text)
            }
        }
    }

    @Test func `Without a task the stats are told, and only they`() async throws {
        let server = server()
        try await server.run { running in
            try await RawConnection.open(running.port) { client in
                _ = await client.handshake()
                #expect(await client.text() == stats(0).text)
                for message in [stats(0), progress(2), stats(3)] { server.feed.publish(message, to: .stats) }
                #expect(await client.text() == stats(3).text)
            }
        }
    }

    @Test(arguments: [TaskID().name, "nope", "%00"])
    func `An unknown task is told so, and the connection closed`(id: String) async throws {
        let server = server()
        try await server.run { running in
            try await RawConnection.open(running.port) { client in
                #expect(await client.handshake("/ws?task_id=\(id)").hasPrefix("HTTP/1.1 101 "))
                let message = try #require(await client.text())
                #expect(message.contains(#""type":"error""#))
                #expect(message.contains(#""code":"not_found""#))
                let close = try #require(await client.frame())
                #expect(close.closeCode == 4404)
                try await client.send(opcode: 8, close.payload)
                #expect(await client.frame() == nil)
            }
        }
        #expect(server.metrics.counter(.webSocketEndings, ["unknown_task"]).value == 1)
    }

    @Test func `A library that cannot be asked is an error of the server`() async throws {
        let server = server()
        server.feed.fail()
        try await server.run { running in
            try await RawConnection.open(running.port) { client in
                _ = await client.handshake()
                #expect(await client.frame()?.closeCode == 1011)
            }
        }
    }

    @Test func `A client's close is answered, and its subscription ends`() async throws {
        let server = server()
        try await server.run { running in
            try await RawConnection.open(running.port) { client in
                _ = await client.handshake()
                _ = await client.text()
                #expect(server.metrics.gauge(.webSocketClients).value == 1)
                try await client.send(opcode: 8, [0x03, 0xE8])
                #expect(await client.frame()?.closeCode == 1000)
                #expect(await client.frame() == nil)
            }
        }
        #expect(server.metrics.gauge(.webSocketClients).value == 0)
        #expect(server.metrics.counter(.webSocketEndings, ["client"]).value == 1)
    }

    @Test func `A client that answers pings stays, one that does not is dropped`() async throws {
        let server = server {
            $0.limits.pingInterval = .milliseconds(50)
            $0.limits.idleTimeout = .milliseconds(500)
        }
        try await server.run { running in
            try await RawConnection.open(running.port) { client in
                _ = await client.handshake()
                _ = await client.text()
                let end = ContinuousClock.now + .seconds(1)
                while ContinuousClock.now < end {
                    let ping = try #require(await client.frame())
                    #expect(ping.opcode == 9)
                    try await client.send(opcode: 10, ping.payload)
                }
            }
            try await RawConnection.open(running.port) { client in
                _ = await client.handshake()
                _ = await client.text()
                var pings = 0
                while await client.frame() != nil { pings += 1 }
                #expect(pings > 2)
            }
        }
        #expect(server.metrics.counter(.webSocketEndings, ["idle"]).value == 1)
    }

    @Test func `What breaks the protocol or the limits is sent away with its code`() async throws {
        let server = server { $0.limits.framesPerWindow = 10 }
        try await server.run { running in
            try await RawConnection.open(running.port) { client in
                _ = await client.handshake()
                _ = await client.text()
                try await client.send(opcode: 1, [65], isMasked: false)
                #expect(await client.frame()?.closeCode == 1002)
            }
            try await RawConnection.open(running.port) { client in
                _ = await client.handshake()
                _ = await client.text()
                try await client.send(opcode: 1, Array(repeating: 65, count: 5000))
                #expect(await client.frame()?.closeCode == 1009)
            }
            try await RawConnection.open(running.port) { client in
                _ = await client.handshake()
                _ = await client.text()
                for _ in 0..<11 { try await client.send(opcode: 1, [65]) }
                #expect(await client.frame()?.closeCode == 1008)
            }
        }
    }

    @Test func `More clients than are taken are sent away`() async throws {
        let server = server { $0.limits.clients = 1 }
        try await server.run { running in
            try await RawConnection.open(running.port) { first in
                _ = await first.handshake()
                _ = await first.text()
                try await RawConnection.open(running.port) { second in
                    _ = await second.handshake()
                    #expect(await second.frame()?.closeCode == 1008)
                }
                server.feed.publish(stats(1), to: .stats)
                #expect(await first.text() == stats(1).text)
            }
        }
    }

    @Test func `At shutdown every client is told 1001, and nobody is waited for long`() async throws {
        let server = server { $0.limits.closeTimeout = .milliseconds(500) }
        let (shutDowns, tell) = AsyncStream<Void>.makeStream()
        let clients = 10
        let took = try await server.run { running in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<clients {
                    group.addTask {
                        try await RawConnection.open(running.port) { client in
                            _ = await client.handshake()
                            _ = await client.text()
                            tell.yield()
                            let close = try #require(await client.frame())
                            #expect(close.closeCode == 1001)
                            // Every second one does not answer.
                            if index.isMultiple(of: 2) { try await client.send(opcode: 8, close.payload) }
                            #expect(await client.frame() == nil)
                        }
                    }
                }
                var connected = 0
                for await _ in shutDowns {
                    connected += 1
                    if connected == clients { break }
                }
                let began = ContinuousClock.now
                await running.shutDown()
                try await group.waitForAll()
                #expect(ContinuousClock.now - began < .seconds(3))
            }
        }
        #expect(took < .seconds(3))
        #expect(server.metrics.counter(.webSocketEndings, ["shutdown"]).value == UInt64(clients))
    }

    @Test func `When the library shuts down first its clients are told 1001`() async throws {
        let server = server()
        try await server.run { running in
            try await RawConnection.open(running.port) { client in
                _ = await client.handshake()
                _ = await client.text()
                server.feed.shutDown()
                #expect(await client.frame()?.closeCode == 1001)
            }
        }
    }
}
