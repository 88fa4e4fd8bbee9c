import FaceAnalysis
import FaceCore
import FaceLibrary
import FaceStore
import Foundation
import Imaging
import Inference

/// Where concrete types meet: everything a command needs, made from the settings. No other file names a backend.
struct Wiring {
    let settings: Settings

    /// Reads every setting of analysis and grouping once, so that a bad one is found before any work is done.
    ///
    /// - Throws: `SettingsError`.
    func check() throws {
        _ = try (decoder(), detectionOptions(), maximumBytes(), jobs())
        _ = try (
            settings.choice(.algorithm, of: GroupingOptions.Algorithm.self), settings.choice(.metric, of: Metric.self),
            settings.choice(.precision, of: Precision.self), device()
        )
        _ = try settings.integer(.minSamples, in: 1...1000)
        _ = try settings.integer(.minFaces, in: 1...1000)
        // Linkage and HDBSCAN take 0, which merges only equal faces; a neighbourhood of 0 is none.
        if let eps = try settings.number(.eps, in: 0...100), eps == 0,
            try settings.choice(.algorithm, of: GroupingOptions.Algorithm.self) == .dbscan
        {
            throw SettingsError.invalid(Setting.eps.name, value: "0", expected: "above 0 for dbscan")
        }
    }

    /// The library's database: the file that `--db` names, else PostgreSQL where DB_HOST is set, else a file in LIK_DATA;
    /// made when there is none and `mustExist` is false.
    func store(_ flags: LibraryFlags? = nil, mustExist: Bool = false) throws -> any LibraryStore {
        let store = try anyStore(flags, mustExist: mustExist)
        guard try !LibraryCopy.isUnfinished(store) else { throw CommandError.unfinishedCopy }
        return store
    }

    /// The library's database, be it a whole one or not.
    func anyStore(_ flags: LibraryFlags?, mustExist: Bool) throws -> any LibraryStore {
        if flags?.database == nil, let server = try postgres() { return try PostgresLibraryStore(server: server) }
        let path = flags?.database.map(Settings.absolute) ?? settings.path(.data) + "/lik.sqlite"
        if mustExist, !FileManager.default.fileExists(atPath: path) { throw CommandError.noLibrary(path) }
        return try SQLiteLibraryStore(path: path)
    }

    /// A library as copies name it, be it a whole one or not.
    ///
    /// - Throws: `SettingsError`, `CommandError`, `FaceStoreError`.
    func store(at place: LibraryPlace, mustExist: Bool) throws -> any LibraryStore {
        switch place {
        case .sqlite(let path):
            let path = Settings.absolute(path)
            if mustExist, !FileManager.default.fileExists(atPath: path) { throw CommandError.noLibrary(path) }
            return try SQLiteLibraryStore(path: path)
        case .postgres(let database):
            guard var server = try postgres() else { throw CommandError.needsPostgreSQL("A library in PostgreSQL") }
            if let database { server.database = database }
            return try PostgresLibraryStore(server: server)
        }
    }

    /// Where PostgreSQL is; nil when it is not to be used.
    func postgres() throws -> PostgresServer? {
        guard let host = settings.string(.databaseHost) else { return nil }
        return PostgresServer(
            host: host, port: try settings.integer(.databasePort, in: 1...65_535),
            user: settings.string(.databaseUser) ?? "", password: settings.string(.databasePassword),
            database: settings.string(.databaseName) ?? "",
            tls: try settings.choice(.databaseTLS, of: PostgresServer.TLSMode.self) ?? .disable)
    }

    /// A library in a file of its own, as backups hold one.
    func store(inFile path: String) throws -> any LibraryStore { try SQLiteLibraryStore(path: path) }

    /// Where the uploaded files of a library lie that copies name: beside a SQLite file, where a server that keeps its
    /// library there has them, else in LIK_DATA.
    func folders(at place: LibraryPlace) -> LibraryFolders {
        switch place {
        case .sqlite(let path):
            LibraryFolders(data: URL(fileURLWithPath: Settings.absolute(path)).deletingLastPathComponent())
        case .postgres: folders()
        }
    }

    /// A library of nothing that is kept nowhere.
    func emptyStore() throws -> any LibraryStore { try SQLiteLibraryStore.inMemory() }

    func installedPack() throws -> InstalledModelPack { try installedPack(named: settings.string(.pack)) }

    /// The pack of a name; without one the default.
    func installedPack(named name: String?) throws -> InstalledModelPack {
        try packs.defaultPack(named: name)
    }

    /// The pack that was set, else the one whose embeddings a library holds, else the default.
    func installedPack(for store: any LibraryStore) throws -> InstalledModelPack {
        if settings.string(.pack) == nil, let model = try store.embeddingModel(),
            let pack = packs.installed().first(where: { $0.embedderModel == model })
        {
            return pack
        }
        return try installedPack()
    }

    private var packs: ModelPackStore {
        ModelPackStore(root: URL(fileURLWithPath: settings.path(.models), isDirectory: true))
    }

