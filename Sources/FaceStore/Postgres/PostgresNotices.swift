public import Foundation
import Synchronization

/// Messages between the processes that use one library in PostgreSQL, by its LISTEN and NOTIFY: to everybody who listens at
/// that moment, the sender included. Nothing is kept for those who come later.
///
/// One connection, read by a thread of its own, brings them. It is tested each second; after a cut it comes back by itself.
public final class PostgresNotices: Sendable {
    public enum News: Sendable, Hashable {
        case message(topic: String, [UInt8])
        /// It receives again after it did not: messages may have been lost in between.
        case gap
    }

    private enum Phase { case notYet, live, cut }

    private struct State {
        var phase = Phase.notYet
        /// When the server was last heard of.
        var heard = ContinuousClock.now
    }

    private let server: PostgresServer
    private let links: PostgresLinks
    private let receive: @Sendable (News) -> Void
    private let state = Mutex(State())
    private let isStopped = Atomic(false)
    private let firstLife = DispatchSemaphore(value: 0)

    /// How long nothing may be heard before others' messages count as missing.
    private static let silence = Duration.milliseconds(2500)
    private static let testEvery = Duration.seconds(1)
    private static let pause = 0.5
    /// PostgreSQL takes payloads of less than 8000 bytes; this many bytes become 7600 characters.
    private static let part = 5700

    /// Begins to listen.
    ///
    /// - Parameter receive: is called by one thread at a time and must not block.
    public init(on server: PostgresServer, receive: @escaping @Sendable (News) -> Void) {
        self.server = server
        var sending = server
        sending.connections = 2
        links = PostgresLinks(to: sending)
        self.receive = receive
    }

    /// Starts the thread that listens.
    public func start() {
        let thread = Thread { [self] in
            while !isStopped.load(ordering: .acquiring) {
                try? listen()
                guard !isStopped.load(ordering: .acquiring) else { return }
                Thread.sleep(forTimeInterval: Self.pause)
            }
        }
        thread.name = "notices"
        thread.start()
    }

    /// Ends it; the thread ends soon.
    public func stop() {
        isStopped.store(true, ordering: .releasing)
        links.close()
    }

    /// Whether what others send arrives at present. Does not block.
    public var isLive: Bool {
        state.withLock { $0.phase == .live && ContinuousClock.now - $0.heard < Self.silence }
    }

    /// Waits until messages arrive, at most for so long; says whether they do. Blocks.
    @discardableResult
    public func waitUntilLive(atMost seconds: Double) -> Bool {
        guard firstLife.wait(timeout: .now() + seconds) == .success else { return false }
        firstLife.signal()
        return isLive
    }

    /// Sends a message. Blocks until the server has it; one that it cannot be given is lost.
    public func send(_ message: [UInt8], to topic: String) {
        let starts = Array(stride(from: 0, to: max(message.count, 1), by: Self.part))
        let parts = starts.enumerated().map { index, start in
            let end = min(start + Self.part, message.count)
            let isLast = index == starts.count - 1
            return PostgresNotice(
                number: index, isLast: isLast, topic: topic, bytes: Array(message[start..<end]))
        }
        try? links.lend(opening: Self.sending) { link in
            do {
                for part in parts {
                    let values = [StatementValue.text(Self.channel(of: server)), .text(part.payload)]
                    _ = try link.rows("SELECT pg_notify($1, $2)", values, isKept: true)
                }
                try link.run("COMMIT")
            } catch {
                try? link.run("ROLLBACK")
                throw error
            }
        }
    }

    /// In one transaction, so that the parts arrive one after the other. The disk is not waited for: a message is for those who
    /// listen now, and whoever sends it may hold others up.
    static let sending = "BEGIN; SET LOCAL synchronous_commit = off"

    private static func channel(of server: PostgresServer) -> String { server.schema + "_events" }

    /// Receives until the connection is lost.
    private func listen() throws {
        let link = try PostgresLink(to: server)
        // Saying it again changes nothing.
        let wish = "LISTEN \"\(Self.channel(of: server))\""
        try link.run(wish)
        // Before anybody goes by what is kept here: what was said meanwhile has not come.
        let isReturn = state.withLock { $0.phase == .cut }
        if isReturn { receive(.gap) }
        state.withLock { $0 = State(phase: .live) }
        defer { state.withLock { $0.phase = .cut } }
        if !isReturn { firstLife.signal() }
        var parts: [UInt8] = []
        while !isStopped.load(ordering: .acquiring) {
            let payloads = try link.notices(atMost: Self.testEvery)
            // An answer says that the server is there, and that nothing was sent that has not come.
            if payloads.isEmpty { try link.run(wish) }
            state.withLock { $0.heard = .now }
            for payload in payloads {
                guard let notice = PostgresNotice(payload) else { continue }
                parts = notice.number == 0 ? notice.bytes : parts + notice.bytes
                if notice.isLast { receive(.message(topic: notice.topic, parts)) }
            }
        }
    }
}

/// A part of a message as it is sent: its number, whether it is the last one, the topic, and the bytes in base64.
struct PostgresNotice: Equatable {
    var number: Int
    var isLast: Bool
    var topic: String
    var bytes: [UInt8]

    var payload: String { "\(number) \(isLast ? "." : "+") \(topic) \(Data(bytes).base64EncodedString())" }

    init(number: Int, isLast: Bool, topic: String, bytes: [UInt8]) {
        self.number = number
        self.isLast = isLast
        self.topic = topic
        self.bytes = bytes
    }

    /// Nil for what somebody else has sent.
    init?(_ payload: String) {
        let words = payload.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 4, let number = Int(words[0]), words[1] == "." || words[1] == "+",
            let data = Data(base64Encoded: String(words[3]))
        else { return nil }
        self.init(number: number, isLast: words[1] == ".", topic: String(words[2]), bytes: [UInt8](data))
    }
}
