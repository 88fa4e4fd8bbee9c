import FaceAnalysis
import FaceCache
import FaceCore
import FaceLibrary
import FaceServer
import FaceStore
import Foundation
import Imaging
import Inference
import Logging

/// Whether something may go to addresses of private networks.
private enum PrivateAddresses: String, CaseIterable {
    case allow, refuse
}

/// What a server is made of.
extension Wiring {
    /// Reads every setting of the server once, so that a bad one is found before anything is started.
    ///
    /// - Throws: `SettingsError`, `CommandError`.
    func checkServer() throws {
        try check()
        _ = try (serverConfiguration(), libraryOptions(), logFormat(), logLevel(), cacheBytes(), redis(), drain())
        let (server, _) = try (postgres(), searchBreadth())
        if try searchesInDatabase(), server == nil {
            throw CommandError.needsPostgreSQL("\(Setting.search.name)=database")
        }
    }

    /// The search for people in the database; nil when they are searched in memory, as those of a library in a file are
    /// whatever is set.
    ///
    /// - Throws: `FaceStoreError.vectorSearchMissing`.
    func peopleSearch(store: any LibraryStore) throws -> DatabasePeopleSearch? {
        guard try searchesInDatabase(), let postgres = store as? PostgresLibraryStore else { return nil }
        let vectors = PostgresPersonVectors(of: postgres)
        try vectors.prepare()
        return DatabasePeopleSearch(store: store, vectors: vectors, breadth: try searchBreadth())
    }

    private func searchesInDatabase() throws -> Bool {
        try settings.choice(.search, of: SearchPlace.self) == .database
    }

    private func searchBreadth() throws -> Int { try settings.integer(.searchBreadth, in: 10...1000) }

    func folders() -> LibraryFolders {
        LibraryFolders(data: URL(fileURLWithPath: settings.path(.data), isDirectory: true))
    }

    func libraryOptions() throws -> LibraryOptions {
        let window = try settings.duration(.attendanceWindow)
        guard window <= .seconds(86_400) else {
            throw SettingsError.invalid(Setting.attendanceWindow.name, value: "\(window)", expected: "at most 24h")
        }
        return LibraryOptions(
            limits: try libraryLimits(), eraseAfter: try settings.duration(.eraseAfter), attendanceWindow: window,
            webhooksMayBePrivate: try settings.choice(.webhooksPrivate, of: PrivateAddresses.self) == .allow)
    }

    /// Who sends messages to webhooks.
    func webhookSender() throws -> any WebhookSender {
        HTTPWebhookSender(mayBePrivate: try libraryOptions().webhooksMayBePrivate)
    }

    func serverConfiguration() throws -> ServerConfiguration {
        let limits = try libraryLimits()
        var serverLimits = ServerLimits()
        serverLimits.filesPerRequest = limits.filesPerUpload
        serverLimits.bytesPerFile = limits.bytesPerFile
        serverLimits.bytesPerRequest = limits.bytesPerUpload
        return ServerConfiguration(
            host: settings.string(.host) ?? "0.0.0.0", port: try settings.integer(.port, in: 0...65_535),
            apiKey: settings.string(.apiKey), hosts: settings.list(.hosts), corsOrigins: settings.list(.corsOrigins),
            language: try settings.choice(.language, of: Language.self) ?? .english, limits: serverLimits,
            accessLog: try settings.isOn(.accessLog), version: Version.current)
    }

    /// How long a server that was told to end still serves everything.
    func drain() throws -> Duration {
        let drain = try settings.duration(.drain)
        guard drain <= .seconds(600) else {
            throw SettingsError.invalid(Setting.drain.name, value: "\(drain)", expected: "at most 10m")
        }
        return drain
    }

    /// The cache, and the channel to the other processes: Redis, else PostgreSQL where the library lies in it.
    ///
    /// - Parameter logger: is told when Redis goes away and when it is back.
    func cache(logger: Logger) throws -> (driver: any CacheDriver, channel: (any EventChannel)?) {
        let capacity = try cacheBytes()
        guard let server = try redis() else {
            guard let database = try postgres() else { return (MemoryCacheDriver(capacity: capacity), nil) }
            let channel = CarriedEventChannel { PostgresCarrier(on: database, news: $0) }
            return (ToldCacheDriver(channel: channel, capacity: capacity), channel)
        }
        let channel = RedisEventChannel(server: server) { availability in
            switch availability {
            case .away(let reason):
                logger.warning("Redis cannot be used, it goes on without: \(reason)")
            case .back: logger.notice("Redis is used again")
            }
        }
        // Whoever comes first should find it; it is not waited for any longer.
        channel.waitUntilLive(atMost: .seconds(2))
        return (RedisCacheDriver(channel: channel, nearCapacity: capacity), channel)
    }

