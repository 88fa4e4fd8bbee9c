import Foundation
import Inference

/// Opens a model that was just made; ONNX Runtime wants a file.
func openSession(_ model: [UInt8], options: InferenceOptions = InferenceOptions()) throws -> InferenceSession {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).onnx")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(model).write(to: file)
    return try InferenceSession(modelPath: file.path, runtime: .shared(), options: options)
}
