import FaceCore
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

@testable import FaceServer

/// A server with a few routes and the WebSocket endpoint, on a free port of the loopback interface.
struct LoopbackServer: Sendable {
    var feed = ScriptedFeed()
    var metrics = MetricsRegistry()
    var limits = WebSocketLimits()
    var http = HTTPConnectionLimits()
    var admits: @Sendable (HTTPRequest) -> Bool = { _ in true }
    var isLeaving: @Sendable () -> Bool = { false }

    struct Running: Sendable {
        let port: Int
        let group: ServiceGroup

        func shutDown() async { await group.triggerGracefulShutdown() }
    }

    /// Runs the server around `body`, and ends when it has shut down.
    /// - Returns: how long the shut-down took.
    @discardableResult
    func run(_ body: @escaping @Sendable (Running) async throws -> Void) async throws -> Duration {
        let (ports, announce) = AsyncStream<Int>.makeStream()
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let upgrade = WebSocketUpgrade(
            feed: feed, limits: limits, http: http, metrics: metrics, isLeaving: isLeaving, admits: admits)
        let application = Application(
            router: Self.router(), server: upgrade.server(),
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in announce.yield(channel.localAddress?.port ?? 0) },
            eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup.singleton), logger: logger)
        let group = ServiceGroup(configuration: .init(services: [application], logger: logger))
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            for await port in ports {
                try await body(Running(port: port, group: group))
                break
            }
            let began = ContinuousClock.now
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            return ContinuousClock.now - began
        }
    }

    private static func router() -> Router<BasicRequestContext> {
        let router = Router()
        router.get("/health") { _, _ in "ok" }
        router.get("/ws") { _, _ in HTTPResponse.Status.upgradeRequired }
        router.post("/count") { request, _ in
            var count = 0
            for try await chunk in request.body { count += chunk.readableBytes }
            return String(count)
        }
        router.get("/slow") { _, _ in
            try await Task.sleep(for: .seconds(60))
            return "late"
        }
        return router
    }
}
