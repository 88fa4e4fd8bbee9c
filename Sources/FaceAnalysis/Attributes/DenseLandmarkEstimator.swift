public import FaceCore
public import Inference

/// InsightFace's models of many landmarks, on an upright square around the face.
public struct DenseLandmarkEstimator: FaceAttributeEstimator {
    /// Which points a model gives.
    public enum Kind: Sendable, Hashable {
        /// `2d106det`: 106 points of the contour, brows, eyes, nose and mouth.
        case planar106
        /// `1k3d68`: 1103 points in three dimensions, of which the last 68 are the common 68 landmarks; their depth is
        /// dropped.
        case spatial68
    }

    private let network: SingleInputModel
    private let side: Int
    private let kind: Kind

    /// - Parameter input: raw pixel values (mean 0, scale 1) on 192 × 192 for the published `2d106det`.
    /// - Throws: `unexpectedModel` for a model that is not of one input and one output, or whose input is no square.
    public init(
        session: InferenceSession, kind: Kind, input: ModelPackManifest.InputConvention
    ) throws(FaceAnalysisError) {
        guard let side = input.width, side > 0, input.height == side else {
            throw .unexpectedModel(
                model: "landmark model", reason: "its manifest does not give the side of a square input")
        }
        network = try SingleInputModel(session, role: "landmark model", input: input, outputCounts: [1])
        self.side = side
        self.kind = kind
    }

    /// - Throws: `InferenceError` when the model fails; `FaceAnalysisError`: `degenerateBox`, `unexpectedModel` for
    ///   another count of outputs than the kind has.
    public func describe(_ face: DetectedFace, in photo: Photo, into attributes: inout FaceAttributes) throws {
        let square = try FaceSquare(around: face.box, side: side)
        let output = try network.run(square.crop(of: photo))[0].values
        guard output.count == kind.outputCount else {
            throw FaceAnalysisError.unexpectedModel(
                model: "landmark model", reason: "it gives \(output.count) numbers instead of \(kind.outputCount)")
        }
        guard output.allSatisfy(\.isFinite) else { return }
        // The model's unit is half of the square, its origin the middle.
        let half = Double(side / 2)
        let first = output.count / kind.dimensions - kind.pointCount
        attributes.denseLandmarks = (0..<kind.pointCount).map { index in
            let start = (first + index) * kind.dimensions
            return square.photoPoint(Point((Double(output[start]) + 1) * half, (Double(output[start + 1]) + 1) * half))
        }
    }
}

extension DenseLandmarkEstimator.Kind {
    var pointCount: Int { self == .planar106 ? 106 : 68 }
    var dimensions: Int { self == .planar106 ? 2 : 3 }
    var outputCount: Int { self == .planar106 ? 212 : 3309 }
}
