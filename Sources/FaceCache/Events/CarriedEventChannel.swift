/// A channel whose messages something else carries, such as the database that the processes share anyhow.
public final class CarriedEventChannel: EventChannel {
    private let listeners = EventListeners()
    private let carrier: any EventCarrier

    /// - Parameter makeCarrier: makes what carries, which calls `arrived` and `reportGap` of the channel it is given.
    public init(_ makeCarrier: (CarriedNews) -> any EventCarrier) {
        carrier = makeCarrier(CarriedNews(listeners: listeners))
    }

    public var isLive: Bool { carrier.isLive }

    public func publish(_ message: [UInt8], to topic: String) { carrier.carry(message, to: topic) }

    public func subscribe(
        to topic: String, _ receive: @escaping @Sendable (EventChannelNews) -> Void
    ) -> EventChannelSubscription {
        listeners.add(topic, receive)
    }
}

/// Where a carrier hands over what it has brought.
public struct CarriedNews: Sendable {
    fileprivate let listeners: EventListeners

    public func arrived(_ message: [UInt8], topic: String) { listeners.tell(topic, .message(message)) }

    /// Messages may have been lost.
    public func reportGap() { listeners.tellEverybody(.gap) }
}

/// Carries messages to all processes, this one included, in the order of each sender.
public protocol EventCarrier: Sendable {
    /// Whether what others send arrives at present. Does not block.
    var isLive: Bool { get }

    /// Sends a message; one that cannot be sent is lost. May block.
    func carry(_ message: [UInt8], to topic: String)
}
