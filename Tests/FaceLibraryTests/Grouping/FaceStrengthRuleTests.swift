import FaceAnalysis
import FaceCore
import FaceLibrary
import FaceStore
import Testing

@Suite struct FaceStrengthRuleTests {
    private func strength(
        side: Float = 60, score: Float = 0.9, sharpness: Double = 100, visible: Double = 1
    ) -> EmbeddingTable.FaceStrength {
        EmbeddingTable.FaceStrength(
            shorterSide: side, detectionScore: score,
            quality: FaceQuality(sharpness: sharpness, visibleShare: visible))
    }

    @Test(arguments: [FaceStrengthRule.dlib, .insightFace])
    func `A face is weak when it is tiny, unsure, blurred or half cut off`(rule: FaceStrengthRule) {
        #expect(!rule.isWeak(strength()))
        #expect(rule.isWeak(strength(side: 12)))
        #expect(rule.isWeak(strength(score: 0.3)))
        #expect(rule.isWeak(strength(sharpness: 1)))
        #expect(rule.isWeak(strength(visible: 0.4)))
    }

    @Test(arguments: [FaceStrengthRule.dlib, .insightFace])
    func `Ordinary small faces are strong`(rule: FaceStrengthRule) {
        #expect(!rule.isWeak(strength(side: 26, score: 0.75, sharpness: 6, visible: 0.83)))
    }

    @Test func `What was not measured counts as good`() {
        let unmeasured = EmbeddingTable.FaceStrength(shorterSide: 60, detectionScore: 0.9)
        #expect(!FaceStrengthRule.dlib.isWeak(unmeasured))
        #expect(FaceStrengthRule.dlib.isWeak(.init(shorterSide: 10, detectionScore: 0.9)))
    }

    @Test func `A face that a user drew is as strong as its pixels, whatever the detector thought of it`() {
        let drawn = EmbeddingTable.FaceStrength(shorterSide: 60, detectionScore: 0, isAddedByHand: true)
        #expect(!FaceStrengthRule.dlib.isWeak(drawn))
        var blurred = drawn
        blurred.quality = FaceQuality(sharpness: 1, visibleShare: 1)
        #expect(FaceStrengthRule.dlib.isWeak(blurred))
        #expect(FaceStrengthRule.dlib.isWeak(.init(shorterSide: 10, detectionScore: 0, isAddedByHand: true)))
    }

    @Test func `Who wants smaller and less sure faces has them count`() {
        let rule = FaceStrengthRule.dlib.lowered(to: DetectionOptions(minimumScore: 0.3, minimumSize: 10))
        #expect(!rule.isWeak(strength(side: 12)) && !rule.isWeak(strength(score: 0.3)))
        #expect(rule.isWeak(strength(side: 9)) && rule.isWeak(strength(sharpness: 1)))
        #expect(FaceStrengthRule.dlib.lowered(to: DetectionOptions(minimumScore: 0.9, minimumSize: 90)) == .dlib)
    }

    @Test func `Without a rule nothing is weak`() {
        #expect(!FaceStrengthRule.none.isWeak(strength(side: 1, score: 0, sharpness: 0, visible: 0)))
    }

    @Test func `A family of packs has its own rule`() {
        #expect(FaceStrengthRule(for: .dlib) == .dlib && FaceStrengthRule(for: .insightFace) == .insightFace)
    }
}
