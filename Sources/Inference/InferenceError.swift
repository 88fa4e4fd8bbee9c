public import FaceCore
import Foundation

/// Why a model could not be loaded or run.
public enum InferenceError: UserFacingError, Equatable {
    /// No ONNX Runtime was found in any of these places.
    case libraryNotFound(searched: [String])
    /// The file is there and is not an ONNX Runtime that can be used.
    case libraryUnusable(path: String, reason: String)
    case modelNotFound(path: String)
    /// The file is no model, is damaged, or uses what this ONNX Runtime does not know; the reason is ONNX Runtime's.
    case modelUnusable(path: String, reason: String)
    /// A tensor of the model holds something else than 32-bit floats.
    case unsupportedElementType(tensor: String, model: String)
    /// The model has no input of that name.
    case unknownInput(name: String, known: [String])
    /// The model wants an input that was not given.
    case missingInput(name: String)
    /// The model has no output of that name.
    case unknownOutput(name: String, known: [String])
    /// The run failed, for example because an input's shape does not fit; the reason is ONNX Runtime's.
    case runFailed(model: String, reason: String)
    /// CUDA was asked for and this ONNX Runtime was built without it.
    case noCUDAProvider(version: String)
    /// CUDA was asked for and the card or its libraries cannot be used; the reason is ONNX Runtime's.
    case cudaUnusable(device: Int, reason: String)

    public var message: String {
        switch self {
        case .libraryNotFound(let searched):
            "ONNX Runtime was not found (looked at \(searched.joined(separator: ", "))). "
                + "Run `make setup`, or set LIK_ONNXRUNTIME to the library file."
        case .libraryUnusable(let path, let reason):
            "The ONNX Runtime at \(path) cannot be used: \(reason). Run `make setup`, or set LIK_ONNXRUNTIME."
        case .modelNotFound(let path):
            "The model file \(path) is missing."
        case .modelUnusable(let path, let reason):
            "The model file \(path) cannot be used: \(reason)"
        case .unsupportedElementType(let tensor, let model):
            "The model \(model) has a tensor \"\(tensor)\" that does not hold 32-bit floats."
        case .unknownInput(let name, let known):
            "The model has no input \"\(name)\"; it has \(Self.list(known))."
        case .missingInput(let name):
            "The model's input \"\(name)\" was not given."
        case .unknownOutput(let name, let known):
            "The model has no output \"\(name)\"; it has \(Self.list(known))."
        case .runFailed(let model, let reason):
            "The model \(model) could not be run: \(reason)"
        case .noCUDAProvider(let version):
            "This build of ONNX Runtime (\(version)) has no CUDA provider. "
                + "Set LIK_ONNXRUNTIME to the library of the CUDA build."
        case .cudaUnusable(let device, let reason):
            "The NVIDIA card \(device) cannot be used: \(Self.firstLine(reason))."
        }
    }

    /// ONNX Runtime's texts begin with its sources' places and a code, and go on about them.
    private static func firstLine(_ text: String) -> String {
        let line = String(text.split(whereSeparator: \.isNewline).first ?? "unknown reason").trimmingSuffix(".")
        guard line.contains("[ONNXRuntimeError]"),
            let code = line.range(of: #" : [A-Z_]+ : "#, options: .regularExpression)
        else { return line }
        return String(line[code.upperBound...])
    }

    private static func list(_ names: [String]) -> String {
        names.map { "\"\($0)\"" }.joined(separator: ", ")
    }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: Character) -> String {
        last == suffix ? String(dropLast()) : self
    }
}
