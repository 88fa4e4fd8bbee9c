public import FaceStore
import Foundation

/// How likely two groups of faces at a dissimilarity are one person, as learnt from answers.
///
/// A logistic curve over the dissimilarity, whose middle (where yes and no are as likely) is the one parameter. It starts
/// at the pack's threshold and is fitted to the answers with a normal prior around that (maximum a posteriori, Newton's
/// method), so that a few answers move it a little and many move it to where users draw the line.
public struct SuggestionConfidence: Sendable, Hashable {
    /// Where yes and no are as likely.
    public let middle: Double
    /// How far from the middle the odds are e : 1.
    public let scale: Double

    /// The scale, and the spread of the prior around the threshold, as shares of it.
    private static let scaleShare = 0.1
    private static let priorShare = 0.2

    /// - Parameter threshold: the largest dissimilarity that average linkage takes for one person; above 0.
    public init(threshold: Double, answers: [SuggestionAnswer]) {
        let scale = max(threshold, .leastNormalMagnitude) * Self.scaleShare
        let prior = max(threshold, .leastNormalMagnitude) * Self.priorShare
        let judged = answers.compactMap { answer in
            answer.saysSamePerson.map { (dissimilarity: answer.dissimilarity, isSame: $0) }
        }
        var middle = threshold
        for _ in 0..<500 {
            // Of the negative logarithm of the posterior; it is convex.
            var slope = (middle - threshold) / (prior * prior)
            var curvature = 1 / (prior * prior)
            for answer in judged {
                let same = Self.logistic((middle - answer.dissimilarity) / scale)
                slope += (same - (answer.isSame ? 1 : 0)) / scale
                curvature += same * (1 - same) / (scale * scale)
            }
            // Half a prior's width at most, so that a steep start does not overshoot.
            let step = min(max(slope / curvature, -prior / 2), prior / 2)
            middle -= step
            if abs(step) < 1e-9 * scale { break }
        }
        self.middle = middle
        self.scale = scale
    }

    /// The probability that two groups so far apart are one person, 0 to 1; it falls with the dissimilarity.
    public func samePerson(at dissimilarity: Double) -> Double {
        Self.logistic((middle - dissimilarity) / scale)
    }

    private static func logistic(_ value: Double) -> Double {
        value >= 0 ? 1 / (1 + exp(-value)) : exp(value) / (1 + exp(value))
    }
}

extension SuggestionAnswer {
    /// What the answer says of the two sides; nil for "later".
    fileprivate var saysSamePerson: Bool? {
        switch (subject, choice) {
        case (_, .later): nil
        case (.merge, .yes), (.mixUp, .no): true
        case (.merge, .no), (.mixUp, .yes): false
        }
    }
}
