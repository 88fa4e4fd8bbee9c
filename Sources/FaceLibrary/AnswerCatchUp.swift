import FaceCache
import FaceStore
public import Logging
public import ServiceLifecycle
import Synchronization

/// Ends cached answers about people and photos when the store's version says that somebody has changed them of whom nobody
/// told: a command beside the server, or a process that died between a change and its telling. So no answer about them is
/// ever older than a second and what reading it takes.
public final class AnswerCatchUp: Service {
    private let library: Library
    private let logger: Logger
    private let bell = WorkBell()
    private let isStopping = Atomic(false)

    private static let pace = Duration.seconds(1)

    public init(library: Library, logger: Logger) {
        self.library = library
        self.logger = logger
    }

    /// Looks until the service group goes down.
    public func run() async throws {
        let thread = WorkerThreads.start(count: 1, name: "answers") { self.work() }
        await withTaskCancellationOrGracefulShutdownHandler {
            await thread.end()
        } onCancelOrGracefulShutdown: {
            self.isStopping.store(true, ordering: .releasing)
            self.bell.ring()
        }
    }

    /// Looks once. Blocks.
    ///
    /// - Parameter last: the version that was seen last; nil at the beginning.
    /// - Returns: the version now.
    /// - Throws: `FaceStoreError`.
    func look(after last: Int64?) throws -> Int64 {
        let version = try library.store.peopleVersion()
        if version != last {
            for topic in [CacheTopic.people, .photos, .stats] { library.answers.driver.forget(topic) }
        }
        return version
    }

    private func work() {
        var last: Int64?
        while !isStopping.load(ordering: .acquiring) {
            let rings = bell.rings
            do {
                last = try look(after: last)
            } catch {
                // What cannot be read now is read in a second, and then every answer counts as old.
                last = nil
                logger.debug("The library's version cannot be read", metadata: ["detail": "\(error)"])
            }
            bell.wait(after: rings, atMost: Self.pace)
        }
    }
}
