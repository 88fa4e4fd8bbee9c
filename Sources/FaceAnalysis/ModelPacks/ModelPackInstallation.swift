import FaceCore
import Foundation

/// What an installation came to.
public struct ModelPackInstallation: Sendable {
    /// The pack as it now lies in the store.
    public let pack: InstalledModelPack
    /// The same pack was there, intact, and nothing was changed.
    public let wasAlreadyInstalled: Bool
    /// A sentence that the user is to be told, for example that another pack than the first choice was taken.
    public let note: String?
}

/// How far an installation is.
public struct ModelPackProgress: Sendable, Hashable {
    public enum Stage: String, Sendable, Hashable {
        case downloading
        /// Hashing.
        case checking
        case unpacking
        case copying
        case converting
    }

    /// What is being done.
    public let stage: Stage
    /// The pack's name.
    public let pack: String
    /// Bytes done in this stage; 0 when the stage does not count.
    public let completed: Int64
    /// Bytes to be done in this stage; nil when that is not known.
    public let total: Int64?
}

/// Turns dlib's network files into ONNX models.
public struct DlibConversion: Sendable {
    /// The bytes of `mmod_human_face_detector.dat` → an ONNX model.
    public var detector: @Sendable ([UInt8]) throws -> [UInt8]
    /// The bytes of `dlib_face_recognition_resnet_model_v1.dat` → an ONNX model.
    public var embedder: @Sendable ([UInt8]) throws -> [UInt8]

    public init(
        detector: @escaping @Sendable ([UInt8]) throws -> [UInt8],
        embedder: @escaping @Sendable ([UInt8]) throws -> [UInt8]
    ) {
        self.detector = detector
        self.embedder = embedder
    }

    /// The converters of this package.
    public static let standard = DlibConversion(
        detector: { try DlibPackConverter.detectorModel(from: $0) },
        embedder: { try DlibPackConverter.embedderModel(from: $0) })
}
