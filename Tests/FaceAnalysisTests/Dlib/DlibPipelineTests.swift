import FaceCore
import Inference
import Testing

@testable import FaceAnalysis

/// Detector and embedder on networks with made-up weights, against what dlib itself made of the same files.
@Suite struct DlibPipelineTests {
    private func detector(_ scale: DlibDetectionScale) throws -> DlibFaceDetector {
        DlibFaceDetector(
            session: try openSession(try DlibPackConverter.detectorModel(from: SyntheticDlibFiles.detector())),
            shapePredictor: try DlibShapePredictor(SyntheticDlibFiles.shapePredictor()), scale: scale)
    }

    private let everything = DetectionOptions(minimumScore: 1e-6, minimumSize: 0)

    @Test func `On a photo as it is the boxes are dlib's`() throws {
        let photo = SyntheticDlibFiles.photo(height: 240, width: 320)
        let faces = try detector(.photo).detect(in: photo, options: everything)
        let expected = try DlibReference.load().detections
        #expect(faces.count == expected.count)
        for (face, values) in zip(faces, expected) {
            let box = BoundingBox(
                x: values[0], y: values[1], width: values[2] - values[0] + 1, height: values[3] - values[1] + 1)
            #expect(face.box == box)
            #expect(abs(face.detectionScore - values[4]) < 1e-4)
            #expect(face.landmarks.layout == .eyeCornersNose)
        }
    }

    @Test func `Options leave out faces that are too small, too unsure or too many`() throws {
        let photo = SyntheticDlibFiles.photo(height: 240, width: 320)
        let detector = try detector(.photo)
        let all = try detector.detect(in: photo, options: everything)
        let sure = try detector.detect(in: photo, options: DetectionOptions(minimumScore: 0.2, minimumSize: 0))
        #expect(sure == all.filter { $0.detectionScore >= 0.2 } && !sure.isEmpty && sure.count < all.count)
        let large = try detector.detect(in: photo, options: DetectionOptions(minimumScore: 1e-6, minimumSize: 90))
        #expect(large == all.filter { $0.box.width >= 90 && $0.box.height >= 90 } && !large.isEmpty)
        let few = try detector.detect(
            in: photo, options: DetectionOptions(minimumScore: 1e-6, minimumSize: 0, maximumFaces: 2))
        #expect(few.map(\.box.area).sorted() == all.map(\.box.area).sorted().suffix(2))
        #expect(few.map(\.detectionScore) == few.map(\.detectionScore).sorted(by: >))
    }

    @Test func `Photos of any shape can be searched`() throws {
        for scale in [DlibDetectionScale.photo, .standard] {
            let detector = try detector(scale)
            for (width, height) in [(1, 1), (1, 500), (500, 1), (28, 28), (40, 9), (9, 40), (900, 20)] {
                let photo = SyntheticDlibFiles.photo(height: height, width: width)
                let faces = try detector.detect(in: photo, options: everything)
                #expect(faces.allSatisfy { $0.box.width > 0 && $0.box.x.isFinite })
            }
        }
    }

    @Test func `A large photo is searched in a smaller size, and boxes are in its own pixels`() throws {
        // The same made-up photo with each pixel four times in both directions.
        let small = SyntheticDlibFiles.photo(height: 120, width: 160)
        var pixels: [UInt8] = []
        for row in 0..<480 {
            for column in 0..<640 {
                let at = 3 * (row / 4 * 160 + column / 4)
                pixels += small.pixels[at..<at + 3]
            }
        }
        let large = Photo(width: 640, height: 480, pixels: pixels)
        let scale = DlibDetectionScale.smallestFace(longerSide: 160, maximumEnlargement: 1)
        let detector = try detector(scale)
        let onSmall = try detector.detect(in: small, options: everything)
        let onLarge = try detector.detect(in: large, options: everything)
        #expect(onSmall.count == onLarge.count && !onSmall.isEmpty)
        for (face, same) in zip(onSmall, onLarge) {
            #expect(abs(face.detectionScore - same.detectionScore) < 1e-3)
            #expect(abs(same.box.width - 4 * face.box.width) < 8 && abs(same.box.center.x - 4 * face.box.center.x) < 8)
        }
    }

    @Test func `Descriptors are dlib's`() throws {
        let session = try openSession(try DlibPackConverter.embedderModel(from: SyntheticDlibFiles.embedder()))
        let embedder = DlibFaceEmbedder(model: ModelID("dlib/embedder"), session: session)
        let face = DetectedFace(
            box: BoundingBox(x: 0, y: 0, width: 150, height: 150),
            landmarks: Landmarks(layout: .eyeCornersNose, points: [Point](repeating: Point(0, 0), count: 5)),
            detectionScore: 1)
        let chips = [
            SyntheticDlibFiles.photo(height: 150, width: 150),
            Photo(width: 150, height: 150, pixels: [UInt8](repeating: 90, count: 67500)),
        ]
        let embeddings = try embedder.embed(chips.map { AlignedFace(face: face, crop: $0) })
        #expect(embeddings.count == 2 && embeddings.allSatisfy { $0.model == ModelID("dlib/embedder") })
        let expected = try DlibReference.load().descriptor
        #expect(expected.count == embedder.dimension && embeddings[0].vector.count == embedder.dimension)
        #expect(zip(embeddings[0].vector, expected).allSatisfy { abs($0 - $1) < 1e-4 })
        #expect(embeddings[1].vector != embeddings[0].vector)

        let wrong = AlignedFace(face: face, crop: SyntheticDlibFiles.photo(height: 112, width: 112))
        #expect(throws: FaceAnalysisError.wrongCropSize(expected: 150, width: 112, height: 112)) {
            try embedder.embed([wrong])
        }
    }
}
