import FaceLibrary
import FaceStore
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import FaceServer

struct UploadTests {
    @Test func `Files become a task, with their names and what the form asks for`() async throws {
        let server = try TestServer()
        try await server.run { client in
            var form = TestForm()
            form.file("Фото.jpg", TestServer.jpeg)
            form.field("min_size", "40.5")
            form.file("../../evil.jpg", TestServer.jpeg + [0])
            form.file("broken.jpg", Array("this is no photo".utf8))
            form.file("ignored.jpg", TestServer.jpeg, field: "other")
            form.file("", [])
            form.field("det_thresh", " 0.25 ")
            let (response, answer) = try await client.json(.post, "/api/upload", TestForm.fields, body: form.body)
            #expect(response.status == .ok)
            #expect(answer["message"] == .text("3 files are stored and being processed."))
            let id = try #require(answer["task_id"]?.text)
            #expect(id.wholeMatch(of: #/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/#) != nil)
            let (_, task) = try await client.json(.get, "/api/task/" + id)
            #expect(task["total_images"] == .number(3))
            #expect(task["errors"]?[0]?["file"] == .text("broken.jpg"))
            let claim = try #require(try server.library.store.queue.claim(worker: "test", lease: .seconds(9)))
            #expect(claim.file.displayName == "Фото.jpg")
            #expect(claim.overrides == AnalysisOverrides(minimumSize: 40.5, minimumScore: 0.25))
            let stored = server.files(in: server.library.folders.uploads)
            #expect(stored.count == 3 && stored.allSatisfy { $0.hasPrefix(id) })
        }
    }

    @Test func `A form in many small pieces is the same form`() async throws {
        let server = try TestServer()
        try await server.run(.live) { client in
            let port = try #require(client.port)
            var form = TestForm()
            form.file("a.jpg", TestServer.jpeg)
            let body = form.body
            let answer = try await RawConnection.open(port) { connection in
                try await connection.send(Self.head(length: body.readableBytes))
                for byte in body.readableBytesView.prefix(400) {
                    try await connection.send(bytes: [byte])
                }
                try await connection.send(bytes: Array(body.readableBytesView.dropFirst(400)))
                return await connection.answer()
            }
            #expect(answer?.head.hasPrefix("HTTP/1.1 200") == true)
            let uploads = server.library.folders.uploads
            let file = try #require(server.files(in: uploads).first { $0.hasSuffix(".jpg") })
            #expect(try Data(contentsOf: uploads.appendingPathComponent(file)) == Data(TestServer.jpeg))
        }
    }

    @Test(arguments: [
        ("no images", 400, "no_images"), ("score", 400, "invalid_parameter"), ("size", 400, "invalid_parameter"),
        ("files", 413, "too_many_files"), ("file", 413, "file_too_large"), ("request", 413, "upload_too_large"),
        ("field", 413, "field_too_large"), ("fields", 413, "too_many_fields"), ("end", 400, "upload_incomplete"),
        ("header", 400, "invalid_multipart"), ("boundary", 400, "invalid_multipart"),
        ("other boundary", 400, "upload_incomplete"), ("type", 415, "unsupported_media_type"),
        ("stopping", 503, "shutting_down"), ("empty", 400, "upload_incomplete"),
    ])
    func `What cannot be taken leaves nothing behind`(what: String, status: Int, code: String) async throws {
        let limits = ServerLimits(filesPerRequest: 3, bytesPerFile: 20_000, bytesPerRequest: 50_000)
        let server = try TestServer(ServerConfiguration(limits: limits))
        var form = TestForm()
        if what != "no images" { form.file("good.jpg", TestServer.jpeg) }
        var fields = TestForm.fields
        switch what {
        case "score": form.field("det_thresh", "1.5")
        case "size": form.field("min_size", "large")
        case "files": for number in 0..<3 { form.file("\(number).jpg", TestServer.jpeg) }
        case "file": form.file("large.jpg", [UInt8](repeating: 7, count: 20_001))
        case "request":
            for number in 0..<2 { form.file("\(number)", [UInt8](repeating: 7, count: 20_000), field: "x") }
            form.file("2", [UInt8](repeating: 7, count: 15_000), field: "x")
        case "field": form.field("note", String(repeating: "x", count: 2000))
        case "fields": for number in 0..<65 { form.field("f\(number)", "x") }
        case "boundary": fields = [.contentType: "multipart/form-data"]
        case "other boundary": fields = [.contentType: "multipart/form-data; boundary=other"]
        case "type": fields = [.contentType: "image/jpeg"]
        case "stopping": server.library.stopUploads()
        default: break
        }
        var body = form.body
        if what == "end" { body = body.getSlice(at: 0, length: body.readableBytes - 20) ?? body }
        if what == "empty" { body = ByteBuffer() }
        if what == "header" {
            body = ByteBuffer(string: "--\(TestForm.boundary)\r\n" + String(repeating: "x", count: 9000))
        }
        let (sent, sentFields) = (body, fields)
        try await server.run { client in
            let (response, error) = try await client.json(.post, "/api/upload", sentFields, body: sent)
            #expect(response.status.code == status)
            #expect(error["code"] == .text(code))
            #expect(server.files(in: server.library.folders.incoming) == [])
            #expect(server.files(in: server.library.folders.uploads) == [])
            #expect(try server.library.tasks().elements == [])
        }
    }

