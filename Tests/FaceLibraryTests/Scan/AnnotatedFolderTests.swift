import FaceCore
import Foundation
import Testing

@testable import FaceLibrary

@Suite struct AnnotatedFolderTests {
    @Test func `Copies keep their folders, end in jpg and never overwrite each other`() {
        let names = ["a/x.png", "a/x.jpg", "A/X.heic", "b/x", "Фото лица.webp", "a/x-2.gif"]
        #expect(
            AnnotatedFolder.copyNames(for: names)
                == ["a/x.jpg", "a/x-2.jpg", "A/X-3.jpg", "b/x.jpg", "Фото лица.jpg", "a/x-2-2.jpg"])
    }

    @Test func `A copy that cannot be written says why in the system's words and leaves nothing behind`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lik-copy-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try CopyFile(path: folder.path + "/a/b/c.jpg").write([1, 2, 3])
        #expect(try Data(contentsOf: folder.appendingPathComponent("a/b/c.jpg")) == Data([1, 2, 3]))
        #expect(throws: PhotoIntakeError.unwritable(reason: "Is a directory")) {
            try CopyFile(path: folder.path + "/a/b").write([1])
        }
        #expect(throws: PhotoIntakeError.unwritable(reason: "Not a directory")) {
            try CopyFile(path: folder.path + "/a/b/c.jpg/d.jpg").write([1])
        }
        #expect(try FileManager.default.subpathsOfDirectory(atPath: folder.path).count == 3)
    }
}
