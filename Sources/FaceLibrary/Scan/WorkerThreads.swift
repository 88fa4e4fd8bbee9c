import Foundation

/// Threads of their own for work that blocks: decoding, inference and files stay off Swift's cooperative threads.
enum WorkerThreads {
    /// Runs `body` on `count` threads at once and returns when all of them have.
    ///
    /// - Precondition: `count` is at least 1.
    static func run(count: Int, name: String, body: @escaping @Sendable () -> Void) {
        start(count: count, name: name, body: body).wait()
    }

    /// Runs `body` on `count` threads at once.
    ///
    /// - Returns: what is left when all of them have returned.
    /// - Precondition: `count` is at least 1.
    static func start(count: Int, name: String, body: @escaping @Sendable () -> Void) -> DispatchGroup {
        precondition(count >= 1, "work needs at least one thread")
        let group = DispatchGroup()
        for index in 0..<count {
            group.enter()
            let thread = Thread {
                body()
                group.leave()
            }
            thread.name = "\(name)-\(index)"
            // Image loaders keep large tables on the stack; the default for threads is too small for some.
            thread.stackSize = 8 << 20
            thread.start()
        }
        return group
    }
}
