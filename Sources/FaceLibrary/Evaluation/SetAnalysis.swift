public import FaceAnalysis
import FaceCore
import FaceStore
public import Imaging

/// Looks for the faces on the photos of a set, as a scan does, and stores nothing.
public struct SetAnalysis: Sendable {
    private let analysis: PhotoAnalysis
    private let detection: DetectionOptions
    private let maximumBytes: Int
    private let jobs: Int

    /// - Parameters:
    ///   - maximumBytes: files with more are left out.
    ///   - jobs: photos in work at once, at least 1.
    ///   - memory: bounds what the photos in work take.
    public init(
        decoder: PhotoDecoder, analyzer: FaceAnalyzer, detection: DetectionOptions, maximumBytes: Int, jobs: Int,
        memory: MemoryBudget = MemoryBudget()
    ) {
        analysis = PhotoAnalysis(decoder: decoder, analyzer: analyzer, memory: memory)
        self.detection = detection
        self.maximumBytes = maximumBytes
        self.jobs = jobs
    }

    /// Blocks until all photos are through. A photo that cannot be read is left out, with the reason.
    ///
    /// - Parameter report: called from worker threads with the number of photos that are through, in order.
    /// - Throws: `EvaluationError.noReadablePhoto`.
    public func run(
        _ set: EvaluationSet, report: @escaping @Sendable (Int) -> Void = { _ in }
    ) throws(EvaluationError) -> AnalyzedSet {
        let results = WorkerThreads.map(set.photos, threads: jobs, name: "evaluate", report: report) { photo in
            Result { try analyze(photo) }
        }
        var photos: [AnalyzedSet.AnalyzedPhoto] = []
        var unreadable: [AnalyzedSet.LeftOut] = []
        for (photo, result) in zip(set.photos, results) {
            switch result {
            case .success(let analyzed): photos.append(analyzed)
            case .failure(let error):
                let reason = (error as? any UserFacingError)?.message ?? "It could not be analysed."
                unreadable.append(AnalyzedSet.LeftOut(name: photo.name, reason: reason))
            }
        }
        if photos.isEmpty, let first = unreadable.first {
            throw .noReadablePhoto(first: "\(first.name): \(first.reason)")
        }
        return AnalyzedSet(model: analysis.analyzer.model, photos: photos, unreadable: unreadable)
    }

    private func analyze(_ photo: LabelledPhoto) throws -> AnalyzedSet.AnalyzedPhoto {
        let location = try PhotoLocation(ofFileAt: photo.path)
        return try analysis.memory.holding(fileOf: min(location.byteCount, maximumBytes)) {
            let content = try PhotoBytes(contentsOf: photo.path, limit: maximumBytes)
            let (metadata, faces) = try analysis.run(content, options: detection)
            return AnalyzedSet.AnalyzedPhoto(
                label: photo, contentHash: content.contentHash, byteCount: content.bytes.count, metadata: metadata,
                faces: faces)
        }
    }
}
