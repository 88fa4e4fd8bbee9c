import Testing

@testable import FaceAnalysis

@Suite struct BoxSuppressionTests {
    private let suppression = BoxSuppression(maximumOverlap: 0.4)

    private func box(_ left: Float, _ right: Float, score: Float) -> CandidateBox {
        CandidateBox(left: left, top: 0, right: right, bottom: 9, score: score)
    }

    @Test func `Of boxes that overlap only the best stays, best first`() {
        let boxes = [box(0, 9, score: 0.6), box(100, 109, score: 0.7), box(1, 10, score: 0.8)]
        #expect(suppression.keep(boxes) == [2, 1])
    }

    @Test func `A box that only a suppressed one overlaps stays`() {
        let apart = [box(0, 9, score: 0.9), box(5, 14, score: 0.8), box(10, 19, score: 0.7)]
        #expect(suppression.keep(apart) == [0, 1, 2])
        let near = [box(0, 9, score: 0.9), box(4, 13, score: 0.8), box(8, 17, score: 0.7)]
        #expect(suppression.keep(near) == [0, 2])
    }

    @Test func `Sides are one pixel longer than their edges are apart`() {
        // 10 wide each, 6 in common: 6 / 14 = 0.43 is suppressed. Without the extra pixel it would be 5 / 13 = 0.38.
        #expect(suppression.keep([box(0, 9, score: 1), box(4, 13, score: 0.5)]).count == 1)
    }

    @Test func `Boxes of one score stay in their order`() {
        #expect(suppression.keep([box(50, 59, score: 0.5), box(0, 9, score: 0.5)]) == [0, 1])
        #expect(suppression.keep([]).isEmpty)
    }
}
