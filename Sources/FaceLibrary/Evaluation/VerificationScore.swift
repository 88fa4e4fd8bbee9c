public import FaceClustering
public import FaceCore
import Foundation

/// How well the distance of two faces tells whether they are one person, over all pairs of faces whose person is known.
public struct VerificationScore: Sendable {
    /// What a false accept rate costs.
    public struct Wanted: Sendable, Hashable {
        /// The highest false accept rate that was wanted.
        public let falseAcceptRate: Double
        /// The largest threshold that keeps it.
        public let point: VerificationCurve.Point
        /// Whether there are enough pairs of two people to tell: one accepted wrongly must not be more than was wanted.
        public let isResolved: Bool
    }

    public let metric: Metric
    /// Pairs of one person.
    public let genuineCount: Int
    /// Pairs of two people.
    public let impostorCount: Int
    public let equalErrorRate: Double
    public let equalErrorThreshold: Double
    /// What the model pack's threshold for a pair gives; nil when that is of another metric.
    public let atPackThreshold: VerificationCurve.Point?
    /// In the order in which they were asked for.
    public let wanted: [Wanted]
    /// Over evenly spaced thresholds.
    public let curve: [VerificationCurve.Point]
    /// Over evenly spaced logarithms of the false accept rate, from that of a single pair to 1.
    public let tradeOff: [VerificationCurve.Point]

    private static let curvePoints = 256

    /// Nil when there is no pair of one person or none of two.
    init?(_ pairs: PairDistances, metric: Metric, packThreshold: Double?, falseAcceptRates: [Double]) {
        guard let curve = VerificationCurve(pairs) else { return nil }
        self.metric = metric
        genuineCount = pairs.genuineCount
        impostorCount = pairs.impostorCount
        (equalErrorRate, equalErrorThreshold) = curve.equalError
        atPackThreshold = packThreshold.map(curve.point(at:))
        wanted = falseAcceptRates.map { rate in
            Wanted(
                falseAcceptRate: rate, point: curve.point(falseAcceptRate: rate),
                isResolved: rate * Double(pairs.impostorCount) >= 1)
        }
        self.curve = curve.points(Self.curvePoints)
        let count = Double(pairs.impostorCount)
        tradeOff = (0..<Self.curvePoints).map { index in
            curve.point(falseAcceptRate: pow(count, Double(index) / Double(Self.curvePoints - 1) - 1))
        }
    }
}
