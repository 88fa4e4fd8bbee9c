public import FaceAnalysis
import FaceCore
public import FaceStore
public import Imaging

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
    private let decoder: PhotoDecoder
    private let options: ScanOptions
    private let memory: MemoryBudget
    private let observer: any WorkObserver
    /// The analyzer, with the observer's clock on each of its stages.
    private let watched: FaceAnalyzer

    /// - Parameters:
    ///   - memory: bounds what the photos in work take.
    ///   - observer: is told how long the stages take, by the threads that work.
    public init(
        store: any LibraryStore, decoder: PhotoDecoder, analyzer: FaceAnalyzer, options: ScanOptions,
        memory: MemoryBudget = MemoryBudget(), observer: any WorkObserver = NoWorkObserver()
    ) {
        self.observer = observer
        watched = observer is NoWorkObserver ? analyzer : analyzer.timed(by: observer)
        self.memory = memory
        self.store = store
        self.decoder = decoder
        self.analyzer = analyzer
        self.options = options
    }

    /// Goes through files, then groups the faces. Blocks until done. No photo is taken for deleted.
    ///
    /// - Parameter report: called from worker threads, one event at a time.
    /// - Throws: `FaceStoreError` when the library cannot be written or belongs to another model. Trouble with a file
    ///   fails that file alone.
    public func run(
        _ files: [PhotoFile], cancellation: ScanCancellation = ScanCancellation(),
        report: @escaping @Sendable (ScanEvent) -> Void = { _ in }
    ) throws -> ScanReport {
        try run(PhotoListing(files: files), cancellation: cancellation, report: report)
    }

    /// Goes through what was listed, lets go of photos that were deleted from the folders or overwritten, then groups the
    /// faces. Blocks until done.
    ///
    /// - Parameter report: called from worker threads, one event at a time.
    /// - Throws: `FaceStoreError` when the library cannot be written or belongs to another model. Trouble with a file
    ///   fails that file alone.
    public func run(
        _ listing: PhotoListing, cancellation: ScanCancellation = ScanCancellation(),
        report: @escaping @Sendable (ScanEvent) -> Void = { _ in }
    ) throws -> ScanReport {
        let files = listing.files
        try store.adopt(model: analyzer.model)
        report(.started(total: files.count))
        let progress = ScanProgress(files: files, report: report)
        if !files.isEmpty {
            WorkerThreads.run(count: min(options.jobs, files.count), name: "scan") {
                while !cancellation.isCancelled, let index = progress.next() {
                    do {
                        progress.finish(index, try outcome(of: files[index], progress))
                    } catch {
                        progress.stop(for: error)
                    }
                }
            }
        }
        let (outcomes, failure) = progress.result
        let isComplete = failure == nil && outcomes.count == files.count
        let forgotten = Result { try forget(progress, of: listing, isComplete: isComplete) }
        report(.grouping)
        // Also after a cancelled or failed run: what was recorded should be found grouped.
        let grouped = Result {
            try observer.timing(.assign) {
                try PersonGrouping(store: store, options: options.grouping).run(model: analyzer.model)
            }
        }
        if let failure { throw failure }
        try grouped.get()
        return ScanReport(
            files: files, outcomes: outcomes, wasCancelled: outcomes.count < files.count,
            forgotten: try forgotten.get(), unreadable: listing.unreadable)
    }

    /// At the end, for a photo may have been met again under another name; a scan that was not finished knows nothing of
    /// that and only lets go of what was overwritten.
    private func forget(_ progress: ScanProgress, of listing: PhotoListing, isComplete: Bool) throws -> Int {
        let departed = DepartedPhotos(store: store)
        var photos = progress.displaced
        if isComplete {
            photos.formUnion(
                try departed.leaving(
                    listing.folders, listed: Set(listing.files.map(\.path)), replaced: progress.replaced))
        }
        return try departed.forget(photos)
    }

    private func outcome(of file: PhotoFile, _ progress: ScanProgress) throws -> FileOutcome {
        do {
            if let defect = file.defect { throw defect }
            let location = try PhotoLocation(ofFileAt: file.path)
            if let known = try store.photos.photo(at: location), known.state.isAnalyzed {
                return .known(known.id)
            }
            return try memory.holding(fileOf: min(location.byteCount, options.maximumBytes)) {
                let content = try PhotoBytes(contentsOf: file.path, limit: options.maximumBytes)
                if let known = try store.photos.photo(withHash: content.contentHash), known.state.isAnalyzed {
                    return try duplicate(known, at: location, progress)
                }
                return try analyze(content, at: location, progress)
            }
        } catch let error as PhotoIntakeError {
            if case .notAPhoto = error { progress.noteReplaced(file.path) }
            return .failed(reason: error.message)
        }
    }

    /// Trouble with the photo or its faces is recorded with what the header says; trouble with the library is thrown.
    private func analyze(
        _ content: PhotoBytes, at location: PhotoLocation, _ progress: ScanProgress
    ) throws -> FileOutcome {
        var header: PhotoMetadata?
        do {
            let probed = try decoder.probe(content.bytes)
            header = probed
            let (metadata, faces) = try memory.taking(probed, bytes: content.bytes) {
                let decoded = try observer.timing(.decode) { try decoder.decode(content.bytes) }
                return (decoded.metadata, try watched.analyze(decoded.photo, options: options.detection))
            }
            let photo = NewPhoto(
                contentHash: content.contentHash, byteCount: content.bytes.count, metadata: metadata,
                model: analyzer.model)
            let recorded = try observer.timing(.store) {
                try store.photos.record(photo, at: location, faces: faces)
            }
            progress.noteDisplaced(recorded.displaced)
            // Another thread may have been quicker with the same bytes.
            return recorded.outcome == .added
                ? .analyzed(recorded.photo.id, faces: faces.count) : .duplicate(recorded.photo.id)
        } catch let error as any UserFacingError where Self.isOfOneFile(error) {
            let failed = FailedPhoto(
                contentHash: content.contentHash, byteCount: content.bytes.count, metadata: header,
                reason: error.message)
            progress.noteDisplaced(try store.photos.recordFailure(failed, at: location).displaced)
            return .failed(reason: error.message)
        }
    }

    /// Faces that cannot be stored say nothing of the library: the other files go on.
    private static func isOfOneFile(_ error: any UserFacingError) -> Bool {
        switch error as? FaceStoreError {
        case nil, .invalidFace, .dimensionMismatch: true
        default: false
        }
    }

    /// A file whose bytes are known: moved or touched when the place that was known is this one or gone, else a
    /// duplicate.
    private func duplicate(
        _ photo: StoredPhoto, at location: PhotoLocation, _ progress: ScanProgress
    ) throws -> FileOutcome {
        let others = try store.photos.locations(of: photo.id).filter { $0.path != location.path }
        progress.noteDisplaced(try store.photos.addLocation(location, to: photo.id))
        var isElsewhere = false
        for other in others {
            if let found = try? PhotoLocation(ofFileAt: other.path) {
                // A file that was changed there is met as what it is now, perhaps at this moment by another thread: its
                // place is not this photo's to remove.
                if found == other { isElsewhere = true }
            } else if PhotoLocation.isGone(other.path) {
                try store.photos.removeLocation(path: other.path)
            } else {
                isElsewhere = true
            }
        }
        return isElsewhere ? .duplicate(photo.id) : .known(photo.id)
    }
}
