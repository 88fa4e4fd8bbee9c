import Dispatch
import Foundation
import Synchronization

/// Work in numbered parts, done by several threads at once.
///
/// It blocks until all parts are done, and so belongs on a thread that may be blocked.
enum ParallelLoop {
    /// The processors that this process may use.
    static var defaultThreads: Int { max(ProcessInfo.processInfo.activeProcessorCount, 1) }

    /// Calls `body` once for each part; the parts are begun in order. With one thread they are done in order, on the
    /// calling thread.
    static func run(parts: Int, threads: Int, _ body: @Sendable (Int) -> Void) {
        let workers = min(parts, threads)
        guard workers > 1 else {
            for part in 0..<parts { body(part) }
            return
        }
        let next = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: workers) { _ in
            while true {
                let part = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard part < parts else { return }
                body(part)
            }
        }
    }
}
