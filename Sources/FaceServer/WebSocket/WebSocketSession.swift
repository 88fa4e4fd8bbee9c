import FaceCore
import Logging
import NIOCore

/// What one client is told from its connection to its end.
struct WebSocketSession<Feed: LiveFeed>: Sendable {
    let feed: Feed
    let link: WebSocketLink
    let target: WebSocketTarget
    let logger: Logger

    /// Returns when the connection is closed; closes it when the surrounding task is cancelled.
    /// - Returns: why it ended.
    func run() async -> WebSocketEnding {
        await withTaskCancellationHandler {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await tell() }
                let ending = await link.closed()
                group.cancelAll()
                return ending
            }
        } onCancel: {
            link.channel.close(promise: nil)
        }
    }

    private func tell() async {
        do {
            switch target {
            case .topic(.task(let task)): try await tellTask(task)
            case .topic(.stats): try await tellStats()
            case .unknown(let text): try await refuse(text)
            }
        } catch is CancellationError {
            return
        } catch LiveFeedError.fellBehind {
            try? await link.drop(.slow)
        } catch {
            logger.error("A WebSocket client could not be served: \(error)")
            try? await link.close(.failure)
        }
    }

    private func tellTask(_ task: TaskID) async throws {
        // Before the present state is read, so that nothing is missed between the two.
        let subscription = feed.subscribe(to: .task(task))
        defer { subscription.cancel() }
        guard let present = try await feed.present(of: task) else { return try await refuse(task.apiText) }
        var order = TaskMessageOrder(task: task)
        for message in order.begin(with: present) where try await !link.send(message.json()) { return }
        if order.hasEnded { return }
        for try await message in subscription {
            for told in order.following(message) where try await !link.send(told.json()) { return }
            if order.hasEnded { return }
        }
        try await link.close(.shutdown)
    }

    private func tellStats() async throws {
        let subscription = feed.subscribe(to: .stats)
        defer { subscription.cancel() }
        let present = LiveMessage.stats(try await feed.presentStats())
        guard try await link.send(present.json()) else { return }
        for try await message in subscription {
            guard case .stats = message else { continue }
            guard try await link.send(message.json()) else { return }
        }
        try await link.close(.shutdown)
    }

    private func refuse(_ task: String) async throws {
        let payload = RefusalPayload(error: "There is no such task.", code: "not_found")
        let message = LiveEnvelope(type: "error", taskID: task, payload: payload)
        if try await link.send(message.json()) { try await link.close(.unknownTask) }
    }
}
