import FaceCore
import Foundation
import Testing

@testable import FaceAnalysis

@Suite struct ArchiveInstallationTests {
    @Test func `The published archive is known by its hash whatever its name`() throws {
        let fixture = try PackFixture()
        let file = fixture.folder.appendingPathComponent("download (1).zip")
        try Data(fixture.archive).write(to: file)
        let result = try fixture.installer.install(.archive(file), into: fixture.store)
        #expect(result.pack.name == "first")
        #expect(result.pack.manifest.isVerified)
        #expect(result.pack.embedderModel == ModelID("first/rec_a"))
        #expect(try fixture.installer.install(.archive(file), into: fixture.store).wasAlreadyInstalled)
        #expect(fixture.storeContents == ["first"])
    }

    @Test func `Another archive is installed by its files' names, unverified`() throws {
        let fixture = try PackFixture()
        let file = try fixture.zip(
            "mine.zip", [("pack/det_a.onnx", fixture.bytes("det_a.onnx")), ("pack/rec_a.onnx", [1, 2, 3])])
        let pack = try fixture.installer.install(.archive(file), into: fixture.store).pack
        #expect(pack.name == "mine" && !pack.manifest.isVerified)
        #expect(pack.embedderModel.rawValue.hasPrefix("mine/rec_a@"))
    }

    @Test func `Paths in an archive lead nowhere`() throws {
        let fixture = try PackFixture()
        let file = try fixture.zip(
            "mine.zip",
            [
                ("../../det_a.onnx", fixture.bytes("det_a.onnx")), ("/rec_a.onnx", fixture.bytes("rec_a.onnx")),
                ("../../../evil.sh", [1]), ("..\\age.onnx", [2]), ("lik-pack.json", [3]),
            ])
        let pack = try fixture.installer.install(.archive(file), into: fixture.store).pack
        let names = try FileManager.default.contentsOfDirectory(atPath: pack.folder.path).sorted()
        #expect(names == ["age.onnx", "det_a.onnx", "lik-pack.json", "rec_a.onnx"])
        #expect(fixture.storeContents == ["mine"])
        let around = try FileManager.default.contentsOfDirectory(atPath: fixture.folder.path).sorted()
        #expect(around == ["made.zip", "mine.zip", "models"])
    }

    @Test func `A truncated archive is refused and leaves nothing`() throws {
        let fixture = try PackFixture()
        for count in [10, 1000, fixture.archive.count / 2, fixture.archive.count - 30] {
            let file = fixture.folder.appendingPathComponent("cut.zip")
            try Data(fixture.archive.prefix(count)).write(to: file)
            #expect(throws: ModelPackError.self) { try fixture.installer.install(.archive(file), into: fixture.store) }
            #expect(fixture.storeContents.isEmpty)
        }
    }

    @Test func `A changed byte in an archive is found by the checksum`() throws {
        let fixture = try PackFixture()
        var bytes = fixture.archive
        bytes[1500] ^= 1
        let file = fixture.folder.appendingPathComponent("changed.zip")
        try Data(bytes).write(to: file)
        #expect {
            try fixture.installer.install(.archive(file), into: fixture.store)
        } throws: { error in
            guard case .damagedArchive("changed.zip", _) = error as? ModelPackError else { return false }
            return true
        }
    }

    @Test func `A file that is no archive is refused with its name`() throws {
        let fixture = try PackFixture()
        let file = fixture.folder.appendingPathComponent("photo.zip")
        try Data("this is a text".utf8).write(to: file)
        #expect {
            try fixture.installer.install(.archive(file), into: fixture.store)
        } throws: { error in
            (error as? ModelPackError)?.message.hasPrefix("photo.zip cannot be unpacked: it is neither") == true
        }
    }

    @Test func `An archive with two files of a name is refused`() throws {
        let fixture = try PackFixture()
        let file = try fixture.zip("two.zip", [("a/det_a.onnx", [1]), ("b/det_a.onnx", [2]), ("rec_a.onnx", [3])])
        let expected = ModelPackError.damagedArchive(source: "two.zip", reason: "it holds det_a.onnx more than once")
        #expect(throws: expected) { try fixture.installer.install(.archive(file), into: fixture.store) }
    }

    @Test func `Files larger than the limit are not unpacked`() throws {
        let fixture = try PackFixture()
        let file = try fixture.zip("big.zip", [("det_a.onnx", [UInt8](repeating: 0, count: 1_000_000))])
        let tar = fixture.folder.appendingPathComponent("big.tar.gz")
        try ArchiveWriter.write(
            [("other", [UInt8](repeating: 0, count: 1_000_000)), ("det_a.onnx", [1])], as: .tarGzip, to: tar)
        let folder = try fixture.folder("out", [:])
        var archive = ModelPackArchive(file: file)
        archive.maximumFileSize = 999_999
        #expect(throws: ModelPackError.tooLarge(file: "det_a.onnx")) {
            try archive.extract(["det_a.onnx"], into: folder) { _ in }
        }
        archive = ModelPackArchive(file: tar)
        archive.maximumTotalSize = 999_999
        #expect(throws: ModelPackError.tooLarge(file: "big.tar.gz")) {
            try archive.extract(["det_a.onnx"], into: folder) { _ in }
        }
        archive.maximumTotalSize = 2_000_000
        archive.maximumEntries = 1
        #expect(throws: ModelPackError.self) { try archive.extract(["det_a.onnx"], into: folder) { _ in } }
    }
}