    func analyzer(for pack: InstalledModelPack, jobs: Int, attributes: Bool) throws -> FaceAnalyzer {
        var options = FaceAnalyzerOptions()
        // One photo a core beats one photo on all cores; only where fewer photos than cores are in work do threads help.
        options.threadsPerSession = max(1, Self.cores / jobs)
        options.precision = try settings.choice(.precision, of: Precision.self) ?? .float32
        if attributes {
            options.attributes = [.genderAge, .denseLandmarks2D]
            if options.attributes.allSatisfy({ pack.manifest.file(of: $0) == nil }) {
                Console.note("The pack \(pack.name) has no models for attributes; none will be estimated.")
            }
        }
        let runtime = try OnnxRuntime.shared()
        return try device().loading(on: runtime, note: Console.note) { providers in
            options.providers = providers
            return try FaceAnalyzer(pack: pack, runtime: runtime, options: options)
        }
    }

    /// What a pack can say of gender and age; empty where it has no model for them.
    func attributeEstimators(of pack: InstalledModelPack) throws -> [any FaceAttributeEstimator] {
        var options = FaceAnalyzerOptions()
        options.attributes = [.genderAge]
        let runtime = try OnnxRuntime.shared()
        return try device().loading(on: runtime, note: Console.note) { providers in
            options.providers = providers
            return try FaceAnalyzer.attributeEstimators(of: pack, runtime: runtime, options: options)
        }
    }

    /// What models run on.
    func device() throws -> InferenceDevice {
        guard let text = settings.string(.device) else { return .automatic }
        guard let device = InferenceDevice(text) else {
            throw SettingsError.invalid(Setting.device.name, value: text, expected: "cpu, cuda, cuda:NUMBER or auto")
        }
        return device
    }

    func decoder() throws -> PhotoDecoder {
        PhotoDecoder(maximumPixels: try settings.integer(.maxPixels, in: 1...1_000_000_000))
    }

    func detectionOptions() throws -> DetectionOptions {
        let faces = try settings.integer(.maxFaces, in: 0...100_000)
        return DetectionOptions(
            minimumScore: try settings.number(.detThresh, in: 0...10) ?? 0.5,
            minimumSize: try settings.number(.minSize, in: 0...100_000) ?? 30,
            maximumFaces: faces == 0 ? nil : faces)
    }

    func maximumBytes() throws -> Int {
        try settings.integer(.maxBytes, in: 1...Int.max)
    }

    /// Photos in work at once.
    func jobs() throws -> Int {
        let jobs = try settings.integer(.jobs, in: 0...256)
        return jobs == 0 ? Self.cores : jobs
    }

    /// How faces are grouped; what nobody set comes from the pack's calibrated thresholds.
    func grouping(for manifest: ModelPackManifest) throws -> GroupingOptions {
        let algorithm = try settings.choice(.algorithm, of: GroupingOptions.Algorithm.self) ?? .average
        let metric = try settings.choice(.metric, of: Metric.self) ?? manifest.metric
        let given = try settings.number(.eps, in: 0...100)
        guard let eps = given ?? (metric == manifest.metric ? manifest.thresholds.eps(for: algorithm) : nil) else {
            throw CommandError.needsEps(metric: metric, pack: manifest.name)
        }
        return GroupingOptions(
            algorithm: algorithm, eps: eps, minSamples: try settings.integer(.minSamples, in: 1...1000), metric: metric,
            minFaces: try settings.integer(.minFaces, in: 1...1000),
            strength: FaceStrengthRule(for: manifest.family).lowered(to: try detectionOptions()))
    }

    static var cores: Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }
}

extension ModelPackManifest.Thresholds {
    /// The calibrated threshold of an algorithm, for the pack's own metric.
    func eps(for algorithm: GroupingOptions.Algorithm) -> Double {
        switch algorithm {
        case .average: averageLinkage
        case .dbscan: dbscanEps
        // HDBSCAN finds its own densities; a threshold would only forbid it to tell near groups apart.
        case .hdbscan: 0
        }
    }
}

/// What keeps a command from starting.
enum CommandError: UserFacingError, Equatable {
    case noLibrary(String)
    case needsEps(metric: Metric, pack: String)
    /// A copy, or a backup's restoration, that was broken off is no library yet.
    case unfinishedCopy
    /// A role that makes no sense with a library that only one process uses.
    case needsPostgreSQL(String)
    case unwritable(String)
    case outputFailed(reason: String)
    case unknownPerson(String)
    case severalPersons(String, ids: [PersonID])
    case noFace(path: String)
    case unknownCollection(String)

    var message: String {
        switch self {
        case .noLibrary(let path): "There is no library at “\(path)” yet; scan a folder first."
        case .needsEps(let metric, let pack):
            "The pack \(pack) has no threshold for the metric \(metric.rawValue); give one with --eps."
        case .unfinishedCopy:
            "This library is not whole: lik copy or lik restore was broken off. Run it once more."
        case .needsPostgreSQL(let role):
            "\(role) needs a library that several processes share: set DB_HOST to a PostgreSQL server."
        case .unwritable(let path): "“\(path)” cannot be written."
        case .outputFailed(let reason): "The result could not be written: \(reason)."
        case .unknownPerson(let text): "There is nobody with the number or the name “\(text)”."
        case .severalPersons(let name, let ids):
            "Several people are called “\(name)”; say which by number: "
                + ids.map(\.description).joined(separator: ", ") + "."
        case .unknownCollection(let text): "There is no collection with the number or the name “\(text)”."
        case .noFace(let path): "There is no face on “\(path)”."
        }
    }
}