    @Test func `A request that stops halfway leaves nothing behind`() async throws {
        let server = try TestServer()
        try await server.run(.live) { client in
            let port = try #require(client.port)
            var form = TestForm()
            form.file("a.jpg", TestServer.jpeg)
            form.file("b.jpg", [UInt8](repeating: 7, count: 300_000))
            let body = form.body
            try await RawConnection.open(port) { connection in
                try await connection.send(Self.head(length: body.readableBytes))
                try await connection.send(bytes: Array(body.readableBytesView.prefix(200_000)))
                try await Self.until { !server.files(in: server.library.folders.incoming).isEmpty }
            }
            try await Self.until { server.files(in: server.library.folders.incoming).isEmpty }
            #expect(try server.library.tasks().elements == [])
            #expect(try await client.send(.get, "/health").status == .ok)
        }
    }

    @Test func `A million tiny parts are refused as soon as they are too many`() async throws {
        let server = try TestServer()
        try await server.run(.live) { client in
            let port = try #require(client.port)
            let part =
                "--\(TestForm.boundary)\r\nContent-Disposition: form-data; name=\"images\"; filename=\"x\"\r\n\r\n.\r\n"
            let answer = try await RawConnection.open(port) { connection in
                try await connection.send(Self.head(length: part.utf8.count * 1_000_000))
                for _ in 0..<11 { try await connection.send(String(repeating: part, count: 100)) }
                return await connection.answer()
            }
            #expect(answer?.head.hasPrefix("HTTP/1.1 413") == true)
            #expect(answer?.body.contains("too_many_files") == true)
            try await Self.until { server.files(in: server.library.folders.incoming).isEmpty }
        }
    }

    @Test func `An upload that says it is too large is refused before it is sent`() async throws {
        let server = try TestServer()
        try await server.run(.live) { client in
            let port = try #require(client.port)
            let answer = try await RawConnection.open(port) { connection in
                try await connection.send(Self.head(length: 6_000_000_000))
                return await connection.answer()
            }
            #expect(answer?.head.hasPrefix("HTTP/1.1 413") == true)
            #expect(answer?.head.lowercased().contains("connection: close") == true)
        }
    }

    @Test func `Only so many uploads come in at once`() async throws {
        let server = try TestServer(ServerConfiguration(limits: ServerLimits(uploadsAtOnce: 1)))
        try await server.run(.live) { client in
            let port = try #require(client.port)
            var form = TestForm()
            form.file("a.jpg", TestServer.jpeg)
            let body = form.body
            try await RawConnection.open(port) { slow in
                try await slow.send(Self.head(length: body.readableBytes))
                try await slow.send(bytes: Array(body.readableBytesView.prefix(100)))
                try await Self.until { !server.files(in: server.library.folders.incoming).isEmpty }
                let refused = try await client.json(.post, "/api/upload", TestForm.fields, body: body)
                #expect(refused.response.status == .serviceUnavailable)
                #expect(refused.json["code"] == .text("overloaded"))
                try await slow.send(bytes: Array(body.readableBytesView.dropFirst(100)))
                #expect(await slow.answer()?.head.hasPrefix("HTTP/1.1 200") == true)
            }
            #expect(try await client.json(.post, "/api/upload", TestForm.fields, body: body).response.status == .ok)
        }
    }

    private static func head(length: Int) -> String {
        "POST /api/upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(length)\r\n"
            + "Content-Type: multipart/form-data; boundary=\(TestForm.boundary)\r\n\r\n"
    }

    /// Waits until something holds, ten seconds at most.
    private static func until(_ holds: () -> Bool) async throws {
        for _ in 0..<1000 where !holds() { try await Task.sleep(for: .milliseconds(10)) }
        #expect(holds())
    }
}
