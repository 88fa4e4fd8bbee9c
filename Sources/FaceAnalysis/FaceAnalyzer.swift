public import FaceCore

/// A photo in, its faces out: detect, align, embed, and estimate attributes where that was asked for.
///
/// All of it is synchronous and takes seconds on large photos: call it from threads of your own. One analyzer serves
/// any number of threads at once.
public struct FaceAnalyzer: Sendable {
    /// Names the space of the embeddings.
    public let model: ModelID
    public let detector: any FaceDetector
    public let aligner: any FaceAligner
    public let embedder: any FaceEmbedder
    public let attributes: [any FaceAttributeEstimator]

    /// Faces embedded in one run of the model, so that a crowd needs no more memory than a group.
    private static let facesPerRun = 8

    public init(
        detector: any FaceDetector, aligner: any FaceAligner, embedder: any FaceEmbedder,
        attributes: [any FaceAttributeEstimator] = []
    ) {
        self.detector = detector
        self.aligner = aligner
        self.embedder = embedder
        self.attributes = attributes
        model = embedder.model
    }

    /// The same analysis, in which each face is described besides.
    public func describing(with attributes: [any FaceAttributeEstimator]) -> FaceAnalyzer {
        FaceAnalyzer(detector: detector, aligner: aligner, embedder: embedder, attributes: attributes)
    }

    /// The faces of a photo, best detection score first. A face that has no extent or direction or gives no embedding is
    /// left out; the others are not lost with it.
    ///
    /// - Throws: `FaceAnalysisError` or `InferenceError`; `FaceAnalysisError.noEmbedding` when no face of the photo gave
    ///   one, for then the model is more likely at fault than the faces.
    public func analyze(_ photo: Photo, options: DetectionOptions = DetectionOptions()) throws -> [AnalyzedFace] {
        let faces = try detector.detect(in: photo, options: options)
        var analyzed: [AnalyzedFace] = []
        analyzed.reserveCapacity(faces.count)
        var withoutEmbedding: FaceAnalysisError?
        for start in stride(from: 0, to: faces.count, by: Self.facesPerRun) {
            let batch = faces[start..<min(start + Self.facesPerRun, faces.count)]
            do {
                analyzed += try analyze(batch, in: photo)
            } catch let error as FaceAnalysisError where error.isOfOneFace {
                // Which face it was is found out by taking them one by one.
                for face in batch {
                    do {
                        analyzed += try analyze(CollectionOfOne(face), in: photo)
                    } catch let error as FaceAnalysisError where error.isOfOneFace {
                        if case .noEmbedding = error { withoutEmbedding = error }
                    }
                }
            }
        }
        if analyzed.isEmpty, let withoutEmbedding { throw withoutEmbedding }
        return analyzed
    }

    func analyze(_ faces: some Collection<DetectedFace>, in photo: Photo) throws -> [AnalyzedFace] {
        let aligned = try faces.map { try aligner.align($0, in: photo) }
        return try zip(aligned, try embedder.embed(aligned)).map { aligned, embedding in
            let estimates = try attributes.isEmpty ? nil : estimate(aligned.face, in: photo)
            return AnalyzedFace(
                face: aligned.face, embedding: embedding, attributes: estimates,
                quality: FaceQuality(of: aligned, in: photo))
        }
    }

    private func estimate(_ face: DetectedFace, in photo: Photo) throws -> FaceAttributes {
        var result = FaceAttributes()
        for estimator in attributes { try estimator.describe(face, in: photo, into: &result) }
        return result
    }
}

extension FaceAnalysisError {
    /// Whether the trouble is with one face and says nothing of the others on the photo.
    fileprivate var isOfOneFace: Bool {
        switch self {
        case .degenerateLandmarks, .degenerateBox, .noEmbedding: true
        case .unexpectedModel, .unsupportedLandmarks, .wrongCropSize: false
        }
    }
}
