public import FaceAnalysis
import FaceCore
public import FaceStore

/// Who is weak: faces that are too small, unsure, blurred or cut off to say by themselves who they are.
///
/// Weak faces join people; they neither make a person nor bring two together. The thresholds are low: they are meant for
/// faces that lead grouping astray, not for ordinary small ones. docs/grouping.md has the figures behind them.
public struct FaceStrengthRule: Sendable, Hashable {
    /// The shorter side of the box, in pixels of the photo.
    public var minimumSide: Float
    /// Of the detector.
    public var minimumScore: Float
    /// `FaceQuality.sharpness`.
    public var minimumSharpness: Double
    /// `FaceQuality.visibleShare`.
    public var minimumVisibleShare: Double

    public init(
        minimumSide: Float, minimumScore: Float, minimumSharpness: Double, minimumVisibleShare: Double
    ) {
        self.minimumSide = minimumSide
        self.minimumScore = minimumScore
        self.minimumSharpness = minimumSharpness
        self.minimumVisibleShare = minimumVisibleShare
    }

    /// For faces found and cut out as dlib does: crops of 150 pixels.
    public static let dlib = FaceStrengthRule(
        minimumSide: 20, minimumScore: 0.5, minimumSharpness: 2.5, minimumVisibleShare: 0.45)

    /// For faces found and cut out as InsightFace does: crops of 112 pixels, on which edges are steeper.
    public static let insightFace = FaceStrengthRule(
        minimumSide: 20, minimumScore: 0.5, minimumSharpness: 4, minimumVisibleShare: 0.45)

    /// Every face is strong.
    public static let none = FaceStrengthRule(
        minimumSide: 0, minimumScore: -.infinity, minimumSharpness: 0, minimumVisibleShare: 0)

    /// The rule for a family of model packs.
    public init(for family: ModelPackManifest.Family) {
        self =
            switch family {
            case .dlib: .dlib
            case .insightFace: .insightFace
            }
    }

    /// The rule for somebody who wants smaller and less sure faces looked for: they count as strong as far as he wants them.
    public func lowered(to detection: DetectionOptions) -> FaceStrengthRule {
        var rule = self
        rule.minimumSide = min(minimumSide, Float(detection.minimumSize))
        rule.minimumScore = min(minimumScore, Float(detection.minimumScore))
        return rule
    }

    /// Whether a face falls short of one of the thresholds. What was not measured counts as good, and so does the detection
    /// score of a face that a user drew.
    public func isWeak(_ strength: EmbeddingTable.FaceStrength) -> Bool {
        if strength.shorterSide < minimumSide { return true }
        if strength.detectionScore < minimumScore && !strength.isAddedByHand { return true }
        guard let quality = strength.quality else { return false }
        return quality.sharpness < minimumSharpness || quality.visibleShare < minimumVisibleShare
    }
}
