import FaceAnalysis
import FaceCore
import FaceStore
import Foundation
import Imaging
import Logging
import Synchronization

/// What each worker thread does with one photo. Shared by all of them.
final class PhotoWorker: Sendable {
    enum Result {
        case worked
        /// No photo waits.
        case idle
        /// No photo could be worked on, or what came of one could not be stored.
        case hindered
    }

    let inHand = ClaimsInHand()
    private let library: Library
    private let models: AnalysisModels
    private let options: WorkerOptions
    private let observer: any WorkObserver
    private let logger: Logger
    /// A photo is stored and told of under this lock, so that progress is told in the order in which it was made.
    private let storing = Mutex(())
    /// What was logged last of why nothing goes on: it is logged once and not every three seconds.
    private let hindrance = Mutex<String?>(nil)

    init(
        library: Library, models: AnalysisModels, options: WorkerOptions, observer: any WorkObserver, logger: Logger
    ) {
        self.library = library
        self.models = models
        self.options = options
        self.observer = observer
        self.logger = logger
    }

    /// Claims a photo and sees it through. Blocks.
    func workOnNext() -> Result {
        do {
            // Models take memory: they are loaded when there is something to do with them.
            guard try library.store.queue.queueLength() > 0 else { return .idle }
            let (pack, analyzer) = try models.analyzer()
            guard let claim = try library.store.queue.claim(worker: options.name, lease: options.lease) else {
                return .idle
            }
            inHand.insert(claim)
            defer { inHand.remove(claim) }
            return try work(on: claim, pack: pack, analyzer: analyzer)
        } catch {
            hindered(by: error)
            return .hindered
        }
    }

    private func work(on claim: ClaimedPhoto, pack: AnalysisPack, analyzer: FaceAnalyzer) throws -> Result {
        let start = ContinuousClock.now
        if library.events.stage(of: claim.task) != .detecting { announceStart(of: claim.task) }
        let outcome = outcome(of: claim, pack: pack, analyzer: analyzer)
        do {
            try finish(claim, try outcome.get())
        } catch FaceStoreError.leaseLost {
            // Its task was cancelled, or it took longer than the lease: then somebody else has it.
            return .worked
        } catch FaceStoreError.invalidFace {
            try finish(claim, .failed(reason: FaceStoreError.invalidFace.message))
        } catch {
            try? library.store.queue.giveBack(claim)
            throw error
        }
        hindrance.withLock { $0 = nil }
        if case .success(let outcome) = outcome {
            let (kind, faces) = Self.count(outcome)
            observer.photoDone(kind, faces: faces, took: ContinuousClock.now - start)
        }
        return .worked
    }

    /// What is to be stored of a photo; a failure is trouble that is not the photo's.
    private func outcome(
        of claim: ClaimedPhoto, pack: AnalysisPack, analyzer: FaceAnalyzer
    ) -> Swift.Result<PhotoOutcome, any Error> {
        guard claim.attempt <= options.attempts else {
            logger.error("A photo is given up after \(claim.attempt - 1) attempts", metadata: Self.metadata(claim))
            return .success(.failed(reason: "The photo stopped the server whenever it was analysed; it was given up."))
        }
        var detection = pack.detection
        if let size = claim.overrides.minimumSize { detection.minimumSize = size }
        if let score = claim.overrides.minimumScore { detection.minimumScore = score }
        let limits = AnalysisLimits(minimumSize: detection.minimumSize, minimumScore: detection.minimumScore)
        do {
            if let known = try library.store.photos.photo(withHash: claim.file.contentHash), known.covers(limits) {
                return .success(.known(known.id))
            }
            let content = try PhotoBytes(
                contentsOf: library.folders.uploads.appendingPathComponent(claim.file.storedName).path, limit: .max)
            guard content.contentHash == claim.file.contentHash else {
                return .success(.failed(reason: "The file was changed on the server's disk."))
            }
            let analysis = PhotoAnalysis(
                decoder: library.decoder, analyzer: analyzer, memory: library.memory, observer: observer)
            let (metadata, faces) = try analysis.run(content, options: detection)
            let photo = NewPhoto(
                contentHash: claim.file.contentHash, byteCount: claim.file.byteCount, metadata: metadata,
                model: pack.model, limits: limits)
            return .success(.analyzed(photo, faces))
        } catch let error as FaceStoreError {
            return .failure(error)
        } catch {
            return .success(
                .failed(reason: (error as? any UserFacingError)?.message ?? "The photo cannot be analysed."))
        }
    }

    /// Stores what became of the photo and tells those who watch.
    private func finish(_ claim: ClaimedPhoto, _ outcome: PhotoOutcome) throws {
        try storing.withLock { _ in
            let task = try observer.timing(.store) { try library.store.queue.finish(claim, outcome) }
            library.events.publish(.progress(task.id, TaskProgressEvent(task, stage: .detecting)))
            library.changed(.photos)
            library.changed(task: task)
            library.statsChanged(atMostEvery: .seconds(1))
            if task.progress.processedPhotos >= task.progress.totalPhotos { library.callWorkers() }
        }
        // Whatever is not needed (a duplicate, no photo) can go.
        if case .analyzed = outcome { return }
        library.cleaning.ring()
    }

    private func announceStart(of id: TaskID) {
        storing.withLock { _ in
            guard let task = try? library.store.tasks.task(id), task.state == .processing else { return }
            library.events.publish(.progress(id, TaskProgressEvent(task, stage: .detecting)))
        }
    }

    // MARK: Hindrances

    private func hindered(by error: any Error) {
        let reason = (error as? any UserFacingError)?.message ?? "The workers cannot go on."
        let isNew = hindrance.withLock { last in
            defer { last = reason }
            return last != reason
        }
        guard isNew else { return }
        logger.error("Photos wait: \(reason)", metadata: error.detail(beyond: reason))
        guard case .unavailable = models.state,
            let tasks = try? library.store.tasks.all(state: .processing, limit: 1000)
        else { return }
        for task in tasks {
            library.events.publish(.progress(task.id, TaskProgressEvent(task, stage: .waitingForModels)))
        }
    }

    private static func count(_ outcome: PhotoOutcome) -> (DoneOutcome, faces: Int) {
        switch outcome {
        case .analyzed(_, let faces): (.analyzed, faces.count)
        case .known: (.known, 0)
        case .failed: (.failed, 0)
        }
    }

    private static func metadata(_ claim: ClaimedPhoto) -> Logger.Metadata {
        ["task": "\(claim.task.name)", "index": "\(claim.index)"]
    }
}
