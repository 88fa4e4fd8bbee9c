import FaceAnalysis
import FaceCore
import Imaging

/// A photo's bytes in, its faces out; of large photos one at a time.
struct PhotoAnalysis: Sendable {
    let decoder: PhotoDecoder
    let analyzer: FaceAnalyzer
    let largePhotos: LargePhotoTurn
    let observer: any WorkObserver

    init(
        decoder: PhotoDecoder, analyzer: FaceAnalyzer, largePhotos: LargePhotoTurn,
        observer: any WorkObserver = NoWorkObserver()
    ) {
        self.decoder = decoder
        self.analyzer = observer is NoWorkObserver ? analyzer : analyzer.timed(by: observer)
        self.largePhotos = largePhotos
        self.observer = observer
    }

    /// - Throws: `ImagingError`, `FaceAnalysisError`, `InferenceError`.
    func run(
        _ content: PhotoBytes, options: DetectionOptions
    ) throws -> (metadata: PhotoMetadata, faces: [AnalyzedFace]) {
        let header = try decoder.probe(content.bytes)
        return try largePhotos.taking(header) {
            let decoded = try observer.timing(.decode) { try decoder.decode(content.bytes) }
            return (decoded.metadata, try analyzer.analyze(decoded.photo, options: options))
        }
    }
}
