import FaceAnalysis
import FaceCore
import FaceLibrary
import FaceStore

/// A world in which faces are coloured squares side by side and people are colours, for servers that look at images.
enum PaintedPack {
    static let model = ModelID("painted/colours")
    static let side = 40
    static let red: [UInt8] = [250, 10, 10]
    static let blue: [UInt8] = [10, 10, 250]
    static let green: [UInt8] = [10, 250, 10]

    /// A PPM file; without a colour a grey one.
    static func image(_ colours: [UInt8]..., seed: UInt8 = 0) -> [UInt8] {
        let width = max(colours.count, 1) * side
        var pixels: [UInt8] = []
        for y in 0..<side {
            for x in 0..<width { pixels += y == 0 || colours.isEmpty ? [128, 128, 128] : colours[x / side] }
        }
        pixels[0] = seed
        return Array("P6\n\(width) \(side)\n255\n".utf8) + pixels
    }

    static func models(store: any LibraryStore) -> AnalysisModels {
        AnalysisModels(store: store) {
            AnalysisPack(
                name: "painted", licence: "none", isVerified: true, model: model, detection: DetectionOptions(),
                grouping: GroupingOptions(algorithm: .average, eps: 0.1, metric: .euclidean))
        } load: {
            FaceAnalyzer(detector: Detector(), aligner: Aligner(), embedder: Embedder())
        } attributes: {
            [AgeOfColour()]
        }
    }

    /// The redder, the older.
    private struct AgeOfColour: FaceAttributeEstimator {
        func describe(_ face: DetectedFace, in photo: Photo, into attributes: inout FaceAttributes) throws {
            let center = 3 * (photo.width * (side / 2) + Int(face.box.center.x))
            attributes.age = Int(photo.pixels[center]) / 10
            attributes.gender = attributes.age == 25 ? .female : .male
        }
    }

    private struct Detector: FaceDetector {
        func detect(in photo: Photo, options: DetectionOptions) throws -> [DetectedFace] {
            (0..<photo.width / side).compactMap { index in
                let center = 3 * (photo.width * (side / 2) + index * side + side / 2)
                guard Array(photo.pixels[center..<center + 3]) != [128, 128, 128] else { return nil }
                let box = BoundingBox(x: Double(index * side), y: 0, width: Double(side), height: Double(side))
                let points = (0..<5).map { Point(box.x + Double($0), Double($0)) }
                return DetectedFace(
                    box: box, landmarks: Landmarks(layout: .eyesNoseMouth, points: points), detectionScore: 0.9)
            }
        }
    }

    private struct Aligner: FaceAligner {
        func align(_ face: DetectedFace, in photo: Photo) throws -> AlignedFace {
            let center = 3 * (photo.width * (side / 2) + Int(face.box.center.x))
            return AlignedFace(
                face: face, crop: Photo(width: 1, height: 1, pixels: Array(photo.pixels[center..<center + 3])))
        }
    }

    private struct Embedder: FaceEmbedder {
        var model: ModelID { PaintedPack.model }
        let dimension = 3

        func embed(_ faces: [AlignedFace]) throws -> [Embedding] {
            faces.map { Embedding(model: model, vector: $0.crop.pixels.map { Float($0) / 255 }) }
        }
    }
}
