import FaceAnalysis
import FaceCore
import Imaging

/// A photo's bytes in, its faces out, within the memory that photos may take.
struct PhotoAnalysis: Sendable {
    let decoder: PhotoDecoder
    let analyzer: FaceAnalyzer
    let memory: MemoryBudget
    let observer: any WorkObserver

    init(
        decoder: PhotoDecoder, analyzer: FaceAnalyzer, memory: MemoryBudget,
        observer: any WorkObserver = NoWorkObserver()
    ) {
        self.decoder = decoder
        self.analyzer = observer is NoWorkObserver ? analyzer : analyzer.timed(by: observer)
        self.memory = memory
        self.observer = observer
    }

    /// - Throws: `ImagingError`, `FaceAnalysisError`, `InferenceError`.
    func run(
        _ content: PhotoBytes, options: DetectionOptions
    ) throws -> (metadata: PhotoMetadata, faces: [AnalyzedFace]) {
        try run(content.bytes, options: options)
    }

    /// - Parameter bytes: of an image whose content nobody asks for by its hash.
    /// - Throws: `ImagingError`, `FaceAnalysisError`, `InferenceError`.
    func run(
        _ bytes: [UInt8], options: DetectionOptions
    ) throws -> (metadata: PhotoMetadata, faces: [AnalyzedFace]) {
        let header = try decoder.probe(bytes)
        return try memory.taking(header, bytes: bytes) {
            let decoded = try observer.timing(.decode) { try decoder.decode(bytes) }
            return (decoded.metadata, try analyzer.analyze(decoded.photo, options: options))
        }
    }
}
