import FaceLibrary
import NIOPosix
import ServiceLifecycle
import Synchronization

/// Runs what blocks (the database, files, drawing) on threads of its own, off the ones that serve connections.
package final class BlockingCalls: Service {
    private let threads: NIOThreadPool
    private let capacity: Int
    private let waiting = Atomic(0)

    /// - Parameters:
    ///   - threads: how many calls run at the same time.
    ///   - capacity: how many may run or wait; more are refused.
    package init(threads count: Int, capacity: Int) {
        threads = NIOThreadPool(numberOfThreads: count)
        self.capacity = capacity
        threads.start()
    }

    /// What `work` returns, once a thread had time for it.
    ///
    /// - Throws: what `work` throws; `APIError.overloaded` when too many calls are waiting; `LibraryError.shuttingDown`, as
    ///   an `APIError`, when the server has shut down.
    package func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        guard waiting.add(1, ordering: .relaxed).newValue <= capacity else {
            waiting.subtract(1, ordering: .relaxed)
            throw APIError.overloaded
        }
        defer { waiting.subtract(1, ordering: .relaxed) }
        do {
            return try await threads.runIfActive(work)
        } catch is NIOThreadPoolError.ThreadPoolInactive {
            throw APIError.library(.shuttingDown)
        }
    }

    /// Calls that run or wait.
    package var count: Int { waiting.load(ordering: .relaxed) }

    /// Keeps the threads until the server has shut down.
    package func run() async throws {
        try? await gracefulShutdown()
        try await threads.shutdownGracefully()
    }
}