    /// How the workers of this process work. Those that share a library with others have a name of their own, and are
    /// missed sooner when they die.
    func workerOptions() throws -> WorkerOptions {
        var options = WorkerOptions(threads: try jobs())
        guard try postgres() != nil else { return options }
        let host = ProcessInfo.processInfo.hostName
        options.name = "\(host)-\(ProcessInfo.processInfo.processIdentifier)-\(UUID().uuidString.prefix(8))"
        options.lease = .seconds(20)
        return options
    }

    /// Where Redis is; nil when it is not to be used.
    func redis() throws -> RedisServer? {
        guard let address = settings.string(.redisAddress) else { return nil }
        guard let endpoint = RedisServer.Endpoint(address) else {
            throw SettingsError.invalid(
                Setting.redisAddress.name, value: address, expected: "HOST:PORT or the path of a socket")
        }
        return RedisServer(
            endpoint, password: settings.string(.redisPassword),
            database: try settings.integer(.redisDatabase, in: 0...1_000_000))
    }

    private func cacheBytes() throws -> Int { try settings.integer(.cacheBytes, in: 0...(64 << 30)) }

    /// The models that the workers will use, not loaded yet.
    func models(store: any LibraryStore) throws -> AnalysisModels {
        let jobs = try jobs()
        let detection = try detectionOptions()
        return AnalysisModels(store: store) {
            try analysisPack(try installedPack(for: store), detection: detection)
        } load: {
            try analyzer(for: installedPack(for: store), jobs: jobs, attributes: false)
        } attributes: {
            try attributeEstimators(of: installedPack(for: store))
        }
    }

    /// The packs that drafts can be made with.
    func draftPacks() throws -> DraftPacks {
        let jobs = try jobs()
        let detection = try detectionOptions()
        return DraftPacks { name in
            try analysisPack(try installedPack(named: name), detection: detection)
        } load: { name in
            try analyzer(for: installedPack(named: name), jobs: jobs, attributes: false)
        }
    }

    private func analysisPack(_ pack: InstalledModelPack, detection: DetectionOptions) throws -> AnalysisPack {
        let thresholds = GroupingOptions.Algorithm.allCases.map { ($0, pack.manifest.thresholds.eps(for: $0)) }
        let grouping = try grouping(for: pack.manifest)
        return AnalysisPack(
            name: pack.name, licence: pack.manifest.licence.description, isVerified: pack.manifest.isVerified,
            model: pack.embedderModel, detection: detection, grouping: grouping,
            thresholds: Dictionary(uniqueKeysWithValues: thresholds),
            pairThreshold: grouping.metric == pack.manifest.metric ? pack.manifest.thresholds.samePair : nil,
            calibration: PersonCalibration(packFolder: pack.folder, model: pack.embedderModel))
    }

    func logger() throws -> Logger {
        let (format, level) = (try logFormat(), try logLevel())
        return Logger(label: "lik") { _ in
            var handler = LineLogHandler(format)
            handler.logLevel = level
            return handler
        }
    }

    private func logFormat() throws -> LineLogHandler.Format {
        try settings.choice(.logFormat, of: LineLogHandler.Format.self) ?? .text
    }

    private func logLevel() throws -> Logger.Level {
        try settings.choice(.logLevel, of: Logger.Level.self) ?? .info
    }

    private func libraryLimits() throws -> LibraryLimits {
        LibraryLimits(
            filesPerUpload: try settings.integer(.uploadFiles, in: 1...100_000),
            bytesPerFile: try settings.integer(.uploadFileBytes, in: 1...Int.max),
            bytesPerUpload: try settings.integer(.uploadBytes, in: 1...Int.max))
    }
}

/// Where people are searched.
private enum SearchPlace: String, CaseIterable {
    case memory
    case database
}
