import CArchive
import FaceCore
import Foundation
import Testing

@testable import FaceLibrary

struct ZipStreamTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("lik-zip-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func remove() { try? FileManager.default.removeItem(at: folder) }

    private func entry(_ name: String, _ bytes: [UInt8], modifiedAt: Int = 1_700_000_000) -> ZipEntry {
        ZipEntry(name: name, content: .bytes(bytes), modifiedAt: modifiedAt)
    }

    private func file(_ name: String, _ bytes: [UInt8]) throws -> ZipEntry {
        let url = folder.appendingPathComponent(UUID().uuidString)
        try Data(bytes).write(to: url)
        return ZipEntry(name: name, content: .file(url, byteCount: bytes.count), modifiedAt: 1_600_000_000)
    }

    private static func noise(_ count: Int, seed: UInt64) -> [UInt8] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    private func bytes(of stream: ExportStream) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while let piece = try stream.next() {
            #expect(!piece.isEmpty && piece.count <= 256 * 1024)
            bytes += piece
        }
        #expect(bytes.count == stream.byteCount)
        #expect(try stream.next() == nil)
        return bytes
    }

    private struct Found: Equatable {
        var name: String
        /// The bytes' hash, which is shorter to print.
        var content: ContentHash
        var modifiedAt: Int
    }

    /// What libarchive finds; without the directory at the end when it reads as from a pipe.
    private func unpacked(_ archive: [UInt8], isStreamed: Bool) throws -> [Found] {
        // It gives names in the characters of the thread's locale only.
        let locale = try #require(newlocale(1 << LC_CTYPE, "C.UTF-8", nil))
        let former = uselocale(locale)
        defer {
            uselocale(former)
            freelocale(locale)
        }
        let reader = try #require(archive_read_new())
        defer { archive_read_free(reader) }
        if isStreamed {
            archive_read_support_format_zip_streamable(reader)
        } else {
            archive_read_support_format_zip_seekable(reader)
        }
        return try archive.withUnsafeBytes { buffer in
            try #require(archive_read_open_memory(reader, buffer.baseAddress, buffer.count) == ARCHIVE_OK)
            var found: [Found] = []
            var header: OpaquePointer?
            while archive_read_next_header(reader, &header) == ARCHIVE_OK, let entry = header {
                let name = String(cString: try #require(archive_entry_pathname_utf8(entry)))
                var bytes: [UInt8] = []
                var piece = [UInt8](repeating: 0, count: 65_536)
                while true {
                    let count = archive_read_data(reader, &piece, piece.count)
                    try #require(count >= 0, "\(name): \(String(cString: archive_error_string(reader)))")
                    if count == 0 { break }
                    bytes += piece.prefix(Int(count))
                }
                found.append(
                    Found(name: name, content: PhotoBytes.hash(bytes), modifiedAt: Int(archive_entry_mtime(entry))))
            }
            return found
        }
    }

    @Test(arguments: [
        ZipRecords(), ZipRecords(sizeLimit: 1000, countLimit: 2), ZipRecords(sizeLimit: 0, countLimit: 0),
    ])
    func `Archives are read by others, with and without their directory`(records: ZipRecords) throws {
        defer { remove() }
        let large = Self.noise(600_000, seed: 1)
        let entries = [
            try file("photo.jpg", Self.noise(999, seed: 2)), try file("Отпуск 王芳.jpg", large), entry("empty.txt", []),
            try file("small.png", [1, 2, 3]), entry("missing.txt", Array("x\n".utf8), modifiedAt: 0),
        ]
        let archive = try bytes(of: ZipStream.stream(entries, records: records))
        for isStreamed in [false, true] {
            let found = try unpacked(archive, isStreamed: isStreamed)
            #expect(found.map(\.name) == entries.map(\.name))
            let contents = [Self.noise(999, seed: 2), large, [], [1, 2, 3], Array("x\n".utf8)]
            #expect(found.map(\.content) == contents.map(PhotoBytes.hash))
            #expect(found.map(\.modifiedAt) == entries.map(\.modifiedAt))
        }
    }

    @Test func `An archive of nothing is one`() throws {
        defer { remove() }
        let archive = try bytes(of: ZipStream.stream([]))
        #expect(archive.count == 22 && archive.starts(with: Array("PK\u{5}\u{6}".utf8)))
    }

    @Test(arguments: [ZipRecords(), ZipRecords(sizeLimit: 100, countLimit: 1)])
    func `Python and unzip find nothing wrong with them`(records: ZipRecords) throws {
        defer { remove() }
        let entries = [try file("Отпуск.jpg", Self.noise(300_000, seed: 3)), try file("b.jpg", [7])]
        let archive = folder.appendingPathComponent("a.zip")
        try Data(try bytes(of: ZipStream.stream(entries, records: records))).write(to: archive)
        let check = """
            import sys, zipfile
            archive = zipfile.ZipFile(sys.argv[1])
            assert archive.testzip() is None
            assert [i.filename for i in archive.infolist()] == ["Отпуск.jpg", "b.jpg"], archive.namelist()
            assert [i.file_size for i in archive.infolist()] == [300000, 1]
            assert all(i.compress_type == zipfile.ZIP_STORED for i in archive.infolist())
            """
        for (tool, arguments) in [
            ("/usr/bin/python3", ["-c", check, archive.path]), ("/usr/bin/unzip", ["-tqq", archive.path]),
        ] where FileManager.default.isExecutableFile(atPath: tool) {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: tool)
            process.arguments = arguments
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0, "\(tool)")
        }
    }

    @Test func `A file that is gone, or has other bytes by now, breaks the archive off`() throws {
        defer { remove() }
        func interrupted(_ change: (URL) throws -> Void, after pieces: Int) throws -> Bool {
            let entry = try file("a.jpg", Self.noise(600_000, seed: 4))
            guard case .file(let url, _) = entry.content else { return false }
            let stream = ZipStream.stream([entry])
            for _ in 0..<pieces { _ = try stream.next() }
            try change(url)
            do {
                while try stream.next() != nil {}
                return false
            } catch {
                guard case .exportInterrupted(let reason) = error else { throw error }
                return reason.contains("“a.jpg”")
            }
        }
        #expect(try interrupted({ try FileManager.default.removeItem(at: $0) }, after: 0))
        #expect(try interrupted({ try Data([1]).write(to: $0) }, after: 0))
        // It is open: a file put in its place does not matter, one that is changed itself does.
        #expect(try !interrupted({ try FileManager.default.removeItem(at: $0) }, after: 1))
        func overwrite(_ url: URL) throws {
            let handle = try FileHandle(forWritingTo: url)
            try handle.seek(toOffset: 500_000)
            try handle.write(contentsOf: Data([0, 1, 2, 3, 4, 5, 6, 7]))
            try handle.close()
        }
        #expect(try interrupted(overwrite, after: 2))
        func cut(_ url: URL) throws {
            let handle = try FileHandle(forWritingTo: url)
            try handle.truncate(atOffset: 300_000)
            try handle.close()
        }
        #expect(try interrupted(cut, after: 2))
    }
}
