import FaceCore
import Foundation
import Inference
import Testing

@testable import FaceAnalysis

@Suite struct SCRFDDetectorTests {
    @Test(arguments: try InsightFacePeer.detections())
    func `Faces are InsightFace's, in its order`(peer: DetectionCase) throws {
        let faces = try peer.detector().detect(in: peer.photo, options: peer.options())
        #expect(faces.count == peer.boxes.count)
        for (face, expected) in zip(faces, peer.boxes) {
            #expect(face.box.distance(toEdges: expected) < 0.5)
            #expect(abs(face.detectionScore - expected[4]) < 1e-3)
        }
        for (face, expected) in zip(faces, peer.keypoints ?? []) {
            #expect(face.landmarks.layout == .eyesNoseMouth)
            for (point, peerPoint) in zip(face.landmarks.points, expected) {
                #expect(abs(point.x - peerPoint[0]) < 0.5 && abs(point.y - peerPoint[1]) < 0.5)
            }
        }
    }

    @Test(arguments: try InsightFacePeer.detections())
    func `With a limit the largest faces are kept`(peer: DetectionCase) throws {
        let faces = try peer.detector().detect(in: peer.photo, options: peer.options(maximumFaces: 2))
        let expected = peer.largestTwo.sorted { $0[4] > $1[4] }
        #expect(faces.count == expected.count)
        for (face, box) in zip(faces, expected) { #expect(face.box.distance(toEdges: box) < 0.5) }
    }

    @Test func `The golden cases cover six and nine outputs, fixed sizes and two passes`() throws {
        let cases = try InsightFacePeer.detections()
        #expect(cases.contains { $0.keypoints == nil && !$0.boxes.isEmpty })
        #expect(cases.contains { $0.isFixedModel })
        #expect(cases.contains { $0.secondPass != nil && $0.keypoints != nil })
        #expect(cases.contains { $0.model.hasSuffix("batched") })
    }

    @Test func `A model without landmarks puts them where they lie on average`() throws {
        let peer = try #require(try InsightFacePeer.detections().first { $0.keypoints == nil })
        let face = try #require(try peer.detector().detect(in: peer.photo, options: peer.options()).first)
        let points = face.landmarks.points
        #expect(points == ArcFaceTemplate.typicalLandmarks(in: face.box))
        #expect(points[0].x < points[1].x && points[0].y < points[2].y && points[2].y < points[3].y)
    }

    @Test(arguments: [(1, 1), (3000, 1), (1, 700), (31, 33)])
    func `Tiny and thin photos are looked at like others`(width: Int, height: Int) throws {
        let detector = try SCRFDDetector(
            session: InsightFacePeer.open("tiny_scrfd_kps"), input: InsightFacePeer.detectorInput)
        let photo = InsightFacePeer.photo(width: width, height: height)
        let all = try detector.detect(in: photo, options: DetectionOptions(minimumScore: 0, minimumSize: 0))
        #expect(!all.isEmpty)
        #expect(all.allSatisfy { $0.box.x.isFinite && $0.box.height.isFinite })
    }

    @Test func `Eight threads that share a detector find what one finds`() throws {
        let peer = try #require(try InsightFacePeer.detections().first)
        let detector = try peer.detector()
        let expected = try detector.detect(in: peer.photo, options: peer.options())
        let results = SharedResults<[DetectedFace]>()
        DispatchQueue.concurrentPerform(iterations: 32) { _ in
            results.add { try detector.detect(in: peer.photo, options: peer.options()) }
        }
        #expect(results.values.count == 32)
        #expect(results.values.allSatisfy { (try? $0.get()) == expected })
    }

    @Test func `A model that is no SCRFD is refused when it is opened`() throws {
        let session = try InsightFacePeer.open("tiny_arcface")
        #expect(
            throws: FaceAnalysisError.unexpectedModel(model: "detector", reason: "it has 1 outputs instead of 6 or 9")
        ) {
            try SCRFDDetector(session: session, input: InsightFacePeer.detectorInput)
        }
    }

    @Test func `A manifest without three mean values is refused`() throws {
        let session = try InsightFacePeer.open("tiny_scrfd_kps")
        var input = InsightFacePeer.detectorInput
        input.mean = [127.5]
        #expect(throws: FaceAnalysisError.self) { try SCRFDDetector(session: session, input: input) }
        input = InsightFacePeer.detectorInput
        input.scale = 0
        #expect(throws: FaceAnalysisError.self) { try SCRFDDetector(session: session, input: input) }
    }

    @Test func `A fixed model shown another size fails with ONNX Runtime's reason`() throws {
        let detector = try SCRFDDetector(
            session: InsightFacePeer.open("tiny_scrfd_fixed"), input: InsightFacePeer.detectorInput)
        let error = #expect(throws: InferenceError.self) {
            try detector.detect(in: InsightFacePeer.photo(width: 64, height: 64), options: DetectionOptions())
        }
        #expect(error?.message.contains("tiny_scrfd_fixed.onnx") == true)
    }
}

extension BoundingBox {
    /// The largest difference to left, top, right and bottom edges.
    func distance(toEdges edges: [Double]) -> Double {
        zip([x, y, x + width, y + height], edges).map { abs($0 - $1) }.max() ?? 0
    }
}
