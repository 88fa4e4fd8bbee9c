import Synchronization

/// Messages by Redis' publish and subscribe: to every process that uses the same server and prefix.
///
/// One connection, read by a thread of its own, brings what all listeners of this process want. It is tested with a ping
/// each second, so that a cut cable is noticed within two; after a cut it comes back by itself.
public final class RedisEventChannel: EventChannel {
    let links: RedisLinks
    private let listeners = EventListeners()
    private let reception: RedisReception

    /// Connects when the server can be reached; when not, goes on trying.
    ///
    /// - Parameter report: is told when the server goes away and when it is back; must not block.
    public convenience init(server: RedisServer, report: @escaping @Sendable (RedisAvailability) -> Void = { _ in }) {
        self.init(links: RedisLinks(to: server, report: report))
    }

    init(links: RedisLinks) {
        self.links = links
        let listeners = listeners
        reception = RedisReception(links: links) { event in
            switch event {
            case .message(let topic, let bytes): listeners.tell(topic, .message(bytes))
            case .gap: listeners.tellEverybody(.gap)
            }
        }
        reception.start()
    }

    deinit { reception.stop() }

    public var isLive: Bool { reception.isLive }

    /// Waits until messages arrive, at most for so long; says whether they do. Blocks.
    @discardableResult
    public func waitUntilLive(atMost duration: Duration) -> Bool { reception.waitUntilLive(atMost: duration) }

    public func publish(_ message: [UInt8], to topic: String) {
        _ = links.answer([Array("PUBLISH".utf8), Array(Self.channel(topic, of: links.server).utf8), message])
    }

    public func subscribe(
        to topic: String, _ receive: @escaping @Sendable (EventChannelNews) -> Void
    ) -> EventChannelSubscription {
        listeners.add(topic, receive)
    }

    static func channel(_ topic: String, of server: RedisServer) -> String { "\(server.prefix)events:\(topic)" }
}
