import FaceCore
import FaceLibrary
import FaceStore
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import FaceServer

/// Questions about people, as a client asks for and answers them.
struct SuggestionTests {
    @Test func `Two people who are alike are asked about, and a yes makes them one`() async throws {
        let server = try TestServer(grouping: TestServer.line)
        let people = try server.people([[0, 0.1], [0.2, 0.3, 0.25], [9]], names: ["Anna", "Аня", nil])
        try await server.run { client in
            let list = try await client.json(.get, "/api/suggestions").json
            #expect(list.count == 1)
            let suggestion = try #require(list[0])
            #expect(suggestion["kind"] == .text("merge"))
            #expect(suggestion["faces_counts"] == .list([.number(3), .number(2)]))
            #expect(suggestion["persons"]?[0]?["name"] == .text("Аня"))
            #expect(suggestion["faces"]?[1]?.count == 2 && suggestion["put_off"] == .bool(false))
            let path = "/api/suggestions/\(suggestion["id"]?.text ?? "")"

            let later = try await client.json(.post, path, body: ByteBuffer(string: #"{"answer":"later"}"#)).json
            #expect(later["entry"] == .null && later["removed"]?.count == 0)
            #expect(try await client.json(.get, "/api/suggestions").json[0]?["put_off"] == .bool(true))

            let stale = #"{"answer":"yes","revisions":{"\#(people[0])":99}}"#
            #expect(try await client.json(.post, path, body: ByteBuffer(string: stale)).response.status == .conflict)
            let yes = try await client.json(.post, path, body: ByteBuffer(string: #"{"answer":"yes"}"#)).json
            #expect(yes["entry"]?["kind"] == .text("merge") && yes["removed"]?.count == 1)
            #expect(try await client.json(.get, "/api/persons").json.count == 2)
            #expect(try await client.json(.get, "/api/suggestions").json.count == 0)
            let again = try await client.json(.post, path, body: ByteBuffer(string: #"{"answer":"yes"}"#))
            #expect(again.response.status == .notFound && again.json["code"] == .text("suggestion_not_found"))
        }
    }

    @Test func `A no is for ever`() async throws {
        let server = try TestServer(grouping: TestServer.line)
        try server.people([[0, 0.1], [0.2, 0.3]], names: ["Anna", "Аня"])
        try await server.run { client in
            let id = try #require(try await client.json(.get, "/api/suggestions").json[0]?["id"]?.text)
            let no = try await client.json(
                .post, "/api/suggestions/\(id)", body: ByteBuffer(string: #"{"answer":"no"}"#))
            #expect(no.response.status == .ok && no.json["entry"]?["kind"] == .text("separate"))
            #expect(try await client.json(.get, "/api/suggestions").json.count == 0)
        }
    }

    @Test func `Only those of one person are given when she is named`() async throws {
        let server = try TestServer(grouping: TestServer.line)
        let people = try server.people(
            [[0, 0.1], [0.2, 0.3], [9, 9.1], [9.2]], names: ["Anna", "Аня", "Olga", "Оля"])
        try await server.run { client in
            #expect(try await client.json(.get, "/api/suggestions").json.count == 2)
            #expect(try await client.json(.get, "/api/suggestions?limit=1").json.count == 1)
            let hers = try await client.json(.get, "/api/suggestions?person=\(people[3])").json
            #expect(hers.count == 1 && hers[0]?["faces_counts"] == .list([.number(2), .number(1)]))
        }
    }

    @Test(arguments: [#"{}"#, #"{"answer":"maybe"}"#, #"{"answer":7}"#, "[]"])
    func `An answer that says nothing is a bad request`(body: String) async throws {
        let server = try TestServer(grouping: TestServer.line)
        try server.people([[0, 0.1], [0.2, 0.3]], names: ["Anna", "Аня"])
        try await server.run { client in
            let id = try #require(try await client.json(.get, "/api/suggestions").json[0]?["id"]?.text)
            let answer = try await client.json(.post, "/api/suggestions/\(id)", body: ByteBuffer(string: body))
            #expect(answer.response.status == .badRequest)
            #expect(try await client.json(.get, "/api/suggestions?limit=0").response.status == .badRequest)
        }
    }

    @Test func `Without models there is nobody to ask`() async throws {
        let server = try TestServer()
        try await server.run { client in
            let (response, _) = try await client.json(.get, "/api/suggestions")
            #expect(response.status == .serviceUnavailable)
        }
    }
}
