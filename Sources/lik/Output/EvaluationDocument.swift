import FaceClustering
import FaceCore
import FaceLibrary
import Foundation

/// The JSON of `lik evaluate --json`. Shares are numbers from 0 to 1.
struct EvaluationDocument: Encodable {
    private let pack: String
    private let photos: Int
    private let detection: Detection
    private let grouping: [Grouping]
    private let oneByOne: OneByOne?
    private let verification: Verification?
    private let identification: Identification?
    private let leftOut: [LeftOut]

    init(_ report: EvaluationReport, pack: String) {
        self.pack = pack
        photos = report.photos
        detection = Detection(report.detection)
        grouping = report.groupings.map(Grouping.init)
        oneByOne = report.orders.map(OneByOne.init)
        verification = report.verification.map(Verification.init)
        identification = report.identification.map(Identification.init)
        leftOut =
            report.problems.map { LeftOut(file: nil, line: $0.line, reason: $0.reason) }
            + report.leftOut.map { LeftOut(file: $0.name, line: nil, reason: $0.reason) }
    }

    func encoded() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    private struct LeftOut: Encodable {
        let file: String?
        let line: Int?
        let reason: String
    }

    private struct Detection: Encodable {
        let labelled: Int
        let found: Int
        let recall: Double?
        let countedPhotos: Int
        let extraBoxes: Int
        let missedOn: [String]

        init(_ score: DetectionScore) {
            labelled = score.labelled
            found = score.found
            recall = score.recall
            countedPhotos = score.countedPhotos
            extraBoxes = score.extra
            missedOn = score.missedOn
        }
    }

    private struct Shares: Encodable {
        let precision: Double
        let recall: Double
        let f: Double

        init(_ score: GroupingQuality.Score) {
            precision = score.precision
            recall = score.recall
            f = score.f
        }
    }

    private struct Grouping: Encodable {
        let algorithm: String
        let parameters: String
        let faces: Int
        let people: Int
        let groups: Int
        let pairs: Shares
        let bcubed: Shares
        let pieces: [Pieces]
        let mixtures: [[Share]]

        init(_ score: GroupingScore) {
            algorithm = score.name
            parameters = score.parameters
            faces = score.quality.faces
            people = score.quality.people
            groups = score.quality.groups
            pairs = Shares(score.quality.pairs)
            bcubed = Shares(score.quality.bcubed)
            pieces = score.pieces.map { Pieces(person: $0.identity, sizes: $0.sizes) }
            mixtures = score.mixtures.map { $0.people.map { Share(person: $0.identity, faces: $0.faces) } }
        }
    }

    private struct Pieces: Encodable {
        let person: String
        let sizes: [Int]
    }

    private struct Share: Encodable {
        let person: String
        let faces: Int
    }

    private struct OneByOne: Encodable {
        let orders: Int
        let seed: UInt64
        let bcubedFMean: Double
        let bcubedFWorst: Double
        let pairPrecisionWorst: Double
        let agreementMean: Double
        let agreementWorst: Double

        init(_ score: OrderScore) {
            orders = score.qualities.count
            seed = score.seed
            bcubedFMean = score.meanBCubedF
            bcubedFWorst = score.worstBCubedF
            pairPrecisionWorst = score.worstPairPrecision
            agreementMean = score.meanAgreement
            agreementWorst = score.worstAgreement
        }
    }

    private struct Verification: Encodable {
        let metric: String
        let genuinePairs: Int
        let impostorPairs: Int
        let equalErrorRate: Double
        let equalErrorThreshold: Double
        let packThreshold: Point?
        let wanted: [Wanted]
        let curve: [Point]

        init(_ score: VerificationScore) {
            metric = score.metric.rawValue
            genuinePairs = score.genuineCount
            impostorPairs = score.impostorCount
            equalErrorRate = score.equalErrorRate
            equalErrorThreshold = score.equalErrorThreshold
            packThreshold = score.atPackThreshold.map(Point.init)
            wanted = score.wanted.map {
                Wanted(farWanted: $0.falseAcceptRate, isResolved: $0.isResolved, at: Point($0.point))
            }
            curve = score.curve.map(Point.init)
        }
    }

    private struct Wanted: Encodable {
        let farWanted: Double
        let isResolved: Bool
        let at: Point
    }

    private struct Point: Encodable {
        let threshold: Double
        let far: Double
        let frr: Double
        let tar: Double

        init(_ point: VerificationCurve.Point) {
            threshold = point.threshold
            far = point.falseAcceptRate
            frr = point.falseRejectRate
            tar = point.trueAcceptRate
        }
    }
}

/// Shares are means over the splits.
private struct Identification: Encodable {
    let splits: Int
    let leftOut: Int
    let falseIdentificationRate: Double
    let rankOne: Double
    let identified: Double
    let refused: Double
    let threshold: Double

    init(_ score: IdentificationScore) {
        splits = score.splits.count
        leftOut = score.plan.leftOut
        falseIdentificationRate = score.plan.falseIdentificationRate
        rankOne = score.mean(\.rankOne)
        identified = score.mean(\.identified)
        refused = score.mean(\.refused)
        threshold = score.mean(\.threshold)
    }

    enum CodingKeys: String, CodingKey {
        case splits, identified, refused, threshold
        case leftOut = "left_out"
        case falseIdentificationRate = "false_identification_rate"
        case rankOne = "rank_one"
    }
}
