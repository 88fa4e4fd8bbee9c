import FaceCore
import Testing

@testable import FaceClustering

@Suite struct VerificationCurveTests {
    private func near(_ first: Double, _ second: Double, within tolerance: Double = 1e-5) -> Bool {
        abs(first - second) <= tolerance
    }

    /// Pairs of one person at 0.1, 0.2, 0.3 and 0.7, of two at 0.5, 0.6, 0.8, 0.9 and 1.0.
    private func mixedCurve() throws -> VerificationCurve {
        var pairs = PairDistances(upTo: 2)
        for distance in [0.1, 0.2, 0.3, 0.7] { pairs.count(distance, isGenuine: true) }
        for distance in [0.5, 0.6, 0.8, 0.9, 1] { pairs.count(distance, isGenuine: false) }
        return try #require(VerificationCurve(pairs))
    }

    @Test func `Rates at a threshold are the shares counted by hand`() throws {
        let curve = try mixedCurve()
        for (threshold, accepted, rejected) in [
            (0.05, 0.0, 1.0), (0.1001, 0, 0.75), (0.4, 0, 0.25), (0.55, 0.2, 0.25), (0.65, 0.4, 0.25), (0.75, 0.4, 0),
            (0.95, 0.8, 0), (1.5, 1, 0), (7, 1, 0), (-1, 0, 1),
        ] {
            let point = curve.point(at: threshold)
            #expect(point.threshold == threshold)
            #expect(near(point.falseAcceptRate, accepted), "FAR at \(threshold)")
            #expect(near(point.falseRejectRate, rejected), "FRR at \(threshold)")
            #expect(near(point.trueAcceptRate, 1 - rejected), "TAR at \(threshold)")
        }
    }

    @Test func `A distance that equals the threshold is accepted`() throws {
        var pairs = PairDistances(upTo: 2)
        pairs.count(0.5, isGenuine: true)
        pairs.count(1, isGenuine: false)
        let curve = try #require(VerificationCurve(pairs))
        #expect(curve.point(at: 0.5).falseRejectRate == 0)
        #expect(curve.point(at: 0.499).falseRejectRate == 1)
        #expect(curve.point(at: 1).falseAcceptRate == 1)
    }

    @Test func `The threshold for a wanted rate is the largest that keeps it`() throws {
        let curve = try mixedCurve()
        for (wanted, threshold, accepted, rejected) in [
            (0.1, 0.5, 0.0, 0.25), (0.2, 0.6, 0.2, 0.25), (0.39, 0.6, 0.2, 0.25), (0.4, 0.8, 0.4, 0), (1, 2, 1, 0),
        ] {
            let point = curve.point(falseAcceptRate: wanted)
            #expect(near(point.threshold, threshold), "threshold for \(wanted): \(point.threshold)")
            #expect(point.falseAcceptRate == accepted && point.falseRejectRate == rejected, "rates for \(wanted)")
        }
    }

    @Test func `The equal error lies where the rates are nearest`() throws {
        // Between 0.5 and 0.6 they are 0.2 and 0.25, which is as near as they come.
        let equal = try mixedCurve().equalError
        #expect(near(equal.rate, 0.225))
        #expect(near(equal.threshold, 0.55))
    }

    @Test func `Pairs that are apart have no error in the middle of the gap`() throws {
        var pairs = PairDistances(upTo: 1)
        for distance in [0.1, 0.2] { pairs.count(distance, isGenuine: true) }
        for distance in [0.6, 0.8] { pairs.count(distance, isGenuine: false) }
        let equal = try #require(VerificationCurve(pairs)).equalError
        #expect(equal.rate == 0)
        #expect(near(equal.threshold, 0.4))
    }

    @Test func `A curve goes from the first pair to the last`() throws {
        let points = try mixedCurve().points(10)
        #expect(points.count == 10)
        #expect(near(points[0].threshold, 0.1) && points[0].falseRejectRate == 1 && points[0].falseAcceptRate == 0)
        #expect(near(points[9].threshold, 1) && points[9].falseAcceptRate == 1 && points[9].falseRejectRate == 0)
        for (left, right) in zip(points, points.dropFirst()) {
            #expect(near(right.threshold - left.threshold, 0.1))
            #expect(right.falseAcceptRate >= left.falseAcceptRate && right.falseRejectRate <= left.falseRejectRate)
        }
    }

    @Test(arguments: Metric.allCases)
    func `Vectors are compared each with each other`(metric: Metric) throws {
        let vectors: [[Float]] = [[1, 0], [0, 1], [3, 4], [1, 0]]
        let people = ["a", "b", "b", "a"]
        let pairs = PairDistances(VectorSet(vectors), people: people, metric: metric)
        #expect(pairs.genuineCount == 2 && pairs.impostorCount == 4)
        let curve = try #require(VerificationCurve(pairs))
        let distances = (0..<4).flatMap { first in
            (0..<4).filter { $0 > first }.map { second in
                (metric.distance(vectors[first], vectors[second]), people[first] == people[second])
            }
        }
        for threshold in [0, 0.1, 0.25, 0.5, 1.1, 1.5, 3, 4, 4.3, 5] {
            let point = curve.point(at: threshold)
            let accepted = distances.filter { $0.0 <= threshold }
            #expect(near(point.falseAcceptRate, Double(accepted.count { !$0.1 }) / 4), "FAR at \(threshold)")
            #expect(near(point.trueAcceptRate, Double(accepted.count { $0.1 }) / 2), "TAR at \(threshold)")
        }
    }

    @Test func `Without pairs of both kinds there are no rates`() {
        let alone = PairDistances(VectorSet([[1, 0], [0, 1]]), people: ["a", "b"], metric: .cosine)
        #expect(VerificationCurve(alone) == nil)
        let same = PairDistances(VectorSet([[1, 0], [0, 1]]), people: ["a", "a"], metric: .cosine)
        #expect(VerificationCurve(same) == nil)
        #expect(VerificationCurve(PairDistances(VectorSet([]), people: [String](), metric: .euclidean)) == nil)
    }
}
