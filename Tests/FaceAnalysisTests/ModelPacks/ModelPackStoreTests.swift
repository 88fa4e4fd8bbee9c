import FaceCore
import Foundation
import Testing

@testable import FaceAnalysis

@Suite struct ModelPackStoreTests {
    private func fixture() throws -> PackFixture {
        let fixture = try PackFixture()
        let folder = try fixture.firstFolder("mine")
        _ = try fixture.installer.install(.folder(folder), into: fixture.store)
        return fixture
    }

    @Test func `A flipped byte and a missing file are found and named`() throws {
        let fixture = try fixture()
        let pack = try fixture.store.pack(named: "mine")
        try fixture.store.verify(packNamed: "mine")
        let detector = try #require(pack.url(of: .detector))
        var bytes = fixture.bytes("det_a.onnx")
        bytes[1500] ^= 1
        try Data(bytes).write(to: detector)
        try FileManager.default.removeItem(at: pack.folder.appendingPathComponent("age.onnx"))
        let expected = ModelPackError.damagedPack(name: "mine", missing: ["age.onnx"], damaged: ["det_a.onnx"])
        #expect(throws: expected) { try fixture.store.verify(packNamed: "mine") }
        #expect(expected.message.contains("age.onnx is missing, det_a.onnx has changed"))
    }

    @Test func `A removed pack is gone with its files`() throws {
        let fixture = try fixture()
        try fixture.store.remove(packNamed: "mine")
        #expect(fixture.store.installed().isEmpty)
        #expect(fixture.storeContents.isEmpty)
        #expect(throws: ModelPackError.notInstalled(name: "mine")) { try fixture.store.remove(packNamed: "mine") }
    }

    @Test func `Names that are paths are refused`() throws {
        let fixture = try fixture()
        for name in ["", ".", "..", "../mine", "a/b", ".staging", "a\u{0}b"] {
            #expect(throws: ModelPackError.invalidName(name)) { try fixture.store.pack(named: name) }
            #expect(throws: ModelPackError.invalidName(name)) { try fixture.store.remove(packNamed: name) }
        }
    }

    @Test func `The default is the first published pack, else whichever is installed`() throws {
        let fixture = try PackFixture()
        #expect(throws: ModelPackError.noneInstalled) { try fixture.store.defaultPack() }
        #expect(throws: ModelPackError.notInstalled(name: "first")) { try fixture.store.defaultPack(named: "first") }

        let other = try fixture.firstFolder("a_private_pack", changing: ["rec_a.onnx": [1, 2, 3]])
        _ = try fixture.installer.install(.folder(other), into: fixture.store)
        #expect(try fixture.store.defaultPack().name == "a_private_pack")

        let dlib = try fixture.folder("dats", fixture.files.filter { PackFixture.dlibFiles.contains($0.key) })
        _ = try fixture.installer.install(.folder(dlib), into: fixture.store)
        #expect(try fixture.store.defaultPack().name == "second")

        _ = try fixture.installer.install(.folder(try fixture.firstFolder("first")), into: fixture.store)
        #expect(try fixture.store.defaultPack().name == "first")
        #expect(fixture.store.installed().map(\.name) == ["first", "second", "a_private_pack"])
        #expect(try fixture.store.defaultPack(named: "a_private_pack").name == "a_private_pack")
    }

    @Test func `A pack with a published name and other weights is not preferred`() throws {
        let fixture = try fixture()
        let twin = try fixture.firstFolder("first", changing: ["rec_a.onnx": [1, 2, 3]])
        let result = try fixture.installer.install(.folder(twin), into: fixture.store)
        #expect(result.note?.contains("not the published files of first") == true)
        #expect(result.pack.embedderModel.rawValue.hasPrefix("first/rec_a@"))
        _ = try fixture.installer.install(
            .folder(try fixture.folder("dats", fixture.files.filter { PackFixture.dlibFiles.contains($0.key) })),
            into: fixture.store)
        #expect(try fixture.store.defaultPack().name == "second")
    }

