/// How often "one person up to this distance" is wrong, by threshold: strangers taken for one person (false accept rate)
/// and pairs of one person taken for two (false reject rate).
public struct VerificationCurve: Sendable {
    /// What a threshold gives.
    public struct Point: Sendable, Hashable, Codable {
        /// Two faces are taken for one person up to this distance.
        public let threshold: Double
        /// Of the pairs of two people, the share that is taken for one, 0 to 1.
        public let falseAcceptRate: Double
        /// Of the pairs of one person, the share that is taken for two, 0 to 1.
        public let falseRejectRate: Double

        public init(threshold: Double, falseAcceptRate: Double, falseRejectRate: Double) {
            self.threshold = threshold
            self.falseAcceptRate = falseAcceptRate
            self.falseRejectRate = falseRejectRate
        }

        /// Of the pairs of one person, the share that is recognised: one minus the false reject rate.
        public var trueAcceptRate: Double { 1 - falseRejectRate }
    }

    private let step: Double
    /// Pairs up to `k` steps, for `k` from 0.
    private let genuine: [Int]
    private let impostors: [Int]
    private let genuineCount: Double
    private let impostorCount: Double

    /// Nil when there is no pair of one person, or none of two: then there are no shares.
    public init?(_ pairs: PairDistances) {
        guard pairs.genuineCount > 0, pairs.impostorCount > 0 else { return nil }
        step = pairs.step
        genuineCount = Double(pairs.genuineCount)
        impostorCount = Double(pairs.impostorCount)
        genuine = Self.sums(pairs.genuine)
        impostors = Self.sums(pairs.impostors)
    }

    /// The shares at a threshold, which is rounded down to a whole step.
    public func point(at threshold: Double) -> Point {
        // A little above, for a threshold that is a whole number of steps but for the last bit.
        let steps = (threshold / step * (1 + 1e-12)).rounded(.down)
        let shares = point(steps <= 0 ? 0 : Int(min(steps, Double(PairDistances.stepCount))))
        return Point(
            threshold: threshold, falseAcceptRate: shares.falseAcceptRate, falseRejectRate: shares.falseRejectRate)
    }

    /// The largest threshold whose false accept rate is no higher than wanted.
    public func point(falseAcceptRate wanted: Double) -> Point {
        point(last { Double(impostors[$0]) <= wanted * impostorCount })
    }

    /// Where both rates are equal, or as near as the pairs allow: their mean, and the middle of the thresholds that give
    /// it.
    public var equalError: (rate: Double, threshold: Double) {
        // The false accept rate grows with the threshold and the false reject rate falls.
        let before = last { point($0).falseAcceptRate < point($0).falseRejectRate }
        let after = min(before + 1, PairDistances.stepCount)
        func difference(_ steps: Int) -> Double { abs(point(steps).falseAcceptRate - point(steps).falseRejectRate) }
        let best = difference(after) <= difference(before) ? after : before
        let end = last { genuine[$0] <= genuine[best] && impostors[$0] <= impostors[best] }
        var start = best
        while start > 0, genuine[start - 1] == genuine[best], impostors[start - 1] == impostors[best] { start -= 1 }
        let shares = point(best)
        return (
            (shares.falseAcceptRate + shares.falseRejectRate) / 2, Double(start + end) / 2 * step
        )
    }

    /// Points at evenly spaced thresholds, from where the first pair is accepted to where all are.
    ///
    /// - Precondition: `count >= 2`.
    public func points(_ count: Int) -> [Point] {
        precondition(count >= 2, "a curve has at least two points")
        let first = last { genuine[$0] + impostors[$0] == 0 }
        let all = Int(genuineCount) + Int(impostorCount)
        let end = min(last { genuine[$0] + impostors[$0] < all } + 1, PairDistances.stepCount)
        return (0..<count).map { index in
            point(first + Int((Double(end - first) * Double(index) / Double(count - 1)).rounded()))
        }
    }

    private func point(_ steps: Int) -> Point {
        Point(
            threshold: Double(steps) * step, falseAcceptRate: Double(impostors[steps]) / impostorCount,
            falseRejectRate: 1 - Double(genuine[steps]) / genuineCount)
    }

    /// The last number of steps for which a condition holds that never holds again once it does not; 0 when there is none.
    private func last(_ holds: (Int) -> Bool) -> Int {
        var low = 0
        var high = PairDistances.stepCount
        while low < high {
            let middle = (low + high + 1) / 2
            if holds(middle) { low = middle } else { high = middle - 1 }
        }
        return low
    }

    private static func sums(_ counts: [Int]) -> [Int] {
        var sum = 0
        return counts.map { count in
            sum += count
            return sum
        }
    }
}
