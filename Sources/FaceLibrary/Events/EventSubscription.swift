public import FaceCore
import FaceStore
import Synchronization

/// The events that one watcher asked for, in the order in which they happened, without gaps: a watcher that reads too
/// slowly gets no later ones instead of wrong ones. Read it from one task.
///
/// The sequence ends when the watched task has ended and its last event was read, when the bus is shut down, and, with
/// `hasOverflowed` true, when more than `limit` events were waiting.
public final class EventSubscription: AsyncSequence, Sendable {
    public typealias Element = LibraryEvent

    /// The task whose events these are; nil for those of the library as a whole.
    public let task: TaskID?
    private let stream: AsyncStream<LibraryEvent>
    private let continuation: AsyncStream<LibraryEvent>.Continuation
    private let state = Mutex(State())

    private struct State {
        var hasOverflowed = false
        var hasEnded = false
        var percent = -1
        var lastUpdate: LibraryTask?
    }

    init(task: TaskID?, limit: Int, onEnd: @escaping @Sendable () -> Void) {
        self.task = task
        (stream, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Swift.max(limit, 1)))
        continuation.onTermination = { _ in onEnd() }
    }

    /// Whether events were lost because they were not read in time; the sequence has ended then.
    public var hasOverflowed: Bool { state.withLock { $0.hasOverflowed } }

    /// Ends the sequence and frees its place in the bus.
    public func cancel() { continuation.finish() }

    public func makeAsyncIterator() -> AsyncStream<LibraryEvent>.Iterator {
        stream.makeAsyncIterator()
    }

    /// Hands an event on if the watcher wants it and it is no step back.
    func offer(_ event: LibraryEvent) {
        state.withLock { state in
            guard !state.hasEnded, Self.wants(event, task: task, &state) else { return }
            switch continuation.yield(event) {
            case .enqueued: break
            case .dropped:
                state.hasOverflowed = true
                state.hasEnded = true
            case .terminated: state.hasEnded = true
            @unknown default: break
            }
            if case .updated(let updated) = event, updated.state != .processing { state.hasEnded = true }
            // The queue of a finished stream is still read to its end.
            if state.hasEnded { continuation.finish() }
        }
    }

    private static func wants(_ event: LibraryEvent, task: TaskID?, _ state: inout State) -> Bool {
        switch event {
        case .stats: return task == nil
        case .progress(let id, let progress):
            guard id == task, progress.percent >= state.percent else { return false }
            state.percent = progress.percent
            return true
        case .updated(let updated):
            guard updated.id == task, updated != state.lastUpdate else { return false }
            // Several processes tell of a task, and what the one tells may overtake what the other did.
            if updated.state == .processing, let last = state.lastUpdate,
                last.progress.processedPhotos > updated.progress.processedPhotos
            {
                return false
            }
            state.lastUpdate = updated
            return true
        }
    }
}
