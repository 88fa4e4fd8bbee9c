public import FaceAnalysis
public import FaceCore
public import FaceStore
import Foundation
public import Imaging
import Synchronization

/// What a scan does and how much of the machine it takes.
public struct ScanOptions: Sendable {
    /// Photos in work at once, each on a thread of its own.
    public var jobs: Int
    /// Files with more bytes are refused.
    public var maximumBytes: Int
    public var detection: DetectionOptions
    public var grouping: GroupingOptions

    public init(
        jobs: Int, maximumBytes: Int = 500_000_000, detection: DetectionOptions = DetectionOptions(),
        grouping: GroupingOptions
    ) {
        self.jobs = jobs
        self.maximumBytes = maximumBytes
        self.detection = detection
        self.grouping = grouping
    }
}

/// Brings photos of a disk into the library and groups their faces into people.
///
/// Each photo is recorded in one transaction as soon as it is analysed, so that a scan may be cancelled or killed at any
/// moment and the next one goes on from there. Files that the library knows are not read again; the same bytes under
/// another name add nothing but the place.
public struct LibraryScan: Sendable {
    public let analyzer: FaceAnalyzer
    private let store: any LibraryStore
    private let analysis: PhotoAnalysis
    private let options: ScanOptions

    public init(
        store: any LibraryStore, decoder: PhotoDecoder, analyzer: FaceAnalyzer, options: ScanOptions
    ) {
        self.store = store
        self.analyzer = analyzer
        analysis = PhotoAnalysis(decoder: decoder, analyzer: analyzer, largePhotos: LargePhotoTurn())
        self.options = options
    }

    /// Goes through the files, then groups the faces. Blocks until done.
    ///
    /// - Parameter report: called from worker threads, one event at a time.
    /// - Throws: `FaceStoreError` when the library cannot be written or belongs to another model. Trouble with a file
    ///   fails that file alone.
    public func run(
        _ files: [PhotoFile], cancellation: ScanCancellation = ScanCancellation(),
        report: @escaping @Sendable (ScanEvent) -> Void = { _ in }
    ) throws -> ScanReport {
        try store.adopt(model: analyzer.model)
        report(.started(total: files.count))
        let progress = Progress(files: files, report: report)
        if !files.isEmpty {
            WorkerThreads.run(count: min(options.jobs, files.count), name: "scan") {
                while !cancellation.isCancelled, let index = progress.next() {
                    do {
                        progress.finish(index, try outcome(of: files[index]))
                    } catch {
                        progress.stop(for: error)
                    }
                }
            }
        }
        let (outcomes, failure) = progress.result
        report(.grouping)
        // Also after a cancelled or failed run: what was recorded should be found grouped.
        let grouped = Result { try PersonGrouping(store: store, options: options.grouping).run(model: analyzer.model) }
        if let failure { throw failure }
        try grouped.get()
        return ScanReport(files: files, outcomes: outcomes, wasCancelled: outcomes.count < files.count)
    }

    private func outcome(of file: PhotoFile) throws -> FileOutcome {
        do {
            let location = try PhotoLocation(ofFileAt: file.path)
            if let known = try store.photos.photo(at: location), known.state.isAnalyzed {
                return .known(known.id)
            }
            let content = try PhotoBytes(contentsOf: file.path, limit: options.maximumBytes)
            if let known = try store.photos.photo(withHash: content.contentHash), known.state.isAnalyzed {
                return try duplicate(known, at: location)
            }
            do {
                return try analyze(content, at: location)
            } catch let error as any UserFacingError where !(error is FaceStoreError) {
                let failed = FailedPhoto(
                    contentHash: content.contentHash, byteCount: content.bytes.count, reason: error.message)
                _ = try store.photos.recordFailure(failed, at: location)
                return .failed(reason: error.message)
            }
        } catch let error as PhotoIntakeError {
            return .failed(reason: error.message)
        }
    }

    private func analyze(_ content: PhotoBytes, at location: PhotoLocation) throws -> FileOutcome {
        let (metadata, faces) = try analysis.run(content, options: options.detection)
        let photo = NewPhoto(
            contentHash: content.contentHash, byteCount: content.bytes.count, metadata: metadata,
            model: analyzer.model)
        let recorded = try store.photos.record(photo, at: location, faces: faces)
        // Another thread may have been quicker with the same bytes.
        return recorded.outcome == .added
            ? .analyzed(recorded.photo.id, faces: faces.count) : .duplicate(recorded.photo.id)
    }

    /// A file whose bytes are known: moved or touched when the place that was known is this one or gone, else a
    /// duplicate.
    private func duplicate(_ photo: StoredPhoto, at location: PhotoLocation) throws -> FileOutcome {
        let others = try store.photos.locations(of: photo.id).filter { $0.path != location.path }
        try store.photos.addLocation(location, to: photo.id)
        var isElsewhere = false
        for other in others {
            if (try? PhotoLocation(ofFileAt: other.path)) == other {
                isElsewhere = true
            } else {
                try store.photos.removeLocation(path: other.path)
            }
        }
        return isElsewhere ? .duplicate(photo.id) : .known(photo.id)
    }
}

/// What the worker threads of one scan share.
private final class Progress: Sendable {
    private struct State {
        var next = 0
        var done = 0
        var outcomes: [Int: FileOutcome] = [:]
        var failure: (any Error)?
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

    var result: (outcomes: [Int: FileOutcome], failure: (any Error)?) {
        state.withLock { ($0.outcomes, $0.failure) }
    }
}
