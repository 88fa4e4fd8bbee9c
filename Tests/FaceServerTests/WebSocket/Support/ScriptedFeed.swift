import FaceCore
import Synchronization

@testable import FaceServer

/// A library in which tests say what happens.
final class ScriptedFeed: LiveFeed {
    struct Subscription: LiveSubscription {
        let stream: AsyncThrowingStream<LiveMessage, any Error>
        let continuation: AsyncThrowingStream<LiveMessage, any Error>.Continuation

        func cancel() { continuation.finish() }
        func makeAsyncIterator() -> AsyncThrowingStream<LiveMessage, any Error>.Iterator { stream.makeAsyncIterator() }
    }

    struct Broken: Error {}

    private struct State {
        var present: [LiveTopic: [LiveMessage]] = [:]
        var watchers: [LiveTopic: [Subscription]] = [:]
        var isBroken = false
    }

    private let state = Mutex(State())
    private let limit: Int

    /// - Parameter limit: messages that may wait for one client.
    init(limit: Int = 10_000) {
        self.limit = limit
    }

    /// What a client of the topic hears first; without it there is no such topic.
    func present(_ topic: LiveTopic, _ messages: [LiveMessage]) {
        state.withLock { $0.present[topic] = messages }
    }

    func publish(_ message: LiveMessage, to topic: LiveTopic) {
        let watchers = state.withLock { $0.watchers[topic] ?? [] }
        for watcher in watchers {
            if case .dropped = watcher.continuation.yield(message) {
                watcher.continuation.finish(throwing: LiveFeedError.fellBehind)
            }
        }
    }

    func watcherCount(_ topic: LiveTopic) -> Int { state.withLock { $0.watchers[topic]?.count ?? 0 } }

    func shutDown() {
        for watcher in state.withLock({ $0.watchers.values.flatMap { $0 } }) { watcher.cancel() }
    }

    func fail() { state.withLock { $0.isBroken = true } }

    func watch(_ topic: LiveTopic) async throws -> Subscription? {
        try state.withLock { state in
            if state.isBroken { throw Broken() }
            guard let present = state.present[topic] else { return nil }
            let (stream, continuation) = AsyncThrowingStream<LiveMessage, any Error>
                .makeStream(bufferingPolicy: .bufferingOldest(limit))
            let subscription = Subscription(stream: stream, continuation: continuation)
            for message in present { continuation.yield(message) }
            state.watchers[topic, default: []].append(subscription)
            return subscription
        }
    }
}

extension LiveMessage {
    /// The JSON that a client gets.
    var text: String { (try? json()) ?? "" }
}
