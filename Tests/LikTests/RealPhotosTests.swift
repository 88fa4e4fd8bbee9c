import FaceClustering
import FaceCore
import Foundation
import Testing

/// The main job on real photos with a real model pack; runs where both are there.
@Suite(
    .enabled("needs LIK_TEST_PHOTOS and LIK_TEST_DLIB_MODELS") {
        ProcessInfo.processInfo.environment["LIK_TEST_PHOTOS"] != nil
            && ProcessInfo.processInfo.environment["LIK_TEST_DLIB_MODELS"] != nil
    }
)
struct RealPhotosTests {
    private struct Found {
        let box: BoundingBox
        let person: Int?
        let score: Double
        let embedding: [Float]
    }

    /// Scans the labelled people with the dlib pack.
    private func scan(_ lik: LikProcess, _ folder: String, _ flags: String...) throws -> [String: [Found]] {
        let scan = try lik.run(["scan", folder, "--json", "--embeddings"] + flags)
        try #require(scan.status == 0, "\(scan.errors)")
        let document = try JSONSerialization.jsonObject(with: Data(scan.output.utf8)) as? [String: Any]
        let photos = try #require(document?["photos"] as? [[String: Any]])
        return Dictionary(
            uniqueKeysWithValues: photos.map { photo in
                let faces = (photo["faces"] as? [[String: Any]] ?? []).compactMap { face -> Found? in
                    guard let box = face["box"] as? [Double], let vector = face["embedding"] as? [Double] else {
                        return nil
                    }
                    return Found(
                        box: BoundingBox(x: box[0], y: box[1], width: box[2], height: box[3]),
                        person: face["person"] as? Int, score: face["detection_score"] as? Double ?? 0,
                        embedding: vector.map { Float($0) })
                }
                return (photo["file"] as? String ?? "", faces)
            })
    }

    @Test func `The people of a labelled set are found and told apart, and nothing is done twice`() throws {
        let environment = ProcessInfo.processInfo.environment
        let models = try #require(environment["LIK_TEST_DLIB_MODELS"])
        let photos = try #require(environment["LIK_TEST_PHOTOS"])
        let set = try LabelledPhotos(folder: photos + "/people")
        let lik = try LikProcess()
        defer { lik.remove() }
        let installed = try lik.run("models", "install", models, "--name", "dlib")
        try #require(installed.status == 0, "\(installed.errors)")
        let found = try scan(lik, set.folder)

        let matches = LabelMatches(set, found: found.mapValues { $0.map(\.box) })
        #expect(matches.labelled == 322)
        #expect(matches.hit >= 318, "\(matches.hit) of \(matches.labelled) labelled faces found")
        #expect(matches.extra <= 3, "\(matches.extra) boxes where nobody is")
        let quality = GroupingQuality(
            truth: matches.named.map(\.identity), groups: matches.named.map { found[$0.file]?[$0.face].person })
        #expect(quality.bcubed.f >= 0.995, "BCubed F \(quality.bcubed.f)")
        #expect(quality.pairs.precision == 1, "strangers are together: \(quality.pairs.precision)")

        let again = try lik.run("scan", set.folder)
        #expect(again.output.contains("\(found.count) known") && !again.output.contains("new"))
    }

    @Test func `Models in int8 made from photos find the same people`() throws {
        let environment = ProcessInfo.processInfo.environment
        let models = try #require(environment["LIK_TEST_DLIB_MODELS"])
        let photos = try #require(environment["LIK_TEST_PHOTOS"])
        let set = try LabelledPhotos(folder: photos + "/people")
        let lik = try LikProcess()
        defer { lik.remove() }
        let installed = try lik.run("models", "install", models, "--name", "dlib")
        try #require(installed.status == 0, "\(installed.errors)")
        let before = try lik.run("scan", set.folder, "--precision", "int8")
        #expect(before.status != 0)
        #expect(before.errors.contains("lik models quantize dlib"))
        let quantized = try lik.run("models", "quantize", "dlib", set.folder)
        try #require(quantized.status == 0, "\(quantized.errors)")
        #expect(quantized.output.contains("Detector: ") && quantized.output.contains("Embedder: "))
        #expect(!quantized.output.contains("refused"))
        let found = try scan(lik, set.folder, "--precision", "int8")
        let matches = LabelMatches(set, found: found.mapValues { $0.map(\.box) })
        #expect(matches.hit >= 316, "\(matches.hit) of \(matches.labelled) labelled faces found")
        let quality = GroupingQuality(
            truth: matches.named.map(\.identity), groups: matches.named.map { found[$0.file]?[$0.face].person })
        #expect(quality.bcubed.f >= 0.99, "BCubed F \(quality.bcubed.f)")
        #expect(quality.pairs.precision >= 0.999)
    }

    @Test func `Evaluation of the labelled set gives what scanning and scoring it does`() throws {
        let environment = ProcessInfo.processInfo.environment
        let models = try #require(environment["LIK_TEST_DLIB_MODELS"])
        let photos = try #require(environment["LIK_TEST_PHOTOS"])
        let lik = try LikProcess()
        defer { lik.remove() }
        let installed = try lik.run("models", "install", models, "--name", "dlib")
        try #require(installed.status == 0, "\(installed.errors)")
        let outcome = try lik.run("evaluate", photos + "/people", "--json", "--orders", "2")
        try #require(outcome.status == 0, "\(outcome.errors)")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let report = try decoder.decode(Evaluated.self, from: Data(outcome.output.utf8))
        #expect(report.detection.labelled == 322)
        #expect(report.detection.found >= 318)
        #expect(report.detection.extraBoxes <= 3)
        #expect(report.grouping.map(\.algorithm) == ["average", "dbscan", "hdbscan", "chinese whispers"])
        let own = try #require(report.grouping.first)
        #expect(own.faces >= 240 && own.people == 38)
        #expect(own.bcubed.f >= 0.995)
        #expect(own.pairs.precision == 1)
        #expect(report.verification.genuinePairs >= 900)
        // dlib's own documentation says 0.6 for a pair.
        #expect((0.55...0.7).contains(report.verification.equalErrorThreshold))
        #expect(report.verification.equalErrorRate <= 0.02)
    }

    /// Some of what `lik evaluate --json` says.
    private struct Evaluated: Decodable {
        struct Detection: Decodable {
            let labelled: Int
            let found: Int
            let extraBoxes: Int
        }

        struct Score: Decodable {
            let precision: Double
            let f: Double
        }

        struct Grouping: Decodable {
            let algorithm: String
            let faces: Int
            let people: Int
            let pairs: Score
            let bcubed: Score
        }

        struct Verification: Decodable {
            let genuinePairs: Int
            let equalErrorRate: Double
            let equalErrorThreshold: Double
        }

        let detection: Detection
        let grouping: [Grouping]
        let verification: Verification
    }
}
