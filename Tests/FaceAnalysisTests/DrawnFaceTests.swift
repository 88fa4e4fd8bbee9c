import FaceCore
import Testing

@testable import FaceAnalysis

/// `FaceAnalyzer.analyze(box:in:)`: what is made of a box that somebody drew.
struct DrawnFaceTests {
    private static let photo = Photo(width: 300, height: 200, pixels: [UInt8](repeating: 90, count: 300 * 200 * 3))

    /// Finds one face at a fixed place of whatever it is shown.
    private struct Detector: FaceDetector {
        let box: BoundingBox?

        func detect(in photo: Photo, options: DetectionOptions) throws -> [DetectedFace] {
            guard let box else { return [] }
            let points = (0..<5).map { Point(box.x + Double($0), box.y + Double($0)) }
            return [
                DetectedFace(
                    box: box, landmarks: Landmarks(layout: .eyesNoseMouth, points: points), detectionScore: 0.2)
            ]
        }
    }

    private struct Aligner: FaceAligner {
        func align(_ face: DetectedFace, in photo: Photo) throws -> AlignedFace {
            AlignedFace(face: face, crop: Photo(width: 1, height: 1, pixels: [1, 2, 3]))
        }
    }

    private struct Embedder: FaceEmbedder {
        let model = ModelID("test/drawn")
        let dimension = 2

        func embed(_ faces: [AlignedFace]) throws -> [Embedding] {
            faces.map { _ in Embedding(model: model, vector: [1, 0]) }
        }
    }

    private func analyzer(finding box: BoundingBox?) -> FaceAnalyzer {
        FaceAnalyzer(detector: Detector(box: box), aligner: Aligner(), embedder: Embedder())
    }

    @Test func `What the detector finds around the box gives landmarks and score, and the box stays as drawn`() throws {
        // The part that is looked at begins at (60, 40): one box further on each side.
        let drawn = BoundingBox(x: 100, y: 80, width: 40, height: 40)
        let face = try analyzer(finding: BoundingBox(x: 42, y: 41, width: 38, height: 38)).analyze(
            box: drawn, in: Self.photo)
        #expect(face.face.box == drawn)
        #expect(face.face.detectionScore == 0.2)
        #expect(face.face.landmarks.points[0] == Point(102, 81))
        #expect(face.embedding.vector == [1, 0])
    }

    @Test(arguments: [nil, BoundingBox(x: 0, y: 0, width: 20, height: 20)])
    func `Without a find in the box its landmarks are those of a face that fills it`(found: BoundingBox?) throws {
        let drawn = BoundingBox(x: 100, y: 80, width: 40, height: 50)
        let face = try analyzer(finding: found).analyze(box: drawn, in: Self.photo)
        #expect(face.face.detectionScore == 0)
        #expect(face.face.landmarks.points == ArcFaceTemplate.typicalLandmarks(in: drawn))
    }

    @Test(arguments: [
        BoundingBox(x: 300, y: 0, width: 10, height: 10), BoundingBox(x: -50, y: 0, width: 50.5, height: 10),
        BoundingBox(x: 10, y: 10, width: 0, height: 10),
    ])
    func `A box of which nothing is on the photo is no face`(box: BoundingBox) {
        #expect(throws: FaceAnalysisError.degenerateBox) {
            try analyzer(finding: nil).analyze(box: box, in: Self.photo)
        }
    }
}
