import FaceCore
import Inference

/// A model that takes one picture: its session, its input's name and how pixels become that input.
struct SingleInputModel: Sendable {
    let session: InferenceSession
    private let planes: InputPlanes
    private let inputName: String

    /// - Parameters:
    ///   - role: what the model is, for messages.
    ///   - outputCounts: how many outputs such a model may have.
    init(
        _ session: InferenceSession, role: String, input: ModelPackManifest.InputConvention, outputCounts: Set<Int>
    ) throws(FaceAnalysisError) {
        guard let name = session.inputNames.first, session.inputNames.count == 1 else {
            throw .unexpectedModel(model: role, reason: "it has \(session.inputNames.count) inputs instead of one")
        }
        guard outputCounts.contains(session.outputNames.count) else {
            let expected = outputCounts.sorted().map(String.init).joined(separator: " or ")
            throw .unexpectedModel(
                model: role, reason: "it has \(session.outputNames.count) outputs instead of \(expected)")
        }
        self.session = session
        inputName = name
        planes = try InputPlanes(input, model: role)
    }

    /// All outputs, in the order of the model's file.
    func run(_ photo: Photo) throws(InferenceError) -> [Tensor] {
        try session.run([inputName: planes(photo)], outputs: session.outputNames)
    }
}
