import ArgumentParser
import FaceLibrary
import FaceServer
import FaceStore
import Foundation
import Logging
import ServiceLifecycle

/// `lik work`: workers without a server, for a library that several processes share.
struct WorkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "work", abstract: "Works on what was uploaded to other servers, and serves nothing.",
        discussion: """
            Needs the PostgreSQL (DB_HOST) and the LIK_DATA of the servers. Ctrl-C or SIGTERM ends it within 10 seconds; \
            what it had in hand others take up, at the latest 30 seconds after it was killed.
            """)

    @OptionGroup(title: "Workers") var worker: WorkerFlags
    @OptionGroup(title: "Faces") var analysis: AnalysisFlags
    @OptionGroup(title: "Grouping") var grouping: GroupingFlags
    @OptionGroup(title: "Database and cache servers") var backends: BackendFlags

    func validate() throws {
        try checkingUsage {
            let wiring = try wiring()
            try wiring.checkServer()
            if try wiring.postgres() == nil { throw CommandError.needsPostgreSQL("lik work") }
        }
    }

    func run() async throws {
        let wiring = try wiring()
        let logger = try wiring.logger()
        let folders = wiring.folders()
        try folders.create()
        let store = try wiring.store()
        let (cache, channel) = try wiring.cache(logger: logger)
        let library = Library(
            store: store, folders: folders, cache: cache, channel: channel, decoder: try wiring.decoder(),
            options: try wiring.libraryOptions())
        let models = try wiring.models(store: store)
        let options = try wiring.workerOptions()
        let workers = TaskWorkers(library: library, models: models, options: options, logger: logger)
        let start = ServerStart(wiring: wiring, library: library, models: models, logger: logger)
        start.tellParts()
        logger.notice("Works on \(options.threads) photos at a time as \(options.name)")
        try await ServeCommand.run(
            [
                workers, Eraser(library: library, logger: logger), library.events,
                ShutdownStart(library: library, workers: workers),
            ], logger: logger)
        try store.close()
        logger.notice("Stopped")
        // A thread that is still in a photo, which was given back, would meet the libraries' own clearing up.
        if workers.hasAbandonedWork { _exit(0) }
    }

    private func wiring() throws -> Wiring {
        let flags = [worker.values, analysis.values, grouping.values, backends.values]
        return Wiring(settings: try Settings(flags: flags.reduce(into: [:]) { $0.merge($1) { first, _ in first } }))
    }
}

/// Flags of workers, one for each of their settings.
struct WorkerFlags: ParsableArguments {
    @Option(help: "Folder of everything Lik keeps (LIK_DATA).")
    var data: String?

    @Option(help: "Photos in work at once (LIK_JOBS; one a core).")
    var jobs: String?

    @Option(help: "Photos with more pixels are refused (LIK_MAX_PIXELS; 100000000).")
    var maxPixels: String?

    @Option(help: "text or json (LIK_LOG_FORMAT; text).")
    var logFormat: String?

    @Option(help: "trace, debug, info, notice, warning or error (LIK_LOG_LEVEL; info).")
    var logLevel: String?

    var values: [String: String] {
        let given: [(Setting, String?)] = [
            (.data, data), (.jobs, jobs), (.maxPixels, maxPixels), (.logFormat, logFormat), (.logLevel, logLevel),
        ]
        return Dictionary(uniqueKeysWithValues: given.compactMap { setting, value in value.map { (setting.name, $0) } })
    }
}
