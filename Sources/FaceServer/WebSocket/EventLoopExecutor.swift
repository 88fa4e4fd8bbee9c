import NIOCore

/// Runs a connection's tasks on the event loop that reads and writes it: a request that is answered from memory changes
/// threads neither on its way in nor on its way out. What blocks has threads of its own (`BlockingCalls`).
///
/// Nothing runs on an event loop that has been shut down, so the loops must outlive their connections.
final class EventLoopExecutor: TaskExecutor {
    private let eventLoop: any EventLoop

    init(_ eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        eventLoop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
