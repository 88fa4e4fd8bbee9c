import Foundation
import Synchronization

/// The connections of this process to a PostgreSQL server: opened when needed, used by the thread that asks, which has to
/// be one that may block.
final class PostgresLinks: Sendable {
    let server: PostgresServer
    let statements = PostgresStatements()
    private let idle = Mutex<[PostgresLink]>([])
    private let places: DispatchSemaphore
    private let isClosed = Atomic(false)
    /// How far the server's clock is ahead, in microseconds, as the last connection found it.
    private let clockOffset = Atomic<Int64>(0)

    /// How long a server that is away, or a free connection, is waited for.
    static let patience = Duration.seconds(10)

    init(to server: PostgresServer) {
        self.server = server
        places = DispatchSemaphore(value: server.connections)
    }

    /// The server's time.
    var now: Date {
        Date().addingTimeInterval(Double(clockOffset.load(ordering: .relaxed)) / 1_000_000)
    }

    /// Lends a connection on which `opening` has been run. A connection that turns out to be lost then is replaced, and a
    /// server that is away is waited for: it may be starting again.
    ///
    /// - Throws: `FaceStoreError.closed`, `.locked` when no connection becomes free, `PostgresError`, and what the body
    ///   throws.
    func lend<Value>(opening: String, _ body: (PostgresLink) throws -> Value) throws -> Value {
        let (seconds, _) = Self.patience.components
        guard places.wait(timeout: .now() + .seconds(Int(seconds))) == .success else { throw FaceStoreError.locked }
        defer { places.signal() }
        let link = try opened(opening)
        defer {
            if link.isUsable, !link.isInTransaction, !isClosed.load(ordering: .acquiring) {
                idle.withLock { $0.append(link) }
            }
        }
        return try body(link)
    }

    private func opened(_ opening: String) throws -> PostgresLink {
        let deadline = ContinuousClock.now + Self.patience
        var pause = Duration.milliseconds(50)
        while true {
            guard !isClosed.load(ordering: .acquiring) else { throw FaceStoreError.closed }
            do {
                let link = try idle.withLock({ $0.popLast() }) ?? connect()
                if !opening.isEmpty { try link.run(opening) }
                return link
            } catch let error as PostgresError where error.isPassing && ContinuousClock.now + pause < deadline {
                // Left over from before the server went away, as likely as not: so are the others.
                let hadOthers = idle.withLock { links in
                    defer { links = [] }
                    return !links.isEmpty
                }
                if hadOthers { continue }
                Thread.sleep(forTimeInterval: pause / .seconds(1))
                pause = min(pause * 2, .seconds(1))
            }
        }
    }

    private func connect() throws -> PostgresLink {
        let link = try PostgresLink(to: server)
        clockOffset.store(Int64(link.clockOffset / .microseconds(1)), ordering: .relaxed)
        return link
    }

    /// Closes connections that nobody uses, now, and the others when they are given back.
    func close() {
        isClosed.store(true, ordering: .releasing)
        idle.withLock { $0 = [] }
    }
}
