/// Carries messages between the processes that serve one library, each under a topic, to everybody who listens at that
/// moment, the sender included. Nothing is kept for those who come later.
///
/// All calls may come from any thread. A channel whose server is away drops what is published and tells of the gap when
/// it is over: nothing that must not be lost may depend on it.
public protocol EventChannel: Sendable {
    /// Whether what others publish arrives at present. Does not block.
    var isLive: Bool { get }

    /// Sends a message. May block for as long as the server takes to answer.
    func publish(_ message: [UInt8], to topic: String)

    /// Listens to a topic for as long as the returned value lives. The messages of one sender come in their order.
    ///
    /// - Parameter receive: is called by one thread at a time and must not block; not called any more once `cancel` has
    ///   returned, save for a call that was under way.
    func subscribe(
        to topic: String, _ receive: @escaping @Sendable (EventChannelNews) -> Void
    ) -> EventChannelSubscription
}

/// What a listener is told.
public enum EventChannelNews: Sendable, Hashable {
    case message([UInt8])
    /// The channel was cut off and is live again: messages may have been lost in between.
    case gap
}

/// Keeps a listener listening.
public final class EventChannelSubscription: Sendable {
    private let onCancel: @Sendable () -> Void

    init(onCancel: @escaping @Sendable () -> Void) { self.onCancel = onCancel }

    deinit { onCancel() }

    /// Ends it before its time; doing it twice is doing it once.
    public func cancel() { onCancel() }
}
