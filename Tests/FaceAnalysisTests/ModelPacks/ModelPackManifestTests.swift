import FaceCore
import Foundation
import Testing

@testable import FaceAnalysis

@Suite struct ModelPackManifestTests {
    private static func manifest(verified: Bool) -> ModelPackManifest {
        let hash = "0123456789abcdef" + String(repeating: "0", count: 48)
        return ModelPackManifest(
            name: "pack", family: .insightFace,
            files: [
                .init(role: .detector, name: "det_10g.onnx", sha256: hash, input: nil, isVerified: true),
                .init(role: .embedder, name: "w600k_r50.onnx", sha256: hash, input: nil, isVerified: verified),
            ],
            embeddingDimension: 512, metric: .cosine, thresholds: .arcFace,
            licence: .init(name: "Some licence", url: nil, commercialUse: false))
    }

    private static func write(_ json: String) throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("pack-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(json.utf8).write(to: folder.appendingPathComponent("lik-pack.json"))
        return folder
    }

    @Test func `Published weights are named by pack and file`() {
        #expect(Self.manifest(verified: true).embedderModel == ModelID("pack/w600k_r50"))
        #expect(Self.manifest(verified: true).isVerified)
    }

    @Test func `Other weights carry the beginning of their hash`() {
        #expect(Self.manifest(verified: false).embedderModel == ModelID("pack/w600k_r50@01234567"))
        #expect(!Self.manifest(verified: false).isVerified)
    }

    @Test func `A manifest is read back as it was written`() throws {
        let manifest = Self.manifest(verified: false)
        let folder = try Self.write(String(decoding: manifest.encoded(), as: UTF8.self))
        defer { try? FileManager.default.removeItem(at: folder) }
        var read = try ModelPackManifest(folder: folder)
        #expect(read.name == folder.lastPathComponent)
        read.name = manifest.name
        #expect(read == manifest)
    }

    @Test func `A manifest of a newer version is told from a damaged one`() throws {
        let newer = try Self.write(#"{"format": 2, "something": "else"}"#)
        let damaged = try Self.write(#"{"format": 1, "pack": {"name": "x"}}"#)
        let text = try Self.write("not JSON")
        defer { for folder in [newer, damaged, text] { try? FileManager.default.removeItem(at: folder) } }
        #expect(throws: ModelPackError.newerManifest(pack: newer.lastPathComponent)) {
            try ModelPackManifest(folder: newer)
        }
        for folder in [damaged, text] {
            #expect(throws: ModelPackError.damagedManifest(pack: folder.lastPathComponent)) {
                try ModelPackManifest(folder: folder)
            }
        }
    }

    @Test func `A manifest that names files outside of its folder is refused`() throws {
        var manifest = Self.manifest(verified: true)
        manifest.files[0].name = "../../secret.onnx"
        let folder = try Self.write(String(decoding: manifest.encoded(), as: UTF8.self))
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(throws: ModelPackError.damagedManifest(pack: folder.lastPathComponent)) {
            try ModelPackManifest(folder: folder)
        }
    }

    @Test func `Hashes are those of the standard`() throws {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        #expect(FileHash.of([UInt8]()) == empty)
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("abc-\(UUID().uuidString)")
        try Data("abc".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(try FileHash.ofFile(at: file) == abc)
    }

    @Test func `A licence's line says whether commercial use is allowed`() {
        #expect(Self.manifest(verified: true).licence.description == "Some licence (no commercial use)")
        let dlib = ModelPackCatalog.published.entry(named: "dlib")
        #expect(dlib?.licence.description == "CC0 1.0 (commercial use allowed)")
    }
}
