import FaceCore
import Inference

/// Turns photos into the input of a model: red, green and blue planes of `(value − mean) / scale`, shape
/// [1, 3, height, width].
struct InputPlanes: Sendable {
    /// What each of the 256 grey levels becomes, red's table first.
    private let levels: [Float]

    /// - Throws: `FaceAnalysisError.unexpectedModel` for a convention that is not of three channels or divides by 0.
    init(_ convention: ModelPackManifest.InputConvention, model: String) throws(FaceAnalysisError) {
        guard convention.mean.count == 3, convention.mean.allSatisfy(\.isFinite) else {
            throw .unexpectedModel(model: model, reason: "its manifest does not give three mean values")
        }
        guard convention.scale.isFinite, convention.scale != 0 else {
            throw .unexpectedModel(model: model, reason: "its manifest gives no usable scale")
        }
        levels = convention.mean.flatMap { mean in
            (0..<256).map { Float((Double($0) - mean) / convention.scale) }
        }
    }

    func callAsFunction(_ photo: Photo) -> Tensor {
        let count = photo.pixelCount
        let values = [Float](unsafeUninitializedCapacity: 3 * count) { buffer, initialized in
            photo.pixels.withUnsafeBufferPointer { pixels in
                levels.withUnsafeBufferPointer { levels in
                    for index in 0..<count {
                        buffer[index] = levels[Int(pixels[3 * index])]
                        buffer[count + index] = levels[256 + Int(pixels[3 * index + 1])]
                        buffer[2 * count + index] = levels[512 + Int(pixels[3 * index + 2])]
                    }
                }
            }
            initialized = 3 * count
        }
        return Tensor(shape: [1, 3, photo.height, photo.width], values: values)
    }
}
