import FaceCore
import Testing

@testable import FaceAnalysis

struct DetectorComparisonTests {
    private func face(_ x: Double, score: Double = 0.9) -> DetectedFace {
        DetectedFace(
            box: BoundingBox(x: x, y: 0, width: 100, height: 100),
            landmarks: Landmarks(layout: .eyesNoseMouth, points: (0..<5).map { Point(x + Double($0), 50) }),
            detectionScore: score)
    }

    @Test func `Faces that both find agree, as far as their boxes overlap`() {
        var comparison = DetectorComparison(minimumScore: 0.5)
        comparison.add([face(0), face(500)], [face(0), face(510)])
        let outcome = comparison.outcome
        #expect(outcome.faces == 2)
        #expect(outcome.agreement == 1)
        #expect(abs(outcome.meanOverlap - (1 + 90.0 / 110) / 2) < 1e-9)
        #expect(outcome.isAccepted)
    }

    @Test func `A face that only one finds counts against them, unless it was hardly found`() {
        var comparison = DetectorComparison(minimumScore: 0.5)
        comparison.add([face(0), face(500, score: 0.55)], [face(0), face(900, score: 0.58)])
        #expect(comparison.outcome.agreement == 1)
        comparison.add([face(0)], [])
        #expect(comparison.outcome.agreement == 2.0 / 3)
        comparison.add([], [face(0)])
        #expect(comparison.outcome.agreement == 0.5)
        #expect(!comparison.outcome.isAccepted)
    }

    @Test func `Nothing compared is no agreement`() {
        #expect(!DetectorComparison(minimumScore: 0.5).outcome.isAccepted)
    }
}
