import FaceCore
import Foundation

/// One line of `measure analyze`: a photo and what was found on it.
struct PhotoLine: Encodable {
    struct Face: Encodable {
        /// x, y, width, height in pixels of the photo.
        let box: [Double]
        let landmarks: [[Double]]
        let detectionScore: Double
        let embedding: [Float]?
        let quality: FaceQuality?

        init(_ face: DetectedFace, embedding: Embedding? = nil, quality: FaceQuality? = nil) {
            box = [face.box.x, face.box.y, face.box.width, face.box.height]
            landmarks = face.landmarks.points.map { [$0.x, $0.y] }
            detectionScore = face.detectionScore
            self.embedding = embedding?.vector
            self.quality = quality
        }
    }

    let file: String
    let width: Int
    let height: Int
    /// Width and height of the detector's input in each of its passes; nil where that is no choice.
    let inputs: [[Int]]?
    let milliseconds: Double
    let faces: [Face]
}

/// Prints values as JSON, one a line, keys in the style of `lik scan --json`.
struct JSONLines {
    private let encoder = JSONEncoder()

    init() {
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    }

    func print(_ value: some Encodable) throws {
        Swift.print(String(decoding: try encoder.encode(value), as: UTF8.self))
    }
}
