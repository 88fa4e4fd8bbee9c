import FaceAnalysis
import FaceCore

extension FaceAnalyzer {
    /// The same analyzer, each stage of which is timed.
    func timed(by observer: any WorkObserver) -> FaceAnalyzer {
        FaceAnalyzer(
            detector: TimedDetector(base: detector, observer: observer),
            aligner: TimedAligner(base: aligner, observer: observer),
            embedder: TimedEmbedder(base: embedder, observer: observer), attributes: attributes)
    }
}

private struct TimedDetector: FaceDetector {
    let base: any FaceDetector
    let observer: any WorkObserver

    func detect(in photo: Photo, options: DetectionOptions) throws -> [DetectedFace] {
        try observer.timing(.detect) { try base.detect(in: photo, options: options) }
    }

    func face(filling box: BoundingBox, in photo: Photo) -> DetectedFace { base.face(filling: box, in: photo) }
}

private struct TimedAligner: FaceAligner {
    let base: any FaceAligner
    let observer: any WorkObserver

    func align(_ face: DetectedFace, in photo: Photo) throws -> AlignedFace {
        try observer.timing(.align) { try base.align(face, in: photo) }
    }
}

private struct TimedEmbedder: FaceEmbedder {
    let base: any FaceEmbedder
    let observer: any WorkObserver

    var model: ModelID { base.model }
    var dimension: Int { base.dimension }

    func embed(_ faces: [AlignedFace]) throws -> [Embedding] {
        try observer.timing(.embed) { try base.embed(faces) }
    }
}
