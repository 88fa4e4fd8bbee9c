import Foundation
import HTTPTransfer
import Testing

@testable import LikClient

struct MultipartFileTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("lik-forms-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func photo(_ name: String, _ content: String) throws -> PhotoToSend {
        let path = folder.appendingPathComponent("photo").path
        try Data(content.utf8).write(to: URL(fileURLWithPath: path))
        return PhotoToSend(path: path, name: name, byteCount: content.utf8.count)
    }

    private func content(_ form: MultipartFile) throws -> String {
        guard case .file(let path, let offset, let length) = form.body else { return "no file" }
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(offset == 0 && length == data.count)
        return String(decoding: data, as: UTF8.self)
    }

    @Test func `A form holds its fields and photos, and its length is that of the file`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let form = try MultipartFile(
            fields: ["limit": "3", "collection": "7"], photos: [("image", try photo("У моря.jpg", "--\r\nbytes"))])
        let boundary = try #require(form.contentType.split(separator: "=").last)
        let expected = """
            --B\r
            Content-Disposition: form-data; name="collection"\r
            \r
            7\r
            --B\r
            Content-Disposition: form-data; name="limit"\r
            \r
            3\r
            --B\r
            Content-Disposition: form-data; name="image"; filename="У моря.jpg"\r
            Content-Type: application/octet-stream\r
            \r
            --\r
            bytes\r
            --B--\r

            """
        #expect(try content(form) == expected.replacingOccurrences(of: "--B", with: "--\(boundary)"))
    }

    @Test func `A file's name cannot end its line`() {
        #expect(MultipartFile.quoted("a\"\r\nb.jpg") == "a%22%0D%0Ab.jpg")
    }

    @Test func `A photo that is not there is an error with its path`() {
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.path + "/nowhere.jpg"
        #expect(throws: LikClientError.unreadable(path)) {
            try MultipartFile(fields: [:], photos: [("images", PhotoToSend(path: path, name: "a", byteCount: 1))])
        }
    }

    @Test func `Nothing is left in the folder for temporary files`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let form = try MultipartFile(fields: [:], photos: [("images", try photo("a.jpg", "bytes"))])
        guard case .file(let path, _, _) = form.body else { return }
        let target = try FileManager.default.destinationOfSymbolicLink(atPath: path)
        #expect(target.hasSuffix("(deleted)"))
        withExtendedLifetime(form) {}
    }

    @Test func `Photos go in uploads of a bounded size`() {
        let photos = [5, 5, 20, 1, 1, 1].enumerated().map { index, size in
            PhotoToSend(path: "\(index)", name: "\(index)", byteCount: size)
        }
        let sizes = PhotoToSend.batches(of: photos, count: 2, bytes: 10).map { $0.map(\.byteCount) }
        #expect(sizes == [[5, 5], [20], [1, 1], [1]])
        #expect(PhotoToSend.batches(of: []).isEmpty)
    }

    @Test func `A server that takes less than usual gets smaller uploads`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let photos = try (1...5).map { try photo("\"\($0)\".jpg", String(repeating: "x", count: 2000)) }
        let few = PhotoToSend.batches(of: photos, limits: RemoteLimits(filesPerUpload: 2))
        #expect(few.map(\.count) == [2, 2, 1])
        let limits = RemoteLimits(bytesPerUpload: 6000)
        let small = PhotoToSend.batches(of: photos, limits: limits)
        #expect(small.map(\.count) == [2, 2, 1])
        for batch in small {
            #expect(try MultipartFile(fields: [:], photos: batch.map { ("images", $0) }).length <= 6000)
        }
        #expect(limits.allow(photos[0]) && !RemoteLimits(bytesPerUpload: 2100).allow(photos[0]))
        #expect(RemoteLimits(bytesPerFile: 2000).allow(photos[0]) && !RemoteLimits(bytesPerFile: 1999).allow(photos[0]))
    }
}
