import FaceCore
import FaceLibrary
import Foundation
import Testing

@Suite struct PhotoFolderTests {
    private let root: URL

    init() throws {
        root = FileManager.default.temporaryDirectory.appendingPathComponent("lik-folder-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: root.appendingPathComponent("sub/deep"), withIntermediateDirectories: true)
        try write("b.jpg", "no photo, but named like one")
        try write("a.bin", "\u{FF}")
        try write("notes.txt", "text")
        try write(".hidden.jpg", "")
        try write("sub/c.PNG", "")
        try write("sub/deep/Фото 顔", pngHead)
    }

    private let pngHead = "\u{89}PNG\r\n\u{1A}\n"

    private func write(_ name: String, _ text: String) throws {
        try Data(text.unicodeScalars.map { UInt8($0.value & 0xFF) }).write(to: root.appendingPathComponent(name))
    }

    private func names(_ paths: [String], _ folder: PhotoFolder = PhotoFolder()) throws -> [String] {
        try folder.photos(in: paths).map(\.name)
    }

    @Test func `A folder gives what is or is named like a photo, folders within included`() throws {
        defer { try? FileManager.default.removeItem(at: root) }
        #expect(try names([root.path]) == ["b.jpg", "sub/c.PNG", "sub/deep/Фото 顔"])
    }

    @Test func `Folders within are left out when asked`() throws {
        defer { try? FileManager.default.removeItem(at: root) }
        #expect(try names([root.path], PhotoFolder(isRecursive: false)) == ["b.jpg"])
    }

    @Test func `A file that is named itself always counts, and only once`() throws {
        defer { try? FileManager.default.removeItem(at: root) }
        let text = root.appendingPathComponent("notes.txt").path
        #expect(try names([text, text]) == ["notes.txt"])
        #expect(try names([root.path, root.appendingPathComponent("b.jpg").path]).count == 3)
    }

    @Test func `A link in a circle is followed once`() throws {
        defer { try? FileManager.default.removeItem(at: root) }
        try FileManager.default.createSymbolicLink(
            at: root.appendingPathComponent("sub/again"), withDestinationURL: root)
        #expect(try names([root.path]).count == 3)
    }

    @Test func `A missing path is an error that names it`() {
        defer { try? FileManager.default.removeItem(at: root) }
        #expect(throws: PhotoIntakeError.noSuchPath("/no/such/folder")) {
            _ = try PhotoFolder().photos(in: ["/no/such/folder"])
        }
    }
}
