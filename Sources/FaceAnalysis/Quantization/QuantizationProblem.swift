/// Why models in bytes were not made.
public enum QuantizationProblem: Sendable, Equatable {
    /// How many photos and faces there were, and how many of each it takes.
    case tooFewFaces(photos: Int, faces: Int, needed: Int)
    /// None of the models agrees with its original well enough.
    case noneAgrees(QuantizationReport)

    var message: String {
        switch self {
        case .tooFewFaces(let photos, let faces, let needed):
            "\(photos) photos with \(faces) faces are too few to see what the models are used on and to check the result; "
                + "it takes \(needed) of each."
        case .noneAgrees(let report):
            "No model in int8 agrees with its original well enough: \(report.sentences.joined(separator: " "))"
        }
    }
}
