import FaceCore
import Synchronization

/// What the worker threads of one scan share.
final class ScanProgress: Sendable {
    private struct State {
        var next = 0
        var done = 0
        var outcomes: [Int: FileOutcome] = [:]
        var failure: (any Error)?
        var displaced: Set<PhotoID> = []
        var replaced: Set<String> = []
    }

    private let files: [PhotoFile]
    private let report: @Sendable (ScanEvent) -> Void
    private let state = Mutex(State())

    init(files: [PhotoFile], report: @escaping @Sendable (ScanEvent) -> Void) {
        self.files = files
        self.report = report
    }

    /// The index of a file that nobody has taken; nil when there is none left or the scan has failed.
    func next() -> Int? {
        state.withLock { state in
            guard state.failure == nil, state.next < files.count else { return nil }
            defer { state.next += 1 }
            return state.next
        }
    }

    /// Reported under the lock, so that events come one at a time and in the order of `done`.
    func finish(_ index: Int, _ outcome: FileOutcome) {
        state.withLock { state in
            state.outcomes[index] = outcome
            state.done += 1
            report(.file(done: state.done, files[index], outcome))
        }
    }

    /// Ends the scan: after trouble with the library itself going on would only lose work.
    func stop(for error: any Error) {
        state.withLock { $0.failure = $0.failure ?? error }
    }

    /// A photo whose file was overwritten by another one.
    func noteDisplaced(_ photo: PhotoID?) {
        guard let photo else { return }
        state.withLock { _ = $0.displaced.insert(photo) }
    }

    /// A file that is no photo, whatever lay there before.
    func noteReplaced(_ path: String) {
        state.withLock { _ = $0.replaced.insert(path) }
    }

    var displaced: Set<PhotoID> { state.withLock { $0.displaced } }
    var replaced: Set<String> { state.withLock { $0.replaced } }

    var result: (outcomes: [Int: FileOutcome], failure: (any Error)?) {
        state.withLock { ($0.outcomes, $0.failure) }
    }
}
