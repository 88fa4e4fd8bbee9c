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
        guard let subscription = try await feed.watch(.task(task)) else { return try await refuse(task.name) }
        defer { subscription.cancel() }
        var order = TaskMessageOrder(task: task)
        for try await message in subscription {
            for due in order.messages(after: message) {
                guard try await link.send(due.json()) else { return }
            }
            // The client stays connected: one that comes again whenever it is closed would come for ever.
            if order.hasEnded { return }
        }
        try await endOfFeed()
    }

    private func tellStats() async throws {
        guard let subscription = try await feed.watch(.stats) else { return try await link.close(.failure) }
        defer { subscription.cancel() }
        var last: LiveMessage?
        for try await message in subscription {
            guard case .stats = message, message != last else { continue }
            last = message
            guard try await link.send(message.json()) else { return }
        }
        try await endOfFeed()
    }

    /// The iteration ends without an error when the client is gone, and when the library has shut down.
    private func endOfFeed() async throws {
        try Task.checkCancellation()
        try await link.close(.shutdown)
    }

    private func refuse(_ task: String) async throws {
        let payload = RefusalPayload(error: "There is no such task.", code: "not_found")
        let message = LiveEnvelope(type: "error", taskID: task, payload: payload)
        if try await link.send(message.json()) { try await link.close(.unknownTask) }
    }
}
