public import FaceLibrary
public import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
import ServiceLifecycle

// All of the server's wiring: which routes there are, what stands around them, and what each of them is given.

/// The server of a library, as a service that runs until it is told to shut down.
///
/// - Parameters:
///   - configuration: its limits of uploads should be those of the library.
///   - probes: the parts that `/health` and `/health/ready` ask; the database is added.
///   - onListening: is told the port once connections are taken.
public func buildServer(
    library: Library, configuration: ServerConfiguration, metrics: MetricsRegistry, logger: Logger,
    probes: [HealthProbe] = [], page: PageFiles = .compiledIn,
    onListening: @escaping @Sendable (Int) async -> Void = { _ in }
) -> some ApplicationProtocol {
    let calls = BlockingCalls(threads: 8, capacity: 4096)
    let drawing = BlockingCalls(threads: 4, capacity: 4096)
    let policy = AccessPolicy(configuration)
    let frame = buildFrame(
        library: library, configuration: configuration, policy: policy, metrics: metrics, logger: logger,
        probes: probes, page: page, calls: calls, drawing: drawing)
    let limits = configuration.limits
    var connection = HTTPConnectionLimits()
    connection.headerBytes = limits.bytesPerHeader
    connection.idleTimeout = limits.idleTimeout
    let feed = LibraryFeed(library: library, calls: calls, language: configuration.language)
    let upgrade = WebSocketUpgrade(feed: feed, http: connection, metrics: metrics) { policy.allows($0) }
    return Application(
        responder: frame, server: upgrade.server(answering: frame.answer),
        configuration: ApplicationConfiguration(
            address: .hostname(configuration.host, port: configuration.port), backlog: 1024,
            availableConnectionsDelegate: MaximumAvailableConnections(limits.connections)),
        services: [calls, drawing],
        onServerRunning: { channel in await onListening(channel.localAddress?.port ?? configuration.port) },
        logger: logger)
}

func buildFrame(
    library: Library, configuration: ServerConfiguration, policy: AccessPolicy, metrics: MetricsRegistry,
    logger: Logger, probes: [HealthProbe], page: PageFiles, calls: BlockingCalls, drawing: BlockingCalls
) -> RequestFrame {
    let delay = FailureDelay()
    let limits = configuration.limits
    let openPaths = Set(page.files.filter(\.isOpen).map(\.path) + ["/login", "/logout"])
    let router = Router(context: ServerRequestContext.self)
    let answers = CachedAnswers(library: library, calls: calls)
    let database = HealthProbe(part: "database", isVital: true) { _ = try library.queueLength() }
    TaskRoutes(
        library: library, calls: calls, answers: answers,
        reception: UploadReception(library: library, calls: calls, limits: limits, metrics: metrics), metrics: metrics
    ).add(to: router)
    PersonRoutes(library: library, calls: calls, answers: answers, bodyLimit: limits.bytesPerBody).add(to: router)
    PhotoRoutes(library: library, calls: calls, answers: answers).add(to: router)
    StatsRoutes(answers: answers).add(to: router)
    PictureRoutes(library: library, calls: calls, drawing: drawing, widthLimit: limits.pictureWidth).add(to: router)
    HealthRoutes(
        library: library, calls: calls, probes: [database] + probes, metrics: metrics, version: configuration.version
    ).add(to: router)
    SessionRoutes(
        policy: policy, delay: delay, metrics: metrics, form: page.file(at: "/login"), bodyLimit: limits.bytesPerBody
    ).add(to: router)
    PageRoutes(files: page).add(to: router)
    return RequestFrame(
        routes: router.buildResponder(), language: configuration.language,
        gate: AccessGate(policy: policy, delay: delay, isOpen: { openPaths.contains($0) }),
        encoding: GzipEncoding(calls: calls), meter: RequestMetrics(metrics),
        accessLog: configuration.accessLog ? AccessLog(logger: logger) : nil, logger: logger)
}
