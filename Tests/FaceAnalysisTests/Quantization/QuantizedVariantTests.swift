import FaceCore
import Foundation
import Inference
import Testing

@testable import FaceAnalysis

struct QuantizedVariantTests {
    private let fixture: PackFixture
    private let pack: InstalledModelPack
    private let report = QuantizationReport(
        detector: .init(faces: 9, agreement: 1, meanOverlap: 0.9),
        embedder: .init(faces: 9, meanDistance: 0.001, largestDistance: 0.002, meanCosine: 0.999, limit: 0.01))

    init() throws {
        fixture = try PackFixture()
        let folder = try fixture.firstFolder("first")
        pack = try fixture.installer.install(.folder(folder), into: fixture.store).pack
    }

    @Test func `Models that were written are those that are read, as long as they are whole`() throws {
        #expect(throws: ModelPackError.notQuantized(name: "first")) { try QuantizedVariant(of: pack) }
        try QuantizedVariant.write([.embedder: [1, 2, 3]], report: report, into: pack)
        let variant = try QuantizedVariant(of: pack)
        #expect(variant.roles == [.embedder])
        #expect(variant.report == report)
        #expect(try variant.intactFile(of: .detector) == nil)
        let url = try #require(try variant.intactFile(of: .embedder))
        #expect(try Data(contentsOf: url) == Data([1, 2, 3]))
        #expect(try pack.verify().isIntact)
        try Data([1, 2]).write(to: url)
        let damage = ModelPackError.damagedPack(name: "first", missing: [], damaged: ["int8/embedder.onnx"])
        #expect(throws: damage) { try variant.intactFile(of: .embedder) }
        #expect(try pack.verify().damaged == ["int8/embedder.onnx"])
        try FileManager.default.removeItem(at: url)
        #expect(throws: ModelPackError.damagedPack(name: "first", missing: ["int8/embedder.onnx"], damaged: [])) {
            try variant.intactFile(of: .embedder)
        }
    }

    @Test func `Models made of others than are installed are none`() throws {
        try QuantizedVariant.write([.embedder: [1]], report: report, into: pack)
        var manifest = pack.manifest
        let index = try #require(manifest.files.firstIndex { $0.role == .embedder })
        manifest.files[index].sha256 = String(repeating: "0", count: 64)
        try manifest.encoded().write(to: pack.folder.appendingPathComponent(ModelPackManifest.fileName))
        let replaced = try InstalledModelPack(folder: pack.folder)
        #expect(throws: ModelPackError.notQuantized(name: "first")) { try QuantizedVariant(of: replaced) }
    }

    @Test func `To ask for bytes where there are none is an error`() throws {
        #expect(throws: ModelPackError.notQuantized(name: "first")) {
            try FaceAnalyzer(pack: pack, runtime: .shared(), options: FaceAnalyzerOptions(precision: .int8))
        }
    }

    @Test func `The report says what was compared, and what came of it`() {
        #expect(report.sentences.count == 2)
        #expect(report.sentences[0].contains("100.0 % of 9 faces") && report.sentences[0].contains("accepted"))
        #expect(report.sentences[1].contains("0.9990") && report.sentences[1].contains("accepted"))
        var worse = report
        worse.embedder?.largestDistance = 0.031
        worse.detector?.agreement = 0.97
        #expect(worse.sentences.allSatisfy { $0.contains("refused") })
    }
}