    @Test func `A pack whose manifest is damaged is reported and can be removed`() throws {
        let fixture = try fixture()
        let manifest = fixture.store.root.appendingPathComponent("mine/lik-pack.json")
        try Data("{".utf8).write(to: manifest)
        #expect(fixture.store.installed().isEmpty)
        #expect(fixture.store.unreadable().map(\.name) == ["mine"])
        try fixture.store.remove(packNamed: "mine")
        #expect(fixture.storeContents.isEmpty)
    }

    @Test func `A damaged manifest is told instead of there being no pack`() throws {
        let fixture = try fixture()
        let root = fixture.store.root
        try Data("{".utf8).write(to: root.appendingPathComponent("mine/lik-pack.json"))
        #expect(throws: ModelPackError.damagedManifest(pack: "mine")) { try fixture.store.defaultPack() }

        let dlib = try fixture.folder("dats", fixture.files.filter { PackFixture.dlibFiles.contains($0.key) })
        _ = try fixture.installer.install(.folder(dlib), into: fixture.store)
        #expect(try fixture.store.defaultPack().name == "second", "it comes before the damaged one anyway")

        _ = try fixture.installer.install(.folder(try fixture.firstFolder("first")), into: fixture.store)
        try Data("{\"format\": 99}".utf8).write(to: root.appendingPathComponent("first/lik-pack.json"))
        #expect(throws: ModelPackError.newerManifest(pack: "first")) { try fixture.store.defaultPack() }
        #expect(try fixture.store.defaultPack(named: "second").name == "second")
    }

    @Test func `A file is loaded only when it is what was installed`() throws {
        let fixture = try fixture()
        let pack = try fixture.store.pack(named: "mine")
        let detector = try pack.intactFile(of: .detector)
        #expect(detector == pack.url(of: .detector))
        var bytes = fixture.bytes("det_a.onnx")
        bytes[2999] ^= 0x10
        try Data(bytes).write(to: detector)
        #expect(throws: ModelPackError.damagedPack(name: "mine", missing: [], damaged: ["det_a.onnx"])) {
            try pack.intactFile(of: .detector)
        }
        try FileManager.default.removeItem(at: detector)
        #expect(throws: ModelPackError.damagedPack(name: "mine", missing: ["det_a.onnx"], damaged: [])) {
            try pack.intactFile(of: .detector)
        }
        #expect(try pack.intactFile(of: .embedder) == pack.url(of: .embedder), "only the file that is asked for")
        #expect(throws: ModelPackError.damagedPack(name: "mine", missing: ["shape predictor"], damaged: [])) {
            try pack.intactFile(of: .landmarks)
        }
    }

    @Test func `A killed installation's remains are cleared and the pack that stepped aside comes back`() throws {
        let fixture = try fixture()
        let root = fixture.store.root
        let manager = FileManager.default
        try manager.moveItem(at: root.appendingPathComponent("mine"), to: root.appendingPathComponent(".replaced-mine"))
        try manager.createDirectory(
            at: root.appendingPathComponent(".staging-dead"), withIntermediateDirectories: true)
        #expect(fixture.store.installed().isEmpty)
        _ = try fixture.installer.install(.folder(try fixture.firstFolder("other")), into: fixture.store)
        #expect(fixture.storeContents == ["mine", "other"])
        try fixture.store.verify(packNamed: "mine")
    }

    @Test func `Two installations at a time are refused`() throws {
        let fixture = try fixture()
        let staging = try PackStaging(root: fixture.store.root)
        let folder = try fixture.firstFolder("other")
        #expect(throws: ModelPackError.busy(path: fixture.store.root.path)) {
            try fixture.installer.install(.folder(folder), into: fixture.store)
        }
        withExtendedLifetime(staging) {}
    }
}
