import FaceCore
import FaceLibrary
import Foundation
import Imaging
import Testing

@Suite struct PhotoBytesTests {
    private func file(_ text: String) throws -> String {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("lik-bytes-\(UUID().uuidString)")
        try Data(text.utf8).write(to: url)
        return url.path
    }

    @Test func `The content hash is the SHA-256 of the bytes`() throws {
        #expect(
            PhotoBytes.hash(Array("abc".utf8)).rawValue
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(PhotoBytes.hash([]).rawValue.hasPrefix("e3b0c44298fc1c14"))
        let text = "P6 " + String(repeating: "9", count: 10_000)
        let path = try file(text)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let read = try PhotoBytes(contentsOf: path, limit: 100_000)
        #expect(read.bytes == Array(text.utf8))
        #expect(read.contentHash == PhotoBytes.hash(read.bytes))
    }

    @Test func `A file over the limit is refused with both numbers`() throws {
        let path = try file("P6 1 1")
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(throws: PhotoIntakeError.tooManyBytes(size: 6, limit: 5)) {
            _ = try PhotoBytes(contentsOf: path, limit: 5)
        }
    }

    @Test func `A missing file and a folder say why they cannot be read`() {
        #expect(throws: PhotoIntakeError.unreadable(reason: "there is no such file")) {
            _ = try PhotoBytes(contentsOf: "/no/such/file", limit: 5)
        }
        #expect(throws: PhotoIntakeError.unreadable(reason: "it is a folder")) {
            _ = try PhotoBytes(contentsOf: "/tmp", limit: 5)
        }
    }

    @Test func `What is no photo is refused by its beginning, before its size is looked at`() throws {
        let empty = try file("")
        let film = try file("\0\0\0\u{18}ftypisom" + String(repeating: "x", count: 10_000))
        defer {
            try? FileManager.default.removeItem(atPath: empty)
            try? FileManager.default.removeItem(atPath: film)
        }
        #expect(throws: PhotoIntakeError.notAPhoto(.emptyFile)) { _ = try PhotoBytes(contentsOf: empty, limit: 5) }
        let error = #expect(throws: PhotoIntakeError.self) { _ = try PhotoBytes(contentsOf: film, limit: 5) }
        #expect(error?.message.hasPrefix("The file is not a photo") == true)
    }

    @Test(.timeLimit(.minutes(1))) func `A named pipe is refused and not waited for`() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("lik-pipe-\(UUID().uuidString)").path
        try #require(mkfifo(path, 0o600) == 0)
        defer { unlink(path) }
        #expect(throws: PhotoIntakeError.unreadable(reason: "it is not a regular file")) {
            _ = try PhotoBytes(contentsOf: path, limit: 5)
        }
    }
}
