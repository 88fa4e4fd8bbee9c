import FaceCache
import Synchronization
import Testing

/// A kind of channel that is to keep the contract; `make` gives as many ends of a new one as are asked for.
struct EventChannelKind: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let make: @Sendable (Int) throws -> [any EventChannel]

    static let all =
        [
            EventChannelKind(testDescription: "memory") { count in
                let channel = MemoryEventChannel()
                return [any EventChannel](repeating: channel, count: count)
            }
        ] + (ThrowawayRedis.isInstalled ? [redis] : [])

    private static let redis = EventChannelKind(testDescription: "Redis") { count in
        let server = try #require(ThrowawayRedis.shared).server()
        return try (0..<count).map { _ in
            let channel = RedisEventChannel(server: server)
            try #require(channel.waitUntilLive(atMost: .seconds(10)))
            return channel
        }
    }
}

/// What a listener heard.
private final class Heard: Sendable {
    private let messages = Mutex<[[UInt8]]>([])

    var all: [[UInt8]] { messages.withLock { $0 } }

    @Sendable func take(_ news: EventChannelNews) {
        if case .message(let bytes) = news { messages.withLock { $0.append(bytes) } }
    }
}

/// What holds for every channel, whatever is behind it.
@Suite struct EventChannelContract {
    @Test(arguments: EventChannelKind.all)
    func `A message reaches everybody who listens to its topic, the sender too`(kind: EventChannelKind) async throws {
        let ends = try kind.make(2)
        let (mine, yours, deaf) = (Heard(), Heard(), Heard())
        let subscriptions = [
            ends[0].subscribe(to: "a", mine.take), ends[1].subscribe(to: "a", yours.take),
            ends[1].subscribe(to: "b", deaf.take),
        ]
        ends[0].publish([0, 13, 10, 255], to: "a")
        #expect(await eventually { mine.all == [[0, 13, 10, 255]] && yours.all == [[0, 13, 10, 255]] })
        #expect(deaf.all.isEmpty)
        withExtendedLifetime(subscriptions) {}
    }

    @Test(arguments: EventChannelKind.all)
    func `The messages of a sender come in their order, and all of them`(kind: EventChannelKind) async throws {
        let ends = try kind.make(2)
        let heard = Heard()
        let subscription = ends[1].subscribe(to: "a", heard.take)
        let sent = (0..<500).map { [UInt8($0 % 256), UInt8($0 / 256)] }
        for message in sent { ends[0].publish(message, to: "a") }
        #expect(await eventually { heard.all.count == sent.count })
        #expect(heard.all == sent)
        withExtendedLifetime(subscription) {}
    }

    @Test(arguments: EventChannelKind.all)
    func `Who has cancelled, or let go, hears nothing more`(kind: EventChannelKind) async throws {
        let ends = try kind.make(1)
        let (cancelled, dropped, listening) = (Heard(), Heard(), Heard())
        let first = ends[0].subscribe(to: "a", cancelled.take)
        _ = ends[0].subscribe(to: "a", dropped.take)
        let last = ends[0].subscribe(to: "a", listening.take)
        first.cancel()
        first.cancel()
        ends[0].publish([1], to: "a")
        #expect(await eventually { listening.all == [[1]] })
        #expect(cancelled.all.isEmpty && dropped.all.isEmpty)
        withExtendedLifetime(last) {}
    }

    @Test(arguments: EventChannelKind.all)
    func `An empty message is one, and so is a long one`(kind: EventChannelKind) async throws {
        let ends = try kind.make(1)
        let heard = Heard()
        let subscription = ends[0].subscribe(to: "a", heard.take)
        let long = [UInt8](repeating: 7, count: 300_000)
        ends[0].publish([], to: "a")
        ends[0].publish(long, to: "a")
        #expect(await eventually { heard.all == [[], long] })
        withExtendedLifetime(subscription) {}
    }
}
