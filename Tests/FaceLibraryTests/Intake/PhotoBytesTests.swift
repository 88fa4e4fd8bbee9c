import FaceCore
import FaceLibrary
import Foundation
import Testing

@Suite struct PhotoBytesTests {
    private func file(_ text: String) throws -> String {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("lik-bytes-\(UUID().uuidString)")
        try Data(text.utf8).write(to: url)
        return url.path
    }

    @Test func `The content hash is the SHA-256 of the bytes`() throws {
        let path = try file("abc")
        defer { try? FileManager.default.removeItem(atPath: path) }
        let read = try PhotoBytes(contentsOf: path, limit: 100)
        #expect(read.bytes == Array("abc".utf8))
        #expect(
            read.contentHash.rawValue == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test func `A file over the limit is refused with both numbers`() throws {
        let path = try file("abcdef")
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(throws: PhotoIntakeError.tooManyBytes(size: 6, limit: 5)) {
            _ = try PhotoBytes(contentsOf: path, limit: 5)
        }
    }

    @Test func `A missing file and a folder say why they cannot be read`() {
        #expect(throws: PhotoIntakeError.unreadable(reason: "No such file or directory")) {
            _ = try PhotoBytes(contentsOf: "/no/such/file", limit: 5)
        }
        #expect(throws: PhotoIntakeError.unreadable(reason: "it is not a regular file")) {
            _ = try PhotoBytes(contentsOf: "/tmp", limit: 5)
        }
    }

    @Test func `An empty file has no bytes and the hash of nothing`() throws {
        let path = try file("")
        defer { try? FileManager.default.removeItem(atPath: path) }
        let read = try PhotoBytes(contentsOf: path, limit: 5)
        #expect(read.bytes.isEmpty)
        #expect(read.contentHash.rawValue.hasPrefix("e3b0c44298fc1c14"))
    }
}
