import FaceCore
import FaceLibrary
import FaceStore
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import FaceServer

struct ExportTests {
    private func text(_ response: TestResponse) -> String { String(buffer: response.body) }

    @Test func `People come as a table and as an array`() async throws {
        let server = try TestServer()
        let content = try server.fill()
        for setup in [TestingSetup.router, .live] {
            try await server.run(setup) { client in
                let table = try await client.send(.get, "/api/export/persons.csv")
                #expect(table.status == .ok)
                #expect(table.headers[.contentType] == "text/csv; charset=utf-8")
                #expect(
                    table.headers[.contentDisposition]
                        == "attachment; filename=\"persons.csv\"; filename*=UTF-8''persons.csv")
                #expect(table.headers[.cacheControl] == "private, no-store")
                let rows = self.text(table).split(separator: "\r\n")
                #expect(rows.count == 2 && rows[0].hasPrefix("id,name,faces_count,photos_count,"))
                #expect(rows[1].hasPrefix("\(content.person),Anna,1,1,20"))

                let (response, people) = try await client.json(.get, "/api/export/persons.json")
                #expect(response.headers[.contentType] == "application/json; charset=utf-8")
                #expect(people.count == 1 && people[0]?["name"] == .text("Anna"))
                #expect(
                    people[0]?.names == [
                        "id", "name", "faces_count", "photos_count", "created_at", "updated_at", "note", "birth_date",
                        "hidden",
                    ])
            }
        }
    }

    @Test func `The library comes as lines, with embeddings when they are asked for`() async throws {
        let server = try TestServer()
        _ = try server.fill()
        try await server.run(.live) { client in
            let plain = try await client.send(.get, "/api/export/library.jsonl")
            #expect(plain.headers[.contentType] == "application/jsonl; charset=utf-8")
            let lines = self.text(plain).split(separator: "\n").map(String.init)
            #expect(lines.map { $0.firstMatch(of: #/"type":"(\w+)"/#)?.1 } == ["person", "photo", "face", "face"])
            #expect(!lines.contains { $0.contains("embedding") || $0.contains("paths") })
            let full = try await client.send(.get, "/api/export/library.jsonl?embeddings=true")
            #expect(self.text(full).contains("\"embedding\":[10,1,0,0]"))
            let (wrong, error) = try await client.json(.get, "/api/export/library.jsonl?embeddings=perhaps")
            #expect(wrong.status == .badRequest && error["code"] == .text("invalid_parameter"))
        }
    }

    @Test func `A person's photos come as an archive of known length, named after her`() async throws {
        let server = try TestServer()
        let content = try server.fill()
        try server.library.rename(content.person, to: "Анна \"А\"")
        for setup in [TestingSetup.router, .live] {
            try await server.run(setup) { client in
                let path = "/api/persons/\(content.person)/photos.zip"
                let archive = try await client.send(.get, path)
                #expect(archive.status == .ok)
                #expect(archive.headers[.contentType] == "application/zip")
                #expect(
                    archive.headers[.contentDisposition]
                        == "attachment; filename=\"____ ___.zip\"; "
                        + "filename*=UTF-8''%D0%90%D0%BD%D0%BD%D0%B0%20_%D0%90_.zip")
                let bytes = Data(archive.body.readableBytesView)
                #expect(archive.headers[.contentLength] == String(bytes.count))
                #expect(bytes.starts(with: Data("PK\u{3}\u{4}".utf8)))
                #expect(bytes.range(of: Data(TestServer.jpeg)) != nil)
                #expect(bytes.range(of: Data("Отпуск.jpg".utf8)) != nil)
                let head = try await client.send(.head, path)
                #expect(head.status == .ok && head.headers[.contentLength] == String(bytes.count))
                #expect(head.body.readableBytes == 0)
            }
        }
    }

    @Test func `What goes wrong before the first byte is an error as any other`() async throws {
        let server = try TestServer()
        let content = try server.fill()
        let path = "/api/persons/\(content.person)/photos.zip"
        try await server.run { client in
            for (path, code) in [
                ("/api/persons/999/photos.zip", "person_not_found"), ("/api/persons/x/photos.zip", "person_not_found"),
            ] {
                let (response, error) = try await client.json(.get, path)
                #expect(response.status == .notFound && error["code"] == .text(code))
            }
            #expect(try await client.send(.post, path).status == .methodNotAllowed)
        }
        try FileManager.default.removeItem(at: server.library.folders.uploads)
        try await server.run { client in
            let (response, error) = try await client.json(.get, path, [.acceptLanguage: "ru"])
            #expect(response.status == .notFound && error["code"] == .text("no_photos"))
            #expect(error["error"] == .text("Ни одного снимка человека \(content.person) нет на месте."))
            #expect(response.headers[.contentDisposition] == nil)
        }
        try server.library.deletePerson(content.person)
        try await server.run { client in
            #expect(try await client.send(.get, path).status == .notFound)
            let table = try await client.send(.get, "/api/export/persons.csv")
            #expect(self.text(table).split(separator: "\r\n").count == 1)
        }
        try server.library.store.close()
        try await server.run { client in
            for path in ["/api/export/persons.csv", "/api/export/persons.json", "/api/export/library.jsonl"] {
                let (response, error) = try await client.json(.get, path)
                #expect(response.status == .serviceUnavailable && error["code"] == .text("database_error"))
            }
        }
    }

    @Test(arguments: [
        ("a.zip", "a.zip", "a.zip"), ("Ян \"x\".zip", "__ _x_.zip", "%D0%AF%D0%BD%20%22x%22.zip"),
        ("a\\b%c;d\r\n.zip", "a_b_c;d__.zip", "a%5Cb%25c%3Bd%0D%0A.zip"),
    ])
    func `A name for saving is safe in a header`(name: String, plain: String, encoded: String) {
        #expect(AttachmentName(name).field == "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(encoded)")
    }
}
