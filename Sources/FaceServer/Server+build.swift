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
///   - search: by which people are searched in the database; nil searches in memory.
///   - drafts: re-clusterings, for their routes; nil refuses them.
///   - probes: the parts that `/health` and `/health/ready` ask; the database is added.
///   - onListening: is told the port once connections are taken.
public func buildServer(
    library: Library, configuration: ServerConfiguration, metrics: MetricsRegistry, logger: Logger,
    models: AnalysisModels? = nil, search: DatabasePeopleSearch? = nil, drafts: Drafts? = nil,
    probes: [HealthProbe] = [], page: PageFiles = .compiledIn,
    onListening: @escaping @Sendable (Int) async -> Void = { _ in }
) -> some ApplicationProtocol {
    if let problem = page.problem { logger.error("The page is served in many files: \(problem)") }
    let calls = BlockingCalls(threads: 8, capacity: 4096)
    let drawing = BlockingCalls(threads: 4, capacity: 4096)
    let analysis = BlockingCalls(threads: max(ProcessInfo.processInfo.activeProcessorCount, 2), capacity: 256)
    let ring = KeyRing()
    // Should the database be away, nobody is let in until it is back.
    do throws(LibraryError) { try ring.refresh(from: library) } catch { ring.fail(error) }
    let policy = AccessPolicy(configuration, ring: ring)
    let delay = FailureDelay()
    let atHand = AnswersAtHand(library.answers)
    let routes = buildRoutes(
        library: library, atHand: atHand, configuration: configuration, policy: policy, delay: delay, metrics: metrics,
        models: models, search: search,
        drafts: drafts, health: probes, page: page, calls: calls, drawing: drawing, analysis: analysis)
    let pages = Set(page.files.map(\.path) + ["/logout"])
    let openPaths = Set(page.files.filter(\.isOpen).map(\.path) + ["/login", "/logout"])
    let gate = AccessGate(
        policy: policy, delay: delay, trail: library.trail, isOpen: { openPaths.contains($0) },
        isPage: { pages.contains($0) })
    let frame = RequestFrame(
        routes: routes.router.buildResponder(), atHand: atHand, language: configuration.language, gate: gate,
        encoding: GzipEncoding(calls: calls), meter: RequestMetrics(metrics),
        accessLog: configuration.accessLog ? AccessLog(logger: logger) : nil, logger: logger)
    let limits = configuration.limits
    var connection = HTTPConnectionLimits()
    connection.headerBytes = limits.bytesPerHeader
    connection.idleTimeout = limits.idleTimeout
    let feed = LibraryFeed(library: library, calls: calls, language: configuration.language)
    let upgrade = WebSocketUpgrade(
        feed: feed, http: connection, metrics: metrics, isLeaving: { library.isLeaving },
        admits: { gate.admitsWatcher($0) }, watchKey: { policy.watchKey(of: $0, $1) },
        onUpgrade: { gate.noteWatcher($0, from: $1) })
    return Application(
        responder: frame, server: upgrade.server(answering: frame.answer, atHand: frame.answerAtHand),
        configuration: ApplicationConfiguration(
            address: .hostname(configuration.host, port: configuration.port), backlog: 1024,
            availableConnectionsDelegate: MaximumAvailableConnections(limits.connections)),
        services: [calls, drawing, analysis, KeyKeeper(library: library, ring: ring, calls: calls, logger: logger)],
        onServerRunning: { channel in await onListening(channel.localAddress?.port ?? configuration.port) },
        logger: logger)
}

/// Every route, each with what its sender's key has to be for.
func buildRoutes(
    library: Library, atHand: AnswersAtHand, configuration: ServerConfiguration, policy: AccessPolicy,
    delay: FailureDelay, metrics: MetricsRegistry, models: AnalysisModels?, search: DatabasePeopleSearch? = nil,
    drafts: Drafts?, health: [HealthProbe],
    page: PageFiles,
    calls: BlockingCalls, drawing: BlockingCalls, analysis: BlockingCalls
) -> RouteTable {
    let limits = configuration.limits
    let routes = RouteTable()
    let answers = CachedAnswers(library: library, calls: calls, atHand: atHand)
    let database = HealthProbe(part: "database", isVital: true) { _ = try library.queueLength() }
    TaskRoutes(
        library: library, calls: calls, answers: answers,
        reception: UploadReception(library: library, calls: calls, limits: limits, metrics: metrics), metrics: metrics
    ).add(to: routes)
    let edits = EditAnswers(library: library, calls: calls, bodyLimit: limits.bytesPerBody)
    PersonRoutes(library: library, calls: calls, answers: answers, edits: edits).add(to: routes)
    FaceRoutes(
        library: library, edits: edits, calls: calls, drawing: models.map { FaceDrawing(library: library, models: $0) }
    ).add(to: routes)
    JournalRoutes(
        library: library, calls: calls, answers: answers, drafts: drafts, bodyLimit: limits.bytesPerBody
    ).add(to: routes)
    SuggestionRoutes(
        library: library, suggestions: models.map { Suggestions(library: library, models: $0) }, edits: edits,
        calls: calls
    ).add(to: routes)
    DraftRoutes(library: library, drafts: drafts, edits: edits, calls: calls).add(to: routes)
    let recognition = models.map { Recognition(library: library, models: $0, search: search) }
    let probes = ProbeReception(limit: limits.bytesPerProbe, total: limits.bytesOfProbes, calls: calls)
    RecognitionRoutes(library: library, recognition: recognition, analysis: analysis, reception: probes).add(to: routes)
    CollectionRoutes(
        library: library, recognition: recognition, calls: calls, analysis: analysis, reception: probes,
        bodyLimit: limits.bytesPerBody
    ).add(to: routes)
    AttendanceRoutes(
        library: library, recognition: recognition, calls: calls, analysis: analysis, reception: probes
    ).add(to: routes)
    WebhookRoutes(library: library, calls: calls, bodyLimit: limits.bytesPerBody).add(to: routes)
    let subjects = CompreFaceSubjects(library: library)
    CompreFaceRoutes(subjects: subjects, recognition: recognition, analysis: analysis, reception: probes)
        .add(to: routes)
    CompreFaceSubjectRoutes(
        subjects: subjects, recognition: recognition, calls: calls, analysis: analysis, reception: probes,
        bodyLimit: limits.bytesPerBody
    ).add(to: routes)
    ConfigRoutes(
        configuration: configuration, eraseAfter: library.options.eraseAfter, models: models, calls: calls
    ).add(to: routes)
    PhotoRoutes(library: library, calls: calls, answers: answers).add(to: routes)
    ExportRoutes(library: library, calls: calls).add(to: routes)
    StatsRoutes(answers: answers).add(to: routes)
    PictureRoutes(library: library, calls: calls, drawing: drawing, widthLimit: limits.pictureWidth).add(to: routes)
    HealthRoutes(
        library: library, calls: calls, probes: [database] + health, metrics: metrics, version: configuration.version
    ).add(to: routes)
    SessionRoutes(
        policy: policy, delay: delay, metrics: metrics, form: page.file(at: "/login"), bodyLimit: limits.bytesPerBody
    ).add(to: routes)
    PageRoutes(files: page).add(to: routes)
    KeyRoutes(library: library, policy: policy, calls: calls, bodyLimit: limits.bytesPerBody).add(to: routes)
    return routes
}
