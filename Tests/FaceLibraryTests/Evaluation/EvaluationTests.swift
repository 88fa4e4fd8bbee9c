import FaceAnalysis
import FaceClustering
import FaceCore
import FaceStore
import Foundation
import Imaging
import Synchronization
import Testing

@testable import FaceLibrary

/// Evaluation of painted photos, from files to scores.
struct EvaluationTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("lik-evaluation-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func remove() { try? FileManager.default.removeItem(at: folder) }

    private func put(_ name: String, _ data: Data) throws {
        let file = folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: file)
    }

    /// Three people of three photos each; Anna and Vera are reddish, so that a careless threshold mixes them.
    private func putPeople() throws {
        for seed in 0..<3 as Range<UInt8> {
            try put("Anna/\(seed).ppm", PaintedFaces.ppm([(250, 10 + seed, 10)], seed: seed))
            try put("Boris/\(seed).ppm", PaintedFaces.ppm([(10, 10 + seed, 250)], seed: seed))
            try put("Vera/\(seed).ppm", PaintedFaces.ppm([(200, 10 + seed, 10)], seed: seed))
        }
    }

    private func analyzed(_ report: @escaping @Sendable (Int) -> Void = { _ in }) throws -> AnalyzedSet {
        try SetAnalysis(
            decoder: PhotoDecoder(), analyzer: PaintedFaces.analyzer, detection: DetectionOptions(),
            maximumBytes: 100_000, jobs: 3
        ).run(try EvaluationSet(folder: folder), report: report)
    }

    private func evaluation() throws -> Evaluation {
        Evaluation(try analyzed()) { try SQLiteLibraryStore.inMemory() }
    }

    private static func options(
        _ algorithm: GroupingOptions.Algorithm = .average, eps: Double
    ) -> GroupingOptions {
        GroupingOptions(algorithm: algorithm, eps: eps, metric: .euclidean)
    }

    @Test func `People who are apart are told apart, at once and one by one`() throws {
        defer { remove() }
        try putPeople()
        let evaluation = try evaluation()
        #expect(evaluation.detection.recall == 1)
        let options = Self.options(eps: 0.01)
        let groups = try evaluation.groups(options)
        let score = evaluation.score(groups, name: "average", parameters: "")
        #expect(score.quality.faces == 9 && score.quality.people == 3 && score.quality.groups == 3)
        #expect(score.quality.bcubed.f == 1 && score.quality.pairs.f == 1)
        #expect(score.pieces.isEmpty && score.mixtures.isEmpty)
        let done = Mutex<[Int]>([])
        let orders = try evaluation.oneByOne(options, orders: 5, seed: 7, comparedWith: groups, jobs: 2) { number in
            done.withLock { $0.append(number) }
        }
        #expect(done.withLock { $0 } == [1, 2, 3, 4, 5])
        #expect(orders.qualities.count == 5)
        #expect(orders.worstBCubedF == 1 && orders.worstAgreement == 1 && orders.meanAgreement == 1)
    }

    @Test func `People who are mixed up, and those in pieces, are named`() throws {
        defer { remove() }
        try putPeople()
        try put("Vera/far.ppm", PaintedFaces.ppm([(10, 250, 10)]))
        let evaluation = try evaluation()
        // Anna and Vera are 50/255 apart: 0.038 squared.
        let score = evaluation.score(
            try evaluation.groups(Self.options(eps: 0.1)), name: "average", parameters: "")
        #expect(score.quality.groups == 3)
        #expect(score.quality.pairs.precision == 9.0 / 18 && score.quality.pairs.recall == 9.0 / 12)
        #expect(
            score.mixtures == [.init(people: [.init(identity: "Anna", faces: 3), .init(identity: "Vera", faces: 3)])])
        #expect(score.pieces == [.init(identity: "Vera", sizes: [3, 1])])
    }

    @Test func `Other algorithms and peers group the same faces`() throws {
        defer { remove() }
        try putPeople()
        let evaluation = try evaluation()
        let dbscan = try evaluation.groups(Self.options(.dbscan, eps: 0.05))
        let peer = evaluation.groups(DBSCAN(eps: 0.05, minSamples: 1, metric: .euclidean))
        for groups in [dbscan, peer] {
            #expect(evaluation.score(groups, name: "dbscan", parameters: "").quality.bcubed.f == 1)
        }
    }

    @Test func `The same seed gives the same scores`() throws {
        defer { remove() }
        try putPeople()
        let evaluation = try evaluation()
        let options = Self.options(eps: 0.1)
        let groups = try evaluation.groups(options)
        func run(_ seed: UInt64) throws -> OrderScore {
            try evaluation.oneByOne(options, orders: 4, seed: seed, comparedWith: groups, jobs: 2)
        }
        #expect(try run(1) == run(1))
        #expect(try run(1).seed == 1)
    }

    @Test func `Pairs are verified over all named faces`() throws {
        defer { remove() }
        try putPeople()
        let evaluation = try evaluation()
        let score = try #require(
            evaluation.verification(metric: .euclidean, packThreshold: 0.1, falseAcceptRates: [0.35, 0.01]))
        #expect(score.genuineCount == 9 && score.impostorCount == 27)
        #expect(score.equalErrorRate == 0)
        // Between the reddish ones' 0.196 and what varies within a person, 0.0078.
        #expect(abs(score.equalErrorThreshold - 0.102) < 0.001)
        #expect(score.atPackThreshold?.falseAcceptRate == 0 && score.atPackThreshold?.falseRejectRate == 0)
        #expect(score.wanted.map(\.isResolved) == [true, false])
        // Nine of 27 pairs are of the reddish two; the next ten would be too many.
        #expect(score.wanted[0].point.falseAcceptRate == 9.0 / 27)
        #expect(score.wanted[1].point.falseAcceptRate == 0 && score.wanted[1].point.trueAcceptRate == 1)
        #expect(score.tradeOff.last?.falseAcceptRate == 1)
        #expect(
            evaluation.verification(metric: .euclidean, packThreshold: nil, falseAcceptRates: [])?.atPackThreshold
                == nil)
    }

    @Test func `Without two photos of somebody there is nothing to verify`() throws {
        defer { remove() }
        try put("Anna/1.ppm", PaintedFaces.ppm([TestLibrary.red]))
        try put("Boris/1.ppm", PaintedFaces.ppm([TestLibrary.blue]))
        let evaluation = try evaluation()
        #expect(evaluation.verification(metric: .euclidean, packThreshold: nil, falseAcceptRates: [0.1]) == nil)
    }

    @Test func `A file that cannot be read is left out with the reason, and the others are done`() throws {
        defer { remove() }
        try putPeople()
        try put("Anna/broken.jpg", Data("not a photo".utf8))
        try put("Anna/large.ppm", Data(count: 200_000))
        let done = Mutex<[Int]>([])
        let set = try analyzed { number in done.withLock { $0.append(number) } }
        #expect(done.withLock { $0 } == Array(1...11))
        #expect(set.photos.count == 9)
        #expect(Set(set.leftOut.map(\.name)) == ["Anna/broken.jpg", "Anna/large.ppm"])
        #expect(set.leftOut.allSatisfy { $0.reason.hasSuffix(".") })
    }

    @Test func `When no photo can be read nothing is measured`() throws {
        defer { remove() }
        try put("Anna/broken.jpg", Data("not a photo".utf8))
        #expect(throws: EvaluationError.self) { try analyzed() }
    }

    @Test func `Random numbers are those of the paper`() {
        // The values that the authors' C code gives.
        var generator = SeededGenerator(seed: 1_234_567)
        #expect(
            (0..<3).map { _ in generator.next() } == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
            ])
    }

    @Test func `People who are apart are identified, and strangers refused at a threshold that they had no part in`()
        throws
    {
        defer { remove() }
        try putPeople()
        try put("Dora/0.ppm", PaintedFaces.ppm([(10, 250, 10)], seed: 0))
        let evaluation = try evaluation()
        let plan = IdentificationScore.Plan(splits: 12, leftOut: 1, falseIdentificationRate: 0)
        let score = try #require(evaluation.identification(metric: .euclidean, plan))
        #expect(score.splits.count == 12)
        #expect(score.mean(\.rankOne) == 1)
        // Anna and Vera are near each other: where one is left out, the threshold of the others is too generous for her.
        #expect(score.splits.contains { $0.refused == 1 } && score.splits.contains { $0.refused < 1 })
        #expect(Set(score.splits.map(\.threshold)).count > 1)
        #expect(try #require(evaluation.identification(metric: .euclidean, plan)).splits == score.splits)
        #expect(evaluation.identification(metric: .euclidean, .init(leftOut: 3)) == nil)
    }
}
