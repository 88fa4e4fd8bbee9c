import Foundation
import Inference
import Testing

/// The tiny models of `scripts/golden/inference_models.py`.
enum TestModels {
    static func path(_ name: String) throws -> String {
        try #require(Bundle.module.url(forResource: "Models/\(name)", withExtension: "onnx")).path
    }

    /// Opens a model; a machine without ONNX Runtime fails here with the hint to run `make setup`.
    static func open(_ name: String, options: InferenceOptions = InferenceOptions()) throws -> InferenceSession {
        try InferenceSession(modelPath: path(name), runtime: .shared(), options: options)
    }
}
