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

    @Test(.timeLimit(.minutes(1))) func `A named pipe in a folder is passed over, whatever it is called`() throws {
        defer { try? FileManager.default.removeItem(at: root) }
        try #require(mkfifo(root.path + "/pipe", 0o600) == 0)
        try #require(mkfifo(root.path + "/pipe.jpg", 0o600) == 0)
        #expect(try names([root.path]).count == 3)
    }

    @Test func `A file has one path, whatever link leads to it, and the name by which it was found`() throws {
        defer { try? FileManager.default.removeItem(at: root) }
        try FileManager.default.createSymbolicLink(
            at: root.appendingPathComponent("a"), withDestinationURL: root.appendingPathComponent("sub"))
        let all = try PhotoFolder().photos(in: [root.path])
        #expect(all.map(\.name) == ["b.jpg", "a/c.PNG", "a/deep/Фото 顔"])
        let below = try PhotoFolder().photos(in: [root.path + "/a"])
        #expect(below.map(\.path) == all.dropFirst().map(\.path))
        let file = try PhotoFolder().photos(in: [root.path + "/a/c.PNG"])
        #expect(file.map(\.path) == [all[1].path] && file.map(\.name) == ["c.PNG"])
    }

    @Test func `A photo whose name is no text is listed with what is wrong, a folder is unreadable`() throws {
        defer { try? FileManager.default.removeItem(at: root) }
        for name in ["caf\\xe9.jpg", "notes\\xe9.txt"] {
            let path = Array(root.path.utf8) + Array("/".utf8) + Self.unescaped(name) + [0]
            let file = path.map { CChar(bitPattern: $0) }.withUnsafeBufferPointer {
                open($0.baseAddress!, O_CREAT, 0o600)
            }
            try #require(file >= 0)
            close(file)
        }
        let folder = Array(root.path.utf8) + Array("/".utf8) + Self.unescaped("d\\xe9") + [0]
        let made = folder.map { CChar(bitPattern: $0) }.withUnsafeBufferPointer { mkdir($0.baseAddress!, 0o700) }
        try #require(made == 0)
        let listing = try PhotoFolder().listing(of: [root.path])
        #expect(listing.files.map(\.name) == ["b.jpg", "caf\u{FFFD}.jpg", "sub/c.PNG", "sub/deep/Фото 顔"])
        #expect(listing.files.map(\.defect) == [nil, .unreadableName, nil, nil])
        #expect(listing.unreadable.count == 1)
        #expect(listing.folders == [listing.files[0].path.replacingOccurrences(of: "/b.jpg", with: "")])
    }

    /// `\xe9` stands for that byte: é in Latin-1, and no UTF-8.
    private static func unescaped(_ name: String) -> [UInt8] {
        let parts = name.components(separatedBy: "\\xe9")
        return Array(parts.map { Array($0.utf8) }.joined(separator: [0xE9]))
    }
}
