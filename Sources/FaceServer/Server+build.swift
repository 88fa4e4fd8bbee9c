public import FaceLibrary
import Foundation
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
///   - models: for what needs them at once, such as faces drawn by hand; nil refuses that.
///   - drafts: re-clusterings, for their routes; nil refuses them.
///   - probes: the parts that `/health` and `/health/ready` ask; the database is added.
///   - onListening: is told the port once connections are taken.
public func buildServer(
    library: Library, configuration: ServerConfiguration, metrics: MetricsRegistry, logger: Logger,
    models: AnalysisModels? = nil, drafts: Drafts? = nil, probes: [HealthProbe] = [], page: PageFiles = .compiledIn,
    onListening: @escaping @Sendable (Int) async -> Void = { _ in }
) -> some ApplicationProtocol {
    if let problem = page.problem { logger.error("The page is served in many files: \(problem)") }
    let calls = BlockingCalls(threads: 8, capacity: 4096)
    let drawing = BlockingCalls(threads: 4, capacity: 4096)
    let analysis = BlockingCalls(threads: max(ProcessInfo.processInfo.activeProcessorCount, 2), capacity: 256)
    let policy = AccessPolicy(configuration)
    let frame = buildFrame(
        library: library, configuration: configuration, policy: policy, metrics: metrics, logger: logger,
        models: models, drafts: drafts, probes: probes, page: page, calls: calls, drawing: drawing,
        analysis: analysis)
    let limits = configuration.limits
    var connection = HTTPConnectionLimits()
    connection.headerBytes = limits.bytesPerHeader
    connection.idleTimeout = limits.idleTimeout
    let feed = LibraryFeed(library: library, calls: calls, language: configuration.language)
    let upgrade = WebSocketUpgrade(feed: feed, http: connection, metrics: metrics) {
        library.isLeaving
    } admits: {
        policy.allows($0)
    }
    return Application(
        responder: frame, server: upgrade.server(answering: frame.answer, atHand: frame.answerAtHand),
        configuration: ApplicationConfiguration(
            address: .hostname(configuration.host, port: configuration.port), backlog: 1024,
            availableConnectionsDelegate: MaximumAvailableConnections(limits.connections)),
        services: [calls, drawing, analysis],
        onServerRunning: { channel in await onListening(channel.localAddress?.port ?? configuration.port) },
        logger: logger)
}

func buildFrame(
    library: Library, configuration: ServerConfiguration, policy: AccessPolicy, metrics: MetricsRegistry,
    logger: Logger, models: AnalysisModels?, drafts: Drafts?, probes: [HealthProbe], page: PageFiles,
    calls: BlockingCalls, drawing: BlockingCalls, analysis: BlockingCalls
) -> RequestFrame {
    let delay = FailureDelay()
    let limits = configuration.limits
    let openPaths = Set(page.files.filter(\.isOpen).map(\.path) + ["/login", "/logout"])
    let router = Router(context: ServerRequestContext.self)
    let atHand = AnswersAtHand(library.answers)
    let answers = CachedAnswers(library: library, calls: calls, atHand: atHand)
    let database = HealthProbe(part: "database", isVital: true) { _ = try library.queueLength() }
    TaskRoutes(
        library: library, calls: calls, answers: answers,
        reception: UploadReception(library: library, calls: calls, limits: limits, metrics: metrics), metrics: metrics
    ).add(to: router)
    let edits = EditAnswers(library: library, calls: calls, bodyLimit: limits.bytesPerBody)
    PersonRoutes(library: library, calls: calls, answers: answers, edits: edits).add(to: router)
    FaceRoutes(
        library: library, edits: edits, calls: calls, drawing: models.map { FaceDrawing(library: library, models: $0) }
    ).add(to: router)
    JournalRoutes(
        library: library, calls: calls, answers: answers, drafts: drafts, bodyLimit: limits.bytesPerBody
    ).add(to: router)
    SuggestionRoutes(
        library: library, suggestions: models.map { Suggestions(library: library, models: $0) }, edits: edits,
        calls: calls
    ).add(to: router)
    DraftRoutes(library: library, drafts: drafts, edits: edits, calls: calls).add(to: router)
    RecognitionRoutes(
        library: library, recognition: models.map { Recognition(library: library, models: $0) }, analysis: analysis,
        reception: ProbeReception(limit: limits.bytesPerProbe, total: limits.bytesOfProbes)
    ).add(to: router)
    ConfigRoutes(
        configuration: configuration, eraseAfter: library.options.eraseAfter, models: models, calls: calls
    ).add(to: router)
    PhotoRoutes(library: library, calls: calls, answers: answers).add(to: router)
    ExportRoutes(library: library, calls: calls).add(to: router)
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
        routes: router.buildResponder(), atHand: atHand, language: configuration.language,
        gate: AccessGate(policy: policy, delay: delay, isOpen: { openPaths.contains($0) }),
        encoding: GzipEncoding(calls: calls), meter: RequestMetrics(metrics),
        accessLog: configuration.accessLog ? AccessLog(logger: logger) : nil, logger: logger)
}
