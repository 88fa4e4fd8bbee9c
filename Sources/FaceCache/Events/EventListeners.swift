import Synchronization

/// Who listens to which topic of a channel.
final class EventListeners: Sendable {
    private typealias Listener = @Sendable (EventChannelNews) -> Void

    private struct State {
        var last: UInt64 = 0
        /// By number, so that listeners are told in the order in which they came.
        var listeners: [String: [UInt64: Listener]] = [:]
    }

    private let state = Mutex(State())

    func add(_ topic: String, _ receive: @escaping @Sendable (EventChannelNews) -> Void) -> EventChannelSubscription {
        let number = state.withLock { state in
            state.last += 1
            state.listeners[topic, default: [:]][state.last] = receive
            return state.last
        }
        return EventChannelSubscription { [weak self] in
            self?.state.withLock { state in
                state.listeners[topic]?[number] = nil
                if state.listeners[topic]?.isEmpty == true { state.listeners[topic] = nil }
            }
        }
    }

    func tell(_ topic: String, _ news: EventChannelNews) {
        let listeners = state.withLock { $0.listeners[topic] ?? [:] }
        for (_, listener) in listeners.sorted(by: { $0.key < $1.key }) { listener(news) }
    }

    func tellEverybody(_ news: EventChannelNews) {
        for topic in state.withLock({ Array($0.listeners.keys) }) { tell(topic, news) }
    }
}
