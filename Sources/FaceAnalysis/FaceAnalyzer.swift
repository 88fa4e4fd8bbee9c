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

    /// The faces of a photo, best detection score first.
    ///
    /// - Throws: `FaceAnalysisError` or `InferenceError`.
    public func analyze(_ photo: Photo, options: DetectionOptions = DetectionOptions()) throws -> [AnalyzedFace] {
        let faces = try detector.detect(in: photo, options: options)
        var analyzed: [AnalyzedFace] = []
        analyzed.reserveCapacity(faces.count)
        for start in stride(from: 0, to: faces.count, by: Self.facesPerRun) {
            let batch = faces[start..<min(start + Self.facesPerRun, faces.count)]
            let aligned = try batch.map { try aligner.align($0, in: photo) }
            for (face, embedding) in zip(batch, try embedder.embed(aligned)) {
                let estimates = try attributes.isEmpty ? nil : estimate(face, in: photo)
                analyzed.append(AnalyzedFace(face: face, embedding: embedding, attributes: estimates))
            }
        }
        return analyzed
    }

    private func estimate(_ face: DetectedFace, in photo: Photo) throws -> FaceAttributes {
        var result = FaceAttributes()
        for estimator in attributes { try estimator.describe(face, in: photo, into: &result) }
        return result
    }
}
