import FaceLibrary
import FaceServer
import FaceStore
import Foundation
import Logging
import ServiceLifecycle

/// What a server does and says before it serves.
struct ServerStart {
    let wiring: Wiring
    let library: Library
    let models: AnalysisModels
    let logger: Logger

    /// Makes good what an earlier process left half done.
    ///
    /// - Throws: `LibraryError`.
    func recover(_ workers: TaskWorkers) throws {
        // Where others may be at work, what looks left over may be theirs; what the dead had in hand comes back by itself.
        let isShared = try wiring.postgres() != nil
        let folders = try library.sweep(olderThan: isShared ? .seconds(86_400) : .zero)
        let photos = isShared ? 0 : try workers.recover()
        if folders > 0 { logger.notice("Unfinished uploads were removed", metadata: ["count": "\(folders)"]) }
        if photos > 0 {
            logger.notice("Photos in hand when the server ended are queued again", metadata: ["count": "\(photos)"])
        }
    }

    /// Says what is used, and what is amiss.
    func tell(_ configuration: ServerConfiguration) {
        tellParts()
        tellAccess(configuration)
        if wiring.settings.isGiven("PYTHON_BASE_URL") {
            logger.notice("PYTHON_BASE_URL is ignored: faces are found in this process")
        }
    }

    /// Says what the work is done with.
    func tellParts() {
        logger.notice("Lik \(Version.current)")
        if let stats = try? library.stats() {
            let server = (try? wiring.postgres()).map { "PostgreSQL, \($0.database) at \($0.host)" }
            logger.notice(
                "Database: \(server ?? "SQLite in \(library.folders.data.path)")",
                metadata: ["photos": "\(stats.photos)", "people": "\(stats.persons)"])
        }
        let isShared = (try? wiring.postgres()) != nil
        let own = isShared ? "in this process, PostgreSQL tells of changes" : "in this process"
        logger.notice("Cache: \(wiring.settings.string(.redisAddress).map { "Redis at \($0)" } ?? own)")
        tellModels()
    }

    private func tellModels() {
        do {
            let pack = try models.pack()
            let kind = pack.isVerified ? "" : ", unverified"
            logger.notice("Model pack: \(pack.name)\(kind), licence: \(pack.licence)")
        } catch {
            guard case .unavailable(let reason) = models.state else { return }
            logger.warning("Photos that are uploaded wait, for no model pack can be used: \(reason)")
        }
    }

    private func tellAccess(_ configuration: ServerConfiguration) {
        let hasKeys = (try? library.keys().isEmpty) == false
        guard configuration.apiKey == nil, !hasKeys, configuration.isReachableFromOutside else { return }
        logger.warning(
            "Everybody who can reach \(configuration.host):\(configuration.port) sees all faces: set LIK_API_KEY or make a key (lik keys), or set SERVER_HOST to 127.0.0.1"
        )
    }
}

/// Goes first at shutdown: the end is announced and, for as long as those who share out the requests need to notice it,
/// everything is served as before. Then nothing new is begun while connections are still served to their end, so that all of
/// it together takes no longer than the slowest part.
struct ShutdownStart: Service {
    let library: Library
    let workers: TaskWorkers
    var drain = Duration.zero

    func run() async throws {
        try? await gracefulShutdown()
        library.announceEnd()
        workers.beginShutdown()
        // Cut short when the whole group is cancelled.
        try? await Task.sleep(for: drain)
        library.stopUploads()
    }
}
