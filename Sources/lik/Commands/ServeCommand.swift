import ArgumentParser
import FaceCore
import FaceLibrary
import FaceServer
import FaceStore
import Foundation
import Logging
import ServiceLifecycle
import UnixSignals

/// `lik serve`: the web page, the API and the workers, in one process.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serves the web page and the API, and works on what is uploaded.",
        discussion: """
            Ctrl-C or SIGTERM ends it within 10 seconds and LIK_DRAIN: a photo in hand is finished or queued again, and the next start \
            goes on from there. Without a model pack uploads are taken and wait until one is installed.

            With PostgreSQL (DB_HOST) any number of servers and workers (lik work) may share one library. They need the same \
            LIK_DATA, on a disk that all of them see. What happens they tell each other by Redis (REDIS_ADDR), or without it \
            by PostgreSQL.
            """)

    @Flag(name: .customLong("no-work"), help: "Only serve; the photos are worked on by others (lik work).")
    var servesOnly = false

    @OptionGroup(title: "Server") var server: ServerFlags
    @OptionGroup(title: "Library") var library: LibraryFlags
    @OptionGroup(title: "Faces") var analysis: AnalysisFlags
    @OptionGroup(title: "Grouping") var grouping: GroupingFlags
    @OptionGroup(title: "Database and cache servers") var backends: BackendFlags

    func validate() throws {
        try checkingUsage {
            let wiring = try wiring()
            try wiring.checkServer()
            if servesOnly, try wiring.postgres() == nil { throw CommandError.needsPostgreSQL("--no-work") }
        }
    }

    func run() async throws {
        let wiring = try wiring()
        let logger = try wiring.logger()
        let folders = wiring.folders()
        try folders.create()
        // Before anything is recovered: what looks left over may be in work by a server that lives.
        let claim = try wiring.postgres() == nil ? try FolderClaim(folders) : nil
        defer { withExtendedLifetime(claim) {} }
        let store = try wiring.store(library)
        let (cache, channel) = try wiring.cache(logger: logger)
        let library = Library(
            store: store, folders: folders, cache: cache, channel: channel, decoder: try wiring.decoder(),
            options: try wiring.libraryOptions())
        let models = try wiring.models(store: store)
        let drafts = try Drafts(library: library, models: models, packs: try wiring.draftPacks(), logger: logger)
        let search = try wiring.peopleSearch(store: store)
        let registry = MetricsRegistry()
        let workers = TaskWorkers(
            library: library, models: models, options: try wiring.workerOptions(),
            observer: LibraryMetrics(registry), logger: logger)
        registry.observe(library)
        registry.observe(workers)
        registry.observeProcess(version: Version.current)
        let dispatcher = WebhookDispatcher(library: library, sender: try wiring.webhookSender(), logger: logger)
        let configuration = try wiring.serverConfiguration()
        let start = ServerStart(wiring: wiring, library: library, models: models, logger: logger)
        try start.recover(workers)
        start.tell(configuration)
        let server = buildServer(
            library: library, configuration: configuration, metrics: registry, logger: logger,
            models: models, search: search, drafts: drafts, probes: [Self.probe(models)]
        ) { port in
            logger.notice("Address: http://\(configuration.host):\(port)/")
        }
        let drain = try wiring.drain()
        let working: [any Service] = servesOnly ? [] : [workers]
        let indexing = search.map { PeopleIndexing(search: $0, models: models, logger: logger) }
        try await Self.run(
            working + (indexing.map { [$0] } ?? []) + [
                drafts, Eraser(library: library, logger: logger), dispatcher, library.events,
                EventCatchUp(library: library),
                AnswerCatchUp(library: library, logger: logger),
                server,
                ShutdownStart(library: library, workers: workers, drain: drain),
            ], logger: logger, drain: drain)
        try store.close()
        logger.notice("Stopped")
        // A thread that is still in a photo, which was given back, or waits for a webhook's receiver would meet the
        // libraries' own clearing up.
        if workers.hasAbandonedWork || dispatcher.hasAbandonedWork || indexing?.isAtWork == true { _exit(0) }
    }

    /// Services shut down one after the other, the last one first.
    static func run(_ services: [any Service], logger: Logger, drain: Duration = .zero) async throws {
        var configuration = ServiceGroupConfiguration(
            services: services.map { ServiceGroupConfiguration.ServiceConfiguration(service: $0) },
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = drain + .seconds(9)
        try await ServiceGroup(configuration: configuration).run()
    }

    private static func probe(_ models: AnalysisModels) -> HealthProbe {
        HealthProbe(part: "model pack", isVital: false) {
            try models.pack()
            if case .unavailable(let reason) = models.state { throw ModelsMissing(message: reason) }
        }
    }

    private func wiring() throws -> Wiring {
        let flags = [server.values, analysis.values, grouping.values, backends.values]
        return Wiring(settings: try Settings(flags: flags.reduce(into: [:]) { $0.merge($1) { first, _ in first } }))
    }
}

private struct ModelsMissing: UserFacingError {
    let message: String
}
