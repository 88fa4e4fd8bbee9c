import FaceStore
public import Logging
public import ServiceLifecycle
import Synchronization

/// Keeps the people's vectors in the database in step, so that a search finds little left to do.
public final class PeopleIndexing: Service {
    private let search: DatabasePeopleSearch
    private let models: AnalysisModels
    private let logger: Logger
    private let bell = WorkBell()
    private let isStopping = Atomic(false)
    private let atWork = Atomic(false)

    private static let pace = Duration.seconds(1)
    private static let tidyEvery = Duration.seconds(3600)

    public init(search: DatabasePeopleSearch, models: AnalysisModels, logger: Logger) {
        self.search = search
        self.models = models
        self.logger = logger
    }

    /// Whether its thread is still in the middle of a step. Making the index is one that may take minutes.
    public var isAtWork: Bool { atWork.load(ordering: .acquiring) }

    /// Works until the service group goes down; the last step is not waited for.
    public func run() async throws {
        _ = WorkerThreads.start(count: 1, name: "people") { self.work() }
        try? await gracefulShutdown()
        isStopping.store(true, ordering: .releasing)
        bell.ring()
    }

    private func work() {
        var tidied: ContinuousClock.Instant?
        var told: String?
        var isFirst = true
        while !isStopping.load(ordering: .acquiring) {
            let rings = bell.rings
            atWork.store(true, ordering: .releasing)
            do {
                // Without models nobody searches.
                guard let pack = try? models.pack() else {
                    atWork.store(false, ordering: .releasing)
                    bell.wait(after: rings, atMost: Self.pace)
                    continue
                }
                let start = ContinuousClock.now
                let isDone = try search.keepInStep(pack) { !self.isStopping.load(ordering: .acquiring) }
                if isDone, isFirst {
                    let seconds = (ContinuousClock.now - start).components.seconds
                    logger.notice("People can be searched in the database", metadata: ["seconds": "\(seconds)"])
                    isFirst = false
                }
                if ContinuousClock.now - (tidied ?? .now - Self.tidyEvery) >= Self.tidyEvery {
                    try search.dropUnused(pack)
                    tidied = .now
                }
                told = nil
            } catch {
                // Once: the next try comes in a second.
                let reason = "\(error)"
                if told != reason { logger.warning("People cannot be put into the database's index: \(reason)") }
                told = reason
            }
            atWork.store(false, ordering: .releasing)
            bell.wait(after: rings, atMost: Self.pace)
        }
    }
}
