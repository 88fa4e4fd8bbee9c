import Foundation
import FoundationXML
import Testing

/// `lik evaluate` as a user runs it, on the tiny random models.
@Suite struct EvaluateCommandTests {
    private let lik: LikProcess

    init() throws {
        lik = try LikProcess()
    }

    private func installPack() throws {
        try TinyPack.write(to: lik.home.appendingPathComponent("tiny"))
        let installed = try lik.run("models", "install", lik.path("tiny"))
        try #require(installed.status == 0, "\(installed.errors)")
        try TinyPack.correctDimension(in: lik.home.appendingPathComponent(".local/share/lik/models/tiny"), to: 32)
    }

    private func put(_ name: String, _ data: Data) throws {
        let file = lik.home.appendingPathComponent("set/" + name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: file)
    }

    private func putPeople() throws {
        for (index, name) in ["Anna/1", "Anna/2", "Boris/1", "Boris/2"].enumerated() {
            try put(name + ".ppm", TinyPack.photo(width: 200, height: 160, seed: index))
        }
    }

    /// What makes the tiny detector fire.
    private static let flags = ["--det-thresh", "0.3", "--max-faces", "2", "--min-size", "1", "--orders", "2"]

    private func evaluate(_ arguments: String..., flags: [String] = Self.flags) throws -> LikProcess.Outcome {
        try lik.run(["evaluate", lik.path("set")] + arguments + flags)
    }

    @Test func `A folder of people is measured and nothing is stored`() throws {
        defer { lik.remove() }
        try installPack()
        try putPeople()
        let plot = lik.path("plot.svg")
        let outcome = try evaluate("--plot", plot)
        #expect(outcome.status == 0, "\(outcome.errors)")
        for words in [
            "4 photos, pack tiny", "Detection: 4 of 4 labelled faces found (100.00 %)",
            "Grouping of 4 faces of 2 people, all photos at once:", "average", "dbscan", "hdbscan",
            "One by one, average, in 2 random orders (seed 1):", "2 pairs of one person and 4 of two",
            "equal error rate",
            "0.0001*",
        ] {
            #expect(outcome.output.contains(words), "“\(words)” in\n\(outcome.output)")
        }
        #expect(!FileManager.default.fileExists(atPath: lik.path(".local/share/lik/lik.sqlite")))
        let drawn = try XMLDocument(data: Data(contentsOf: URL(fileURLWithPath: plot)))
        #expect(drawn.rootElement()?.name == "svg")
        #expect(try drawn.nodes(forXPath: "//*[name()='polyline']").count == 3)
        let words = try drawn.nodes(forXPath: "//*[name()='text']").compactMap(\.stringValue)
        for label in ["false accepts (FAR)", "false rejects (FRR)", "the pack's threshold", "true accept rate (TAR)"] {
            #expect(words.contains(label), "“\(label)” in \(words)")
        }
    }

    @Test func `As JSON it has every figure`() throws {
        defer { lik.remove() }
        try installPack()
        try putPeople()
        try put(
            "labels.csv",
            Data("file,identity\nAnna/1.ppm,Anna\nAnna/2.ppm,Anna\nBoris/1.ppm,Boris\nnone.ppm,Boris\n".utf8))
        let outcome = try evaluate("--json", "--far", "0.5", "--far", "1", "--algorithm", "dbscan", "--eps", "0.7")
        #expect(outcome.status == 3)
        #expect(outcome.errors.contains("labels, line 5: There is no file “none.ppm”."))
        let json = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
        #expect(json["photos"] as? Int == 3 && json["pack"] as? String == "tiny")
        let detection = try #require(json["detection"] as? [String: Any])
        #expect(detection["labelled"] as? Int == 3 && detection["found"] as? Int == 3)
        let grouping = try #require(json["grouping"] as? [[String: Any]])
        #expect(grouping[0]["algorithm"] as? String == "dbscan")
        #expect(grouping[0]["parameters"] as? String == "eps 0.7, 1 sample")
        #expect(grouping.allSatisfy { $0["faces"] as? Int == 3 && $0["people"] as? Int == 2 })
        #expect((grouping[0]["bcubed"] as? [String: Double])?["f"] != nil)
        #expect((json["one_by_one"] as? [String: Any])?["orders"] as? Int == 2)
        let verification = try #require(json["verification"] as? [String: Any])
        #expect(verification["genuine_pairs"] as? Int == 1 && verification["impostor_pairs"] as? Int == 2)
        #expect((verification["curve"] as? [[String: Double]])?.count == 256)
        #expect((verification["wanted"] as? [[String: Any]])?.compactMap { $0["far_wanted"] as? Double } == [0.5, 1])
    }

    @Test func `What cannot be measured is said in a sentence`() throws {
        defer { lik.remove() }
        try installPack()
        try put("loose.ppm", TinyPack.photo(width: 200, height: 160, seed: 1))
        let unlabelled = try evaluate()
        #expect(unlabelled.status == 1)
        #expect(unlabelled.errors.contains("has neither a labels.csv nor a folder for each person"))
        try put("labels.csv", Data("file,identity\nnone.ppm,Anna\n".utf8))
        let unknown = try evaluate()
        #expect(unknown.status == 1)
        #expect(
            unknown.errors == "lik: “labels.csv” has no row that can be used. Line 2: There is no file “none.ppm”.\n")
        try put("labels.csv", Data("file,identity\nloose.ppm,Anna\n".utf8))
        let single = try evaluate("--plot", lik.path("plot.svg"))
        #expect(single.status == 0)
        #expect(single.output.contains("No label has a box"))
        #expect(single.output.contains("Verification: Nobody is on two of the photos"))
        #expect(!FileManager.default.fileExists(atPath: lik.path("plot.svg")))
        #expect(single.errors.contains("Nothing was drawn"))
        try put("labels.csv", Data("file,identity,boxes\nloose.ppm,,\"1,1,9,9\"\n".utf8))
        #expect(try evaluate().output.contains("Grouping: no face that was found has a name"))
        #expect(try lik.run("evaluate", lik.path("missing")).errors.contains("There is no file or folder"))
    }

    @Test(arguments: [["--far", "0"], ["--far", "1.5"], ["--orders", "-1"], ["--attributes"], ["--eps", "x"]])
    func `Options that make no sense are refused`(arguments: [String]) throws {
        defer { lik.remove() }
        #expect(try lik.run(["evaluate", lik.path("set")] + arguments).status == 2)
    }
}
