import FaceCore
import Foundation
import Testing

@testable import FaceServer

/// Many clients, some of which read nothing.
@Suite(.timeLimit(.minutes(1)))
struct WebSocketLoadTests {
    private let task = TaskID()

    private func progress(_ current: Int, of total: Int, stage: String) -> LiveMessage {
        .progress(task, .init(current: current, total: total, stage: stage, percent: 100 * current / total))
    }

    @Test func `A client that does not read is dropped, and the others hear everything`() async throws {
        var server = LoopbackServer()
        server.limits.queuedMessages = 16
        server.limits.sendBuffer = 4096
        let update = LiveMessage.update(task, .init(status: .processing, data: .init()))
        let last = LiveMessage.update(task, .init(status: .completed, data: .init()))
        server.feed.present(.task(task), [progress(0, of: 100, stage: ""), update])
        // 100 messages of 16 KB are more than all buffers between server and client take.
        let stage = String(repeating: "x", count: 16_384)
        let (silent, readers) = (3, 20)
        let heard = Counter()
        try await server.run { [server] running in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<silent {
                    group.addTask {
                        try await RawConnection.open(running.port, receiveBuffer: 2048) { client in
                            _ = await client.handshake("/ws?task_id=\(task.name)")
                            while server.metrics.counter(.webSocketEndings, ["slow"]).value < silent {
                                try await Task.sleep(for: .milliseconds(20))
                            }
                        }
                    }
                }
                for _ in 0..<readers {
                    group.addTask {
                        try await RawConnection.open(running.port) { client in
                            _ = await client.handshake("/ws?task_id=\(task.name)")
                            #expect(await client.text() == progress(0, of: 100, stage: "").text)
                            #expect(await client.text() == update.text)
                            for current in 1...100 {
                                try #require(await client.text() == progress(current, of: 100, stage: stage).text)
                                heard.add()
                            }
                            #expect(await client.text() == last.text)
                        }
                    }
                }
                group.addTask {
                    while server.feed.watcherCount(.task(task)) < silent + readers {
                        try await Task.sleep(for: .milliseconds(5))
                    }
                    for current in 1...100 {
                        server.feed.publish(progress(current, of: 100, stage: stage), to: .task(task))
                        // At the pace of those who read, which on a busy machine is not ours to say.
                        while heard.value < current * readers { try await Task.sleep(for: .milliseconds(1)) }
                    }
                    server.feed.publish(last, to: .task(task))
                }
                try await group.waitForAll()
            }
        }
        #expect(server.metrics.counter(.webSocketEndings, ["slow"]).value == UInt64(silent))
        #expect(server.metrics.gauge(.webSocketClients).value == 0)
    }

    @Test func `A client whose messages the library had to give up is dropped`() async throws {
        var server = LoopbackServer()
        server.feed = ScriptedFeed(limit: 2)
        server.feed.present(.stats, [stats(0)])
        try await server.run { [server] running in
            try await RawConnection.open(running.port) { client in
                _ = await client.handshake()
                _ = await client.text()
                for faces in 1...1000 { server.feed.publish(stats(faces), to: .stats) }
                while await client.text() != nil {}
            }
        }
        #expect(server.metrics.counter(.webSocketEndings, ["slow"]).value == 1)
    }

    private func stats(_ faces: Int) -> LiveMessage {
        .stats(StatsPayload(totalPersons: 1, totalFaces: faces, totalTasks: 1, totalPhotos: 1, unknownFaces: 0))
    }
}
