import Foundation
import NIOCore
import NIOPosix
import Synchronization

/// A server that gives the same bytes to every request, and remembers what it was sent.
final class CannedServer: Sendable {
    private let channel: any Channel
    private let seen: Seen

    /// - Parameter answer: what is sent for each request; nil: nothing ever.
    init(_ answer: String?) throws {
        let seen = Seen()
        self.seen = seen
        channel = try ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                seen.connect()
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Reader(seen: seen, answer: answer))
                }
            }
            .bind(host: "127.0.0.1", port: 0).wait()
    }

    deinit {
        channel.close(promise: nil)
    }

    var port: Int { channel.localAddress!.port! }
    var url: String { "http://127.0.0.1:\(port)" }
    /// Requests as they came, head and body.
    var requests: [String] { seen.requests.withLock { $0 } }
    var connections: Int { seen.connections.withLock { $0 } }

    /// Behind locks: connections live on event loops, and a test asks from its own thread.
    private final class Seen: Sendable {
        let requests = Mutex<[String]>([])
        let connections = Mutex(0)

        func connect() {
            connections.withLock { $0 += 1 }
        }
    }

    private final class Reader: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let seen: Seen
        private let answer: String?
        private var text = ""

        init(seen: Seen, answer: String?) {
            self.seen = seen
            self.answer = answer
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            text += String(buffer: unwrapInboundIn(data))
            guard let end = text.range(of: "\r\n\r\n") else { return }
            let length =
                text[..<end.lowerBound].split(separator: "\r\n")
                .first { $0.lowercased().hasPrefix("content-length:") }
                .flatMap { Int($0.split(separator: " ").last ?? "") } ?? 0
            guard text[end.upperBound...].utf8.count >= length else { return }
            seen.requests.withLock { $0.append(text) }
            text = ""
            guard let answer else { return }
            context.writeAndFlush(NIOAny(ByteBuffer(string: answer)), promise: nil)
        }
    }
}
