import FaceAnalysis
import FaceCore
import Synchronization

/// Adds up the time that all threads spend in each stage of the analysis.
final class StageClock: Sendable {
    private let spent = Mutex<[String: Duration]>([:])

    func measure<Result>(_ stage: String, _ body: () throws -> Result) rethrows -> Result {
        let begin = ContinuousClock.now
        defer {
            let duration = ContinuousClock.now - begin
            spent.withLock { $0[stage, default: .zero] += duration }
        }
        return try body()
    }

    /// Milliseconds of one thread for each of `photos`, by stage.
    func milliseconds(perPhotoOf photos: Int) -> [String: Double] {
        spent.withLock { $0 }.mapValues { $0.milliseconds / Double(photos) }
    }
}

extension FaceAnalyzer {
    /// The same analysis, with a clock on each stage.
    func timed(by clock: StageClock) -> FaceAnalyzer {
        FaceAnalyzer(
            detector: TimedDetector(base: detector, clock: clock), aligner: TimedAligner(base: aligner, clock: clock),
            embedder: TimedEmbedder(base: embedder, clock: clock), attributes: attributes)
    }
}

private struct TimedDetector: FaceDetector {
    let base: any FaceDetector
    let clock: StageClock

    func detect(in photo: Photo, options: DetectionOptions) throws -> [DetectedFace] {
        try clock.measure("detect") { try base.detect(in: photo, options: options) }
    }
}

private struct TimedAligner: FaceAligner {
    let base: any FaceAligner
    let clock: StageClock

    func align(_ face: DetectedFace, in photo: Photo) throws -> AlignedFace {
        try clock.measure("align") { try base.align(face, in: photo) }
    }
}

private struct TimedEmbedder: FaceEmbedder {
    let base: any FaceEmbedder
    let clock: StageClock

    var model: ModelID { base.model }
    var dimension: Int { base.dimension }

    func embed(_ faces: [AlignedFace]) throws -> [Embedding] {
        try clock.measure("embed") { try base.embed(faces) }
    }
}

extension Duration {
    var milliseconds: Double {
        Double(components.seconds) * 1e3 + Double(components.attoseconds) / 1e15
    }
}
