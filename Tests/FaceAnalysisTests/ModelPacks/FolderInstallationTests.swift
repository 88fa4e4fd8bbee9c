import FaceCore
import Foundation
import Testing

@testable import FaceAnalysis

@Suite struct FolderInstallationTests {
    @Test func `A folder's files get their roles by name and keep their hashes`() throws {
        let fixture = try PackFixture()
        let folder = try fixture.firstFolder("mine", changing: ["notes.txt": [1]])
        let result = try fixture.installer.install(.folder(folder), into: fixture.store)
        let manifest = result.pack.manifest
        #expect(!result.wasAlreadyInstalled && result.note == nil)
        #expect(manifest.name == "mine" && manifest.family == .insightFace && manifest.embeddingDimension == 512)
        #expect(Set(manifest.files.map(\.role)) == [.detector, .embedder, .genderAge])
        #expect(manifest.file(of: .genderAge)?.sha256 == PackFixture.sha256(fixture.bytes("age.onnx")))
        let embedder = try #require(result.pack.url(of: .embedder))
        #expect([UInt8](try Data(contentsOf: embedder)) == fixture.bytes("rec_a.onnx"))
        #expect(result.pack.url(of: .landmarks) == nil)
        #expect(result.pack.size == 9000)
        // Detector and embedder are the published ones; nothing is known of the third file in advance.
        #expect(!manifest.isVerified)
        #expect(result.pack.embedderModel == ModelID("mine/rec_a"))
        #expect(manifest.licence.name == "Test")
    }

    @Test func `A folder of known files alone is verified`() throws {
        let fixture = try PackFixture()
        let folder = try fixture.firstFolder("mine", without: "age.onnx")
        #expect(try fixture.installer.install(.folder(folder), into: fixture.store).pack.manifest.isVerified)
    }

    @Test func `Other weights under published names are kept apart`() throws {
        let fixture = try PackFixture()
        let folder = try fixture.firstFolder("twin", changing: ["rec_a.onnx": [7, 7, 7]])
        let pack = try fixture.installer.install(.folder(folder), into: fixture.store).pack
        #expect(!pack.manifest.isVerified)
        #expect(pack.embedderModel.rawValue == "twin/rec_a@\(PackFixture.sha256([7, 7, 7]).prefix(8))")
        #expect(!pack.manifest.licence.commercialUse && pack.manifest.licence.name.contains("not known"))
    }

    @Test func `A second installation of the same files changes nothing and says so`() throws {
        let fixture = try PackFixture()
        let folder = try fixture.firstFolder("mine")
        _ = try fixture.installer.install(.folder(folder), into: fixture.store)
        let path = fixture.store.root.appendingPathComponent("mine").path
        let before = try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? UInt64
        let again = try fixture.installer.install(.folder(folder), into: fixture.store)
        #expect(again.wasAlreadyInstalled)
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? UInt64 == before)
        // Damaged: installed anew.
        try Data([0]).write(to: fixture.store.root.appendingPathComponent("mine/det_a.onnx"))
        #expect(try !fixture.installer.install(.folder(folder), into: fixture.store).wasAlreadyInstalled)
        try fixture.store.verify(packNamed: "mine")
        #expect(fixture.storeContents == ["mine"])
    }

    @Test func `A missing embedder is named`() throws {
        let fixture = try PackFixture()
        let folder = try fixture.firstFolder("mine", without: "rec_a.onnx")
        #expect(throws: ModelPackError.missingRole(.embedder, source: folder.path)) {
            try fixture.installer.install(.folder(folder), into: fixture.store)
        }
        #expect(fixture.storeContents.isEmpty)
    }

    @Test func `A folder without model files is no pack`() throws {
        let fixture = try PackFixture()
        let folder = try fixture.folder("photos", ["a.jpg": [1]])
        #expect(throws: ModelPackError.notAPack(source: folder.path)) {
            try fixture.installer.install(.folder(folder), into: fixture.store)
        }
    }

    @Test func `Two detectors in a folder are refused`() throws {
        let fixture = try PackFixture()
        var installer = fixture.installer
        installer.catalog.entries[0].files.append(
            .init(name: "det_b.onnx", role: .detector, sha256: nil, input: nil))
        let folder = try fixture.firstFolder("mine", changing: ["det_b.onnx": [1]])
        let files = ["det_a.onnx", "det_b.onnx"]
        #expect(throws: ModelPackError.ambiguousRole(.detector, files: files, source: folder.path)) {
            try installer.install(.folder(folder), into: fixture.store)
        }
    }

    @Test func `A failed installation leaves the old pack and nothing else`() throws {
        let fixture = try PackFixture()
        _ = try fixture.installer.install(.folder(try fixture.firstFolder("mine")), into: fixture.store)
        let broken = try fixture.firstFolder("broken", without: "rec_a.onnx")
        // A folder where a file is expected: it opens and cannot be read.
        try FileManager.default.createDirectory(
            at: broken.appendingPathComponent("rec_a.onnx"), withIntermediateDirectories: true)
        #expect(throws: ModelPackError.self) {
            try fixture.installer.install(.folder(broken), named: "mine", into: fixture.store)
        }
        #expect(fixture.storeContents == ["mine"])
        try fixture.store.verify(packNamed: "mine")
    }

    @Test func `A full disk and a forbidden place are told in plain words`() throws {
        let full = try OutputFile(URL(filePath: "/dev/full"), .appending)
        #expect(throws: ModelPackError.diskFull(path: "/dev/full")) { try full.write([1, 2, 3]) }
        #expect(ModelPackError.writing("/models", EACCES) == .notPermitted(path: "/models"))
        #expect(ModelPackError.notPermitted(path: "/models").message == "Writing to /models is not permitted.")

        let fixture = try PackFixture()
        let file = fixture.folder.appendingPathComponent("made.zip")
        let store = ModelPackStore(root: file.appendingPathComponent("models"), catalog: fixture.catalog)
        let folder = try fixture.firstFolder("mine")
        #expect(throws: ModelPackError.self) { try fixture.installer.install(.folder(folder), into: store) }
    }
}
