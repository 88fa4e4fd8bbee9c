public import FaceCore
public import Inference

/// InsightFace's `genderage`: an upright square around the face gives two scores, female and male, and the age in
/// hundreds of years.
public struct GenderAgeEstimator: FaceAttributeEstimator {
    private let network: SingleInputModel
    private let side: Int

    /// - Parameter input: raw pixel values (mean 0, scale 1) on 96 × 96 for the published models.
    /// - Throws: `unexpectedModel` for a model that is not of one input and one output, or whose input is no square.
    public init(
        session: InferenceSession, input: ModelPackManifest.InputConvention
    ) throws(FaceAnalysisError) {
        guard let side = input.width, side > 0, input.height == side else {
            throw .unexpectedModel(
                model: "gender and age model", reason: "its manifest does not give the side of a square input")
        }
        network = try SingleInputModel(session, role: "gender and age model", input: input, outputCounts: [1])
        self.side = side
    }

    /// - Throws: `InferenceError` when the model fails; `FaceAnalysisError`: `degenerateBox`, `unexpectedModel` for
    ///   another count of outputs than three.
    public func describe(_ face: DetectedFace, in photo: Photo, into attributes: inout FaceAttributes) throws {
        let output = try network.run(FaceSquare(around: face.box, side: side).crop(of: photo))[0].values
        guard output.count == 3 else {
            throw FaceAnalysisError.unexpectedModel(
                model: "gender and age model", reason: "it gives \(output.count) numbers instead of 3")
        }
        guard output.allSatisfy(\.isFinite) else { return }
        attributes.gender = output[0] >= output[1] ? .female : .male
        attributes.age = Int(min(max((output[2] * 100).rounded(.toNearestOrEven), 0), 150))
    }
}
