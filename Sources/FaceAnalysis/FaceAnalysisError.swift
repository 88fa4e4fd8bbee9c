public import FaceCore

/// Why a face could not be analysed.
public enum FaceAnalysisError: UserFacingError, Equatable {
    /// A file of a model pack is not the kind of model that its manifest says.
    case unexpectedModel(model: String, reason: String)
    /// An aligner was given landmarks of another family's detector.
    case unsupportedLandmarks(LandmarkLayout)
    /// The landmarks coincide or are no numbers, so that the face has no size or direction.
    case degenerateLandmarks
    /// The face's box has no extent or is no numbers.
    case degenerateBox
    /// A crop is not of the size that the embedder takes; sides in pixels.
    case wrongCropSize(expected: Int, width: Int, height: Int)
    /// The embedder gave a vector without a direction: zeros or no numbers.
    case noEmbedding(ModelID)

    public var message: String {
        switch self {
        case .unexpectedModel(let model, let reason):
            "The \(model) of the model pack cannot be used: \(reason)."
        case .unsupportedLandmarks(let layout):
            "The embedder of this model pack cannot use landmarks of the kind \"\(layout.rawValue)\"; "
                + "detector and embedder come from different families."
        case .degenerateLandmarks:
            "A face's landmarks lie on one point, so it cannot be aligned."
        case .degenerateBox:
            "A face's box has no extent."
        case .wrongCropSize(let expected, let width, let height):
            "The embedder takes faces of \(expected) × \(expected) pixels and was given \(width) × \(height)."
        case .noEmbedding(let model):
            "The model \(model) gave no usable embedding for a face; its file may be damaged."
        }
    }
}
