import FaceAnalysis
import FaceCore
import Synchronization

/// The painted world's analyzer, which calls a hook before it looks at a photo.
enum HookedAnalyzer {
    static func make(_ hook: @escaping @Sendable (Photo) throws -> Void) -> FaceAnalyzer {
        let base = PaintedFaces.analyzer
        return FaceAnalyzer(
            detector: Detector(base: base.detector, hook: hook), aligner: base.aligner, embedder: base.embedder)
    }

    private struct Detector: FaceDetector {
        let base: any FaceDetector
        let hook: @Sendable (Photo) throws -> Void

        func detect(in photo: Photo, options: DetectionOptions) throws -> [DetectedFace] {
            try hook(photo)
            return options.minimumSize > 1000 ? [] : try base.detect(in: photo, options: options)
        }
    }
}

/// Counts calls.
final class Counter: Sendable {
    private let number = Atomic<Int>(0)

    var value: Int { number.load(ordering: .acquiring) }

    @discardableResult
    func increment() -> Int { number.add(1, ordering: .acquiringAndReleasing).newValue }
}
