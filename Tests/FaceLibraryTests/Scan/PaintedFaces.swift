import FaceAnalysis
import FaceCore
import Foundation

/// A world in which faces are coloured squares on a grey grid and people are colours: it makes what the library does
/// with faces testable without a model.
enum PaintedFaces {
    static let model = ModelID("painted/colours")
    static let cell = 40

    /// A face that the aligner can make nothing of.
    static let crooked: (UInt8, UInt8, UInt8) = (1, 2, 3)
    /// A face that the embedder can make nothing of.
    static let blank: (UInt8, UInt8, UInt8) = (3, 2, 1)
    /// A face whose embedding is no number, so that the library refuses it.
    static let infinite: (UInt8, UInt8, UInt8) = (2, 2, 2)

    static var analyzer: FaceAnalyzer { analyzer(model: model) }

    static func analyzer(model: ModelID) -> FaceAnalyzer {
        FaceAnalyzer(detector: Detector(), aligner: Aligner(), embedder: Embedder(model: model))
    }

    /// A PPM file with one face a colour, side by side. `seed` makes photos of the same people differ.
    static func ppm(_ colours: [(UInt8, UInt8, UInt8)], seed: UInt8 = 0) -> Data {
        let width = max(colours.count, 1) * cell
        var pixels: [UInt8] = []
        for y in 0..<cell {
            for x in 0..<width {
                // The first row is not part of any face: it carries the seed.
                if y == 0 || colours.isEmpty {
                    pixels += [128, 128, 128]
                } else {
                    let colour = colours[x / cell]
                    pixels += [colour.0, colour.1, colour.2]
                }
            }
        }
        pixels[0] = seed
        return Data("P6\n\(width) \(cell)\n255\n".utf8) + Data(pixels)
    }

    private struct Detector: FaceDetector {
        func detect(in photo: Photo, options: DetectionOptions) throws -> [DetectedFace] {
            (0..<photo.width / cell).compactMap { index in
                let center = 3 * (photo.width * (cell / 2) + index * cell + cell / 2)
                guard Array(photo.pixels[center..<center + 3]) != [128, 128, 128] else { return nil }
                let box = BoundingBox(x: Double(index * cell), y: 0, width: Double(cell), height: Double(cell))
                let points = (0..<5).map { Point(box.x + Double($0), Double($0)) }
                return DetectedFace(
                    box: box, landmarks: Landmarks(layout: .eyesNoseMouth, points: points), detectionScore: 0.9)
            }
        }
    }

    private struct Aligner: FaceAligner {
        func align(_ face: DetectedFace, in photo: Photo) throws -> AlignedFace {
            let center = 3 * (photo.width * (cell / 2) + Int(face.box.center.x))
            guard photo.pixels[center] != crooked.0 else { throw FaceAnalysisError.degenerateLandmarks }
            return AlignedFace(
                face: face, crop: Photo(width: 1, height: 1, pixels: Array(photo.pixels[center..<center + 3])))
        }
    }

    private struct Embedder: FaceEmbedder {
        let model: ModelID
        let dimension = 3

        func embed(_ faces: [AlignedFace]) throws -> [Embedding] {
            try faces.map { face in
                let pixels = face.crop.pixels
                guard pixels[0] != blank.0 else { throw FaceAnalysisError.noEmbedding(model) }
                let scale: Float = pixels[0] == infinite.0 ? 0 : 255
                return Embedding(model: model, vector: pixels.map { Float($0) / scale })
            }
        }
    }
}
