import FaceLibrary
import FaceStore
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import FaceServer

struct ErrorAnswerTests {
    @Test(arguments: [
        ("GET", "/api/task/nope", 404, "task_not_found"),
        ("GET", "/api/task/00000000-0000-0000-0000-000000000000", 404, "task_not_found"),
        ("DELETE", "/api/task/00000000-0000-0000-0000-000000000000", 404, "task_not_found"),
        ("GET", "/api/persons/999999", 404, "person_not_found"),
        ("GET", "/api/persons/abc", 404, "person_not_found"),
        ("GET", "/api/persons/0", 404, "person_not_found"),
        ("GET", "/api/persons/99999999999999999999", 404, "person_not_found"),
        ("DELETE", "/api/persons/999999", 404, "person_not_found"),
        ("GET", "/api/photos/999999", 404, "photo_not_found"),
        ("DELETE", "/api/photos/999999", 404, "photo_not_found"),
        ("GET", "/api/search", 400, "missing_parameter"),
        ("GET", "/api/search?q=", 400, "missing_parameter"),
        ("GET", "/api/search?q=%20%20", 400, "missing_parameter"),
        ("GET", "/api/search?q=%FF", 400, "invalid_parameter"),
        ("GET", "/api/persons?limit=0", 400, "invalid_parameter"),
        ("GET", "/api/persons?limit=x", 400, "invalid_parameter"),
        ("GET", "/api/persons?offset=-1", 400, "invalid_parameter"),
        ("GET", "/api/tasks?cursor=x", 400, "invalid_parameter"),
        ("GET", "/api/tasks?status=x", 400, "invalid_parameter"),
        ("GET", "/api/photos?from=2024-02-30", 400, "invalid_parameter"),
        ("GET", "/api/photos?task=x", 400, "invalid_parameter"),
        ("GET", "/api/nothing", 404, "not_found"),
        ("DELETE", "/api/stats", 405, "method_not_allowed"),
        ("POST", "/api/persons/1", 405, "method_not_allowed"),
        ("GET", "/api/upload", 405, "method_not_allowed"),
        ("POST", "/api/upload", 415, "unsupported_media_type"),
        ("GET", "/ws", 426, "upgrade_required"),
    ])
    func `Every refusal has words, a code and an id`(method: String, path: String, status: Int, code: String)
        async throws
    {
        let server = try TestServer()
        try await server.run { client in
            let method = try #require(HTTPRequest.Method(method))
            let (response, error) = try await client.json(method, path)
            #expect(response.status.code == status)
            #expect(error["code"] == .text(code))
            #expect(error["error"]?.text?.hasSuffix(".") == true)
            #expect(error["request_id"]?.text == response.headers[.xRequestID])
            let (_, russian) = try await client.json(method, path, [.acceptLanguage: "ru-RU"])
            #expect(try #require(russian["error"]?.text).contains(#/[а-я]/#))
            #expect(russian["code"] == .text(code))
        }
    }

    @Test func `What a path takes is said`() async throws {
        try await TestServer().run { client async throws in
            #expect(try await client.send(.delete, "/api/stats").headers[.allow] == "GET, HEAD")
            #expect(try await client.send(.post, "/api/persons/1").headers[.allow] == "DELETE, GET, HEAD, PATCH, PUT")
        }
    }

    @Test func `Every error has a sentence in both languages`() {
        for error in Self.all {
            #expect(error.sentence(in: .english).hasSuffix("."), "\(error)")
            #expect(error.sentence(in: .russian).contains(#/[а-яА-Я]/#), "\(error)")
            #expect(error.code.wholeMatch(of: #/[a-z][a-z0-9_]*/#) != nil)
            #expect((400..<600).contains(error.status.code))
        }
    }

    @Test func `A request's own id is kept when it is safe to repeat`() async throws {
        try await TestServer().run { client in
            let name = try #require(HTTPField.Name("X-Request-ID"))
            #expect(try await client.send(.get, "/health", [name: "abc-1_2.3"]).headers[name] == "abc-1_2.3")
            for odd in ["a b", String(repeating: "x", count: 65), "é"] {
                let id = try #require(try await client.send(.get, "/health", [name: odd]).headers[name])
                #expect(id.wholeMatch(of: #/[0-9a-f]{16}/#) != nil)
            }
        }
    }

    @Test func `A part that is down is named`() async throws {
        struct Down: Error {}
        let server = try TestServer(probes: [HealthProbe(part: "model pack", isVital: false) { throw Down() }])
        try await server.run { client in
            #expect(try await client.json(.get, "/health").json["status"] == .text("ok"))
            let (response, answer) = try await client.json(.get, "/health/ready")
            #expect(response.status == .serviceUnavailable)
            #expect(answer["error"]?.text?.contains("model pack") == true)
            try server.library.store.close()
            #expect(try await client.json(.get, "/health").json["error"]?.text?.contains("database") == true)
        }
    }

    @Test func `A server that goes down is not ready`() async throws {
        let server = try TestServer()
        try await server.run { client async throws in
            #expect(try await client.send(.get, "/health/ready").status == .ok)
            server.library.stopUploads()
            #expect(try await client.send(.get, "/health/ready").status == .serviceUnavailable)
            #expect(try await client.send(.get, "/health").status == .ok)
        }
    }

    @Test func `A server that announced its end is not ready and does all the same what it did`() async throws {
        let server = try TestServer()
        try await server.run { client async throws in
            server.library.announceEnd()
            #expect(try await client.send(.get, "/health/ready").status == .serviceUnavailable)
            var form = TestForm()
            form.file("a.ppm", Array("P6 1 1 255 abc".utf8))
            let upload = try await client.execute(
                uri: "/api/upload", method: .post, headers: TestForm.fields, body: form.body)
            #expect(upload.status == .ok)
        }
    }

    private static let all: [APIError] =
        [
            .pathNotFound, .methodNotAllowed(allowed: [.get]), .invalidParameter(name: "x"),
            .missingParameter(name: "x"), .bodyTooLarge(limit: 1), .wrongMediaType(expected: "x"), .invalidJSON,
            .nameMissing, .rangeNotSatisfiable(length: 1), .upgradeRequired, .multipart(.noBoundary),
            .multipart(.noDelimiter), .multipart(.malformed), .multipart(.headerTooLarge(limit: 1)),
            .multipart(.incomplete), .interrupted, .fieldTooLarge(name: "x", limit: 1), .tooManyFields(limit: 1),
            .uploadTooSlow, .keyMissing, .keyWrong, .tooManyAttempts, .foreignOrigin, .unknownHost, .overloaded,
            .unavailable(part: "database"), .internal,
        ]
        + [
            LibraryError.unknownTask("x"), .unknownPerson("x"), .unknownPhoto("x"), .unknownFace("x"),
            .unknownPicture, .pictureNotDrawn(reason: "It is no photo."), .emptyUpload,
            .fileTooLarge(name: "x", limit: 1), .tooManyFiles(limit: 1), .uploadTooLarge(limit: 5_000_000_000),
            .diskFull, .unwritable(path: "x", reason: "no"), .shuttingDown, .inUse(path: "x"), .store(.closed),
            .store(.nameIsEmpty), .store(.nameIsTooLong(length: 300)), .store(.diskFull), .store(.locked),
            .store(.unexpected(detail: "x")),
        ].map { APIError.library($0) }
}
