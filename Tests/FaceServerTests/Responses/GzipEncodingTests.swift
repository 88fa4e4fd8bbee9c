import FaceLibrary
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import FaceServer

struct GzipEncodingTests {
    @Test(
        arguments: [
            ("gzip", true), ("gzip, deflate, br", true), ("*", true), ("br;q=1, gzip;q=0.2", true), ("GZIP", true),
            ("gzip;q=0", false), ("br", false), ("", false), (nil, false),
        ] as [(String?, Bool)])
    func `Who takes gzip says so`(field: String?, isAccepted: Bool) {
        #expect(GzipEncoding.isAccepted(field) == isAccepted)
    }

    @Test func `Long answers are compressed, and come out as they were`() async throws {
        let server = try TestServer()
        for number in 0..<20 {
            let draft = try server.library.beginUpload()
            try draft.beginFile(displayName: "\(number).jpg")
            try TestServer.jpeg.withUnsafeBytes { try draft.append($0) }
            _ = try server.library.commit(draft)
        }
        try await server.run { client in
            let plain = try await client.send(.get, "/api/tasks")
            #expect(plain.headers[.contentEncoding] == nil)
            #expect(plain.headers[.vary] == "Accept-Encoding")
            let packed = try await client.send(.get, "/api/tasks", [.acceptEncoding: "gzip"])
            #expect(packed.headers[.contentEncoding] == "gzip")
            #expect(packed.headers[.contentLength] == String(packed.body.readableBytes))
            #expect(packed.body.readableBytes < plain.body.readableBytes / 2)
            #expect(try Self.unpacked(packed.body) == Data(plain.body.readableBytesView))
            let short = try await client.send(.get, "/api/stats", [.acceptEncoding: "gzip"])
            #expect(short.headers[.contentEncoding] == nil)
        }
    }

    @Test func `Long bodies survive`() throws {
        let body = ByteBuffer(bytes: (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) })
        let packed = try #require(GzipEncoding.gzip(body))
        #expect(try Self.unpacked(packed) == Data(body.readableBytesView))
    }

    /// What the system's gzip makes of it.
    private static func unpacked(_ body: ByteBuffer) throws -> Data {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + ".gz")
        try Data(body.readableBytesView).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", file.path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return data
    }
}
