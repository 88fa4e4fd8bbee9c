import FaceAnalysis
import FaceCore
import Foundation
import Inference
import Testing

/// The tiny models of `scripts/golden/insightface_models.py` and what InsightFace itself makes of them
/// (`scripts/golden/insightface_golden.py`).
enum InsightFacePeer {
    /// Opens a model; a machine without ONNX Runtime fails here with the hint to run `make setup`.
    static func open(_ name: String, options: InferenceOptions = InferenceOptions()) throws -> InferenceSession {
        let url = try #require(Bundle.module.url(forResource: "Models/\(name)", withExtension: "onnx"))
        return try InferenceSession(modelPath: url.path, runtime: .shared(), options: options)
    }

    static func bytes(_ name: String) throws -> [UInt8] {
        let url = try #require(Bundle.module.url(forResource: "Models/\(name)", withExtension: "onnx"))
        return [UInt8](try Data(contentsOf: url))
    }

    static func detections() throws -> [DetectionCase] { try golden("insightface_detections") }
    static func faces() throws -> FaceCases { try golden("insightface_faces") }

    private static func golden<Content: Decodable>(_ name: String) throws -> Content {
        let url = try #require(Bundle.module.url(forResource: "Golden/\(name)", withExtension: "json"))
        return try JSONDecoder().decode(Content.self, from: Data(contentsOf: url))
    }

    /// The picture that the script makes: a smooth one by a formula in integers.
    static func photo(width: Int, height: Int, seed: Int = 0) -> Photo {
        var pixels: [UInt8] = []
        pixels.reserveCapacity(3 * width * height)
        for row in 0..<height {
            for column in 0..<width {
                for channel in 0..<3 {
                    let slope = row * (3 + seed) + column * (5 + 2 * seed)
                    let wave = (slope + 50 * channel + row * column / 64) % 512
                    pixels.append(UInt8(wave < 256 ? wave : 511 - wave))
                }
            }
        }
        return Photo(width: width, height: height, pixels: pixels)
    }

    static let detectorInput = convention(nil, mean: 127.5, scale: 128)
    static let embedderInput = convention(112, mean: 127.5, scale: 127.5)
    static let genderAgeInput = convention(96, mean: 0, scale: 1)
    static let landmarkInput = convention(192, mean: 0, scale: 1)

    static func convention(
        _ side: Int?, mean: Double, scale: Double
    ) -> ModelPackManifest.InputConvention {
        ModelPackManifest.InputConvention(
            width: side, height: side, mean: [mean, mean, mean], scale: scale, channelOrder: .rgb)
    }
}

struct DetectionCase: Decodable, Sendable {
    var model: String
    var width: Int
    var height: Int
    var seed: Int
    var threshold: Double
    var longerSide: Int?
    var secondPass: Int?
    var fixedWidth: Int?
    var fixedHeight: Int?
    /// Left, top, right, bottom, score; best score first.
    var boxes: [[Double]]
    var keypoints: [[[Double]]]?
    var largestTwo: [[Double]]

    var photo: Photo { InsightFacePeer.photo(width: width, height: height, seed: seed) }
    var isFixedModel: Bool { model == "tiny_scrfd_fixed" }

    func detector() throws -> SCRFDDetector {
        var input = InsightFacePeer.detectorInput
        var geometry = DetectorInput.photoAspect()
        if let longerSide {
            geometry = .photoAspect(longerSide: longerSide, secondPass: secondPass)
        } else if let fixedWidth, let fixedHeight {
            if isFixedModel {
                input.width = fixedWidth
                input.height = fixedHeight
            } else {
                geometry = .fixed(width: fixedWidth, height: fixedHeight)
            }
        }
        return try SCRFDDetector(session: InsightFacePeer.open(model), input: input, geometry: geometry)
    }

    func options(maximumFaces: Int? = nil) -> DetectionOptions {
        DetectionOptions(minimumScore: threshold, minimumSize: 0, maximumFaces: maximumFaces)
    }
}

extension DetectionCase: CustomTestStringConvertible {
    var testDescription: String { "\(model) on \(width) × \(height)" }
}

struct FaceCases: Decodable {
    var width: Int
    var height: Int
    var seed: Int
    var faces: [Face]

    var photo: Photo { InsightFacePeer.photo(width: width, height: height, seed: seed) }

    struct Face: Decodable {
        var landmarks: [[Double]]
        /// Left, top, right, bottom.
        var box: [Double]
        /// Every 24th pixel of the crop from (8, 8), red, green and blue.
        var cropGrid: [Int]
        var embedding: [Double]
        var gender: FaceAttributes.Gender
        var age: Int
        var planar106: [[Double]]
        var spatial68: [[Double]]

        var detected: DetectedFace {
            DetectedFace(
                box: BoundingBox(x: box[0], y: box[1], width: box[2] - box[0], height: box[3] - box[1]),
                landmarks: Landmarks(layout: .eyesNoseMouth, points: landmarks.map { Point($0[0], $0[1]) }),
                detectionScore: 1)
        }
    }
}
