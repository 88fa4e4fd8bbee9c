import Synchronization

/// A channel within one process: a message has been received when `publish` returns.
public final class MemoryEventChannel: EventChannel {
    private let listeners = EventListeners()
    /// One message at a time, so that all listeners hear them in one order.
    private let turn = Mutex(())

    public init() {}

    public var isLive: Bool { true }

    public func publish(_ message: [UInt8], to topic: String) {
        turn.withLock { _ in listeners.tell(topic, .message(message)) }
    }

    public func subscribe(
        to topic: String, _ receive: @escaping @Sendable (EventChannelNews) -> Void
    ) -> EventChannelSubscription {
        listeners.add(topic, receive)
    }
}
