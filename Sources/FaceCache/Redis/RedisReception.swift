import Dispatch
import Foundation
import Synchronization

/// The thread that receives what is published under a server's prefix.
final class RedisReception: Sendable {
    enum Event {
        case message(topic: String, [UInt8])
        /// It receives again after it did not.
        case gap
    }

    private enum Phase { case notYet, live, cut }

    private let links: RedisLinks
    private let receive: @Sendable (Event) -> Void
    private let phase = Mutex(Phase.notYet)
    private let isStopped = Atomic<Bool>(false)
    private let firstLife = DispatchSemaphore(value: 0)

    init(links: RedisLinks, receive: @escaping @Sendable (Event) -> Void) {
        self.links = links
        self.receive = receive
    }

    var isLive: Bool { phase.withLock { $0 == .live } }

    func waitUntilLive(atMost duration: Duration) -> Bool {
        guard firstLife.wait(timeout: .now() + duration.interval) == .success else { return false }
        firstLife.signal()
        return isLive
    }

    func start() {
        let thread = Thread { [self] in
            while !isStopped.load(ordering: .acquiring) {
                try? listen()
                pauseUntilThere()
            }
        }
        thread.name = "redis"
        thread.start()
    }

    /// The thread ends soon.
    func stop() { isStopped.store(true, ordering: .releasing) }

    private static let tick = Duration.milliseconds(250)
    /// An idle connection is tested that often, and counts as cut when the answer takes as long.
    private static let pingEvery = Duration.seconds(1)

    /// Receives until the connection is lost.
    private func listen() throws(RedisError) {
        let link = try RedisLink(to: links.server)
        let all = RedisEventChannel.channel("*", of: links.server)
        try link.send([Array("PSUBSCRIBE".utf8), Array(all.utf8)])
        defer {
            phase.withLock { if $0 == .live { $0 = .cut } }
        }
        var heard = ContinuousClock.now
        var hasPinged = false
        while !isStopped.load(ordering: .acquiring) {
            let reply = try link.next(atMost: Self.tick)
            let now = ContinuousClock.now
            if let reply {
                (heard, hasPinged) = (now, false)
                try take(reply)
            } else if now - heard > Self.pingEvery * 2 {
                throw .unreachable("it does not answer")
            } else if now - heard > Self.pingEvery, !hasPinged {
                try link.send([Array("PING".utf8)])
                hasPinged = true
            }
        }
    }

    private func take(_ reply: RedisReply) throws(RedisError) {
        if case .error(let message) = reply { throw .refused(message) }
        guard case .array(let parts) = reply, let kind = parts.first?.asBytes else { return }
        switch String(decoding: kind, as: UTF8.self) {
        case "psubscribe":
            let isReturn = phase.withLock { phase in
                defer { phase = .live }
                return phase == .cut
            }
            if isReturn { receive(.gap) } else { firstLife.signal() }
        case "pmessage" where parts.count == 4:
            guard let channel = parts[2].asBytes, let message = parts[3].asBytes else { return }
            let prefix = RedisEventChannel.channel("", of: links.server)
            let topic = String(decoding: channel, as: UTF8.self).dropFirst(prefix.count)
            receive(.message(topic: String(topic), message))
        default: break
        }
    }

    /// The pool says when the server goes and comes; asking it until it answers also ends the pool's own outage, whether
    /// anybody calls or not.
    private func pauseUntilThere() {
        var failures = 0
        while !isStopped.load(ordering: .acquiring), links.answer([Array("PING".utf8)]) == nil {
            failures += 1
            var left = RedisLinks.pause(after: failures)
            while left > .zero, !isStopped.load(ordering: .acquiring) {
                Thread.sleep(forTimeInterval: min(left, Self.tick) / .seconds(1))
                left -= Self.tick
            }
        }
    }
}
