import ArgumentParser
import FaceAnalysis
import Foundation
import Inference

/// Which pack runs, and how photos come to its detector.
struct PackFlags: ParsableArguments {
    @Argument(help: "The folder of an installed model pack.")
    var pack: String

    @Option(help: "The detector's input: WIDTHxHEIGHT, or aspect for the photo's own aspect. InsightFace's packs only.")
    var detSize: DetectorSize?

    @Flag(help: "Photos come to the detector as large as they are. The dlib pack only.")
    var noScaling = false

    @Option(help: "Smallest detection score that counts as a face.")
    var detThresh = 0.5

    @Option(help: "Smallest face, shorter side of its box in pixels; a server's is 30.")
    var minSize = 0.0

    @Option(help: "Only so many of the largest faces of a photo.")
    var maxFaces: Int?

    @Flag(help: "Run the models in int8, as lik models quantize has made them.")
    var int8 = false

    @Flag(help: "Run all models of the pack on each face.")
    var attributes = false

    @Option(help: "Where ONNX Runtime writes the times of its operators, as the beginning of files' names.")
    var profile: String?

    func analyzer() throws -> FaceAnalyzer {
        var options = FaceAnalyzerOptions(threadsPerSession: 1)
        options.detectorInput = detSize?.input
        options.precision = int8 ? .int8 : .float32
        options.profile = profile
        if attributes { options.attributes = [.genderAge, .denseLandmarks2D, .denseLandmarks3D] }
        if noScaling { options.dlibScale = .photo }
        let installed = try InstalledModelPack(folder: URL(fileURLWithPath: pack, isDirectory: true))
        return try FaceAnalyzer(pack: installed, runtime: .shared(), options: options)
    }

    /// Faces of any size unless one is given: those who are compared with Lik have no smallest size.
    var detection: DetectionOptions {
        DetectionOptions(minimumScore: detThresh, minimumSize: minSize, maximumFaces: maxFaces)
    }
}

/// The detector's input shape as a flag.
enum DetectorSize: ExpressibleByArgument {
    case fixed(width: Int, height: Int)
    /// The photo's own aspect, the longer side 640 pixels.
    case aspect

    init?(argument: String) {
        if argument == "aspect" {
            self = .aspect
            return
        }
        let sides = argument.split(separator: "x").compactMap { Int($0) }
        guard sides.count == 2, sides.allSatisfy({ $0 > 0 && $0 % 32 == 0 }) else { return nil }
        self = .fixed(width: sides[0], height: sides[1])
    }

    var input: DetectorInput {
        switch self {
        case .fixed(let width, let height): .fixed(width: width, height: height)
        case .aspect: .photoAspect(longerSide: 640)
        }
    }
}
