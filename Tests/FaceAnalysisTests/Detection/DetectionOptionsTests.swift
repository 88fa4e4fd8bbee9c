import FaceAnalysis
import FaceCore
import Testing

@Suite struct DetectionOptionsTests {
    private func face(width: Double, height: Double, score: Double) -> DetectedFace {
        let box = BoundingBox(x: 0, y: 0, width: width, height: height)
        let points = [Point](repeating: Point(0, 0), count: 5)
        return DetectedFace(
            box: box, landmarks: Landmarks(layout: .eyesNoseMouth, points: points), detectionScore: score)
    }

    @Test func `The shorter side decides whether a face is large enough`() {
        let faces = [face(width: 29, height: 90, score: 0.9), face(width: 30, height: 31, score: 0.8)]
        #expect(DetectionOptions(minimumSize: 30).select(faces) == [faces[1]])
    }

    @Test func `The largest faces are kept and the best score comes first`() {
        let small = face(width: 40, height: 40, score: 0.99)
        let large = face(width: 90, height: 90, score: 0.6)
        let middle = face(width: 60, height: 60, score: 0.7)
        #expect(DetectionOptions(maximumFaces: 2).select([small, large, middle]) == [middle, large])
        #expect(DetectionOptions().select([large, middle, small]) == [small, middle, large])
        #expect(DetectionOptions(maximumFaces: 0).select([small]).isEmpty)
    }
}
