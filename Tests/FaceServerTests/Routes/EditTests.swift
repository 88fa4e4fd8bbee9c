import FaceCore
import FaceLibrary
import FaceStore
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import FaceServer

/// Edits of people and the journal, as a client makes them.
struct EditTests {
    private func send(
        _ client: any TestClientProtocol, _ path: String, _ body: String, _ method: HTTPRequest.Method = .post
    ) async throws -> (status: HTTPResponse.Status, json: JSONValue) {
        let (response, json) = try await client.json(method, path, body: ByteBuffer(string: body))
        return (response.status, json)
    }

    @Test func `A face moves, and back by undo, and there again by redo`() async throws {
        let server = try TestServer()
        let content = try server.fill()
        try await server.run { client in
            let path = "/api/persons/\(content.person)"
            let (status, moved) = try await send(
                client, "/api/faces/move", #"{"faces":[\#(content.unknownFace)],"person":\#(content.person)}"#)
            #expect(status == .ok)
            #expect(moved["entry"]?["kind"] == .text("move"))
            #expect(moved["entry"]?["state"] == .text("done"))
            let names = try #require(moved["entry"]?["names"]?[0])
            #expect(names["id"] == .number(Double(content.person.rawValue)))
            #expect(names["before"]?.text?.isEmpty == false && names["before"] == names["after"])
            #expect(moved["message"]?.text?.isEmpty == false)
            #expect(moved["persons"]?[0]?["faces_count"] == .number(2))
            #expect(try await client.json(.get, path).json["faces_count"] == .number(2))
            let (undone, _) = try await send(client, "/api/journal/undo", "{}")
            #expect(undone == .ok)
            #expect(try await client.json(.get, path).json["faces_count"] == .number(1))
            #expect(try await client.json(.get, "/api/faces?unknown=true").json.count == 1)
            #expect(try await client.json(.get, "/api/journal").json[0]?["state"] == .text("undone"))
            let (redone, _) = try await send(client, "/api/journal/redo", "")
            #expect(redone == .ok)
            #expect(try await client.json(.get, path).json["faces_count"] == .number(2))
            #expect(try await client.json(.get, "/api/journal?limit=1").json[0]?["kind"] == .text("move"))
            let (nothing, error) = try await send(client, "/api/journal/redo", "{}")
            #expect(nothing == .conflict)
            #expect(error["code"] == .text("nothing_to_redo"))
        }
    }

    @Test func `Faces that are not hers leave her and become somebody by a split`() async throws {
        let server = try TestServer()
        let content = try server.fill()
        try await server.run { client in
            _ = try await send(
                client, "/api/faces/move", #"{"faces":[\#(content.unknownFace)],"person":\#(content.person)}"#)
            let (status, split) = try await send(
                client, "/api/faces/split", #"{"faces":[\#(content.unknownFace)],"name":"Boris"}"#)
            #expect(status == .ok)
            let boris = try #require(split["created"]?[0]?.number)
            #expect(try await client.json(.get, "/api/persons/\(Int(boris))").json["name"] == .text("Boris"))
            let (rejected, _) = try await send(client, "/api/faces/reject", #"{"faces":[\#(content.unknownFace)]}"#)
            #expect(rejected == .ok)
            #expect(try await client.json(.get, "/api/faces?unknown=true").json.count == 1)
            let (again, error) = try await send(client, "/api/faces/reject", #"{"faces":[\#(content.unknownFace)]}"#)
            #expect(again == .conflict)
            #expect(error["code"] == .text("face_is_not_hers"))
            let (ignored, _) = try await send(client, "/api/faces/ignore", #"{"faces":[\#(content.unknownFace)]}"#)
            #expect(ignored == .ok)
            #expect(try await client.json(.get, "/api/faces?unknown=true").json.count == 0)
            let (heeded, _) = try await send(
                client, "/api/faces/ignore", #"{"faces":[\#(content.unknownFace)],"ignored":false}"#)
            #expect(heeded == .ok)
            #expect(try await client.json(.get, "/api/faces?unknown=true").json.count == 1)
        }
    }

    @Test func `Two people become one and two again`() async throws {
        let server = try TestServer()
        let content = try server.fill()
        let other = try server.library.edit(.move([content.unknownFace], to: try server.library.newPerson()))
        let boris = try #require(other.persons.first { $0.id != content.person }).id
        try await server.run { client in
            let merge = #"{"into":\#(content.person),"persons":[\#(boris)]}"#
            let (status, merged) = try await send(client, "/api/persons/merge", merge)
            #expect(status == .ok)
            #expect(merged["removed"]?[0]?.number == Double(boris.rawValue))
            #expect(try await client.send(.get, "/api/persons/\(boris)").status == .notFound)
            #expect(try await client.json(.get, "/api/persons/\(content.person)").json["faces_count"] == .number(2))
            #expect(try await send(client, "/api/persons/merge", merge).status == .notFound)
            #expect(
                try await send(
                    client, "/api/persons/merge", #"{"into":\#(content.person),"persons":[\#(content.person)]}"#
                ).status == .conflict)
            _ = try await send(client, "/api/journal/undo", "")
            #expect(try await client.json(.get, "/api/persons/\(boris)").json["faces_count"] == .number(1))
        }
    }

    @Test func `What is said of a person is kept, shown and taken away`() async throws {
        let server = try TestServer()
        let content = try server.fill()
        try await server.run { client in
            let path = "/api/persons/\(content.person)"
            let (status, _) = try await send(
                client, path, #"{"note":"Из хора","birth_date":"1950-03-14","hidden":true}"#, .patch)
            #expect(status == .ok)
            var person = try await client.json(.get, path).json
            #expect(person["note"] == .text("Из хора"))
            #expect(person["birth_date"] == .text("1950-03-14"))
            #expect(person["hidden"] == .bool(true))
            #expect(person["name"] == .text("Anna"))
            _ = try await send(client, path, #"{"note":null,"birth_date":null,"hidden":false}"#, .patch)
            person = try await client.json(.get, path).json
            #expect(person["note"] == .null)
            #expect(person["birth_date"] == .null)
            #expect(person["hidden"] == .bool(false))
            for body in [#"{"birth_date":"1950-02-30"}"#, #"{"note":7}"#, #"{"hidden":"yes"}"#, #"{"cover":-1}"#, "{}"]
            {
                #expect(try await send(client, path, body, .patch).status == .badRequest, "\(body)")
            }
            #expect(
                try await send(client, path, #"{"cover":\#(content.unknownFace)}"#, .patch).status == .conflict)
        }
    }

    @Test func `A name and details that change together are one entry of the journal`() async throws {
        let server = try TestServer()
        let content = try server.fill()
        try await server.run { client in
            let path = "/api/persons/\(content.person)"
            let before = try await client.json(.get, "/api/journal").json.count ?? 0
            let (status, result) = try await send(client, path, #"{"name":"Vera","note":"Из хора"}"#, .patch)
            #expect(status == .ok && result["entry"]?["kind"] == .text("describe"))
            #expect(try await client.json(.get, "/api/journal").json.count == before + 1)
            #expect(try await client.json(.get, path).json["name"] == .text("Vera"))
            #expect(try await client.json(.get, path).json["note"] == .text("Из хора"))
            _ = try await send(client, "/api/journal/undo", "{}")
            #expect(try await client.json(.get, path).json["name"] == .text("Anna"))
            #expect(try await client.json(.get, path).json["note"] == .null)
            #expect(try await send(client, path, #"{"name":"","note":"x"}"#, .patch).status == .badRequest)
            #expect(try await client.json(.get, path).json["note"] == .null, "nothing of it is done")
            let (_, renamed) = try await send(client, path, #"{"name":null}"#, .patch)
            #expect(renamed["entry"]?["kind"] == .text("rename") && renamed["persons"]?[0]?["name"] != .text("Anna"))
        }
    }

    @Test func `Faces of nobody become somebody by a name`() async throws {
        let server = try TestServer()
        let content = try server.fill()
        try await server.run { client in
            let (status, result) = try await send(
                client, "/api/faces/split", #"{"faces":[\#(content.unknownFace)],"name":"Boris"}"#)
            #expect(status == .ok && result["created"]?.count == 1)
            #expect(result["persons"]?[0]?["name"] == .text("Boris"))
            #expect(try await client.json(.get, "/api/faces?unknown=true").json.count == 0)
            _ = try await send(client, "/api/journal/undo", "{}")
            #expect(try await client.json(.get, "/api/faces?unknown=true").json.count == 1)
            #expect(try await client.json(.get, "/api/persons").json.count == 1)
        }
    }

    @Test func `The second of two editors is told what the first one made of it`() async throws {
        let server = try TestServer()
        let content = try server.fill()
        try await server.run { client in
            let path = "/api/persons/\(content.person)"
            let seen = try #require(try await client.json(.get, path).json["revision"]?.number)
            let body = { (name: String) in #"{"name":"\#(name)","revision":\#(Int(seen))}"# }
            #expect(try await send(client, path, body("Anna B"), .put).status == .ok)
            let (status, conflict) = try await send(client, path, body("Anna C"), .put)
            #expect(status == .conflict)
            #expect(conflict["code"] == .text("conflict"))
            #expect(conflict["persons"]?[0]?["name"] == .text("Anna B"))
            let entry = try #require(try await client.json(.get, "/api/journal").json[0]?["id"]?.number)
            let (stale, moved) = try await send(client, "/api/journal/undo", #"{"entry":\#(Int(entry) - 1)}"#)
            #expect(stale == .conflict)
            #expect(moved["code"] == .text("journal_moved"))
            #expect(try await send(client, "/api/journal/undo", #"{"entry":\#(Int(entry))}"#).status == .ok)
            #expect(try await client.json(.get, path).json["name"] == .text("Anna"))
        }
    }

    @Test func `A deleted person comes back`() async throws {
        let server = try TestServer()
        let content = try server.fill()
        try await server.run { client in
            let path = "/api/persons/\(content.person)"
            let deleted = try await client.send(.delete, path)
            #expect(deleted.status == .ok)
            #expect(try await send(client, path + "/restore", "").status == .ok)
            #expect(try await client.json(.get, path).json["name"] == .text("Anna"))
            #expect(try await send(client, "/api/persons/99/restore", "").status == .notFound)
        }
    }

    @Test(arguments: [
        ("/api/faces/move", #"{"faces":[1]}"#), ("/api/faces/move", #"{"person":1}"#),
        ("/api/faces/split", #"{"faces":[]}"#), ("/api/faces/confirm", #"{"faces":["1"]}"#),
        ("/api/faces/ignore", #"{"faces":[1],"ignored":1}"#), ("/api/faces/reject", "[]"),
        ("/api/persons/merge", #"{"persons":[1]}"#), ("/api/persons/merge", #"{"into":1}"#),
        ("/api/journal/undo", #"{"entry":"x"}"#),
    ])
    func `A request that does not say what is meant changes nothing`(path: String, body: String) async throws {
        let server = try TestServer()
        _ = try server.fill()
        let before = try server.library.journal().elements
        try await server.run { client in
            let (status, _) = try await send(client, path, body)
            #expect(status == .badRequest)
        }
        #expect(try server.library.journal().elements == before)
    }

    @Test func `Without models no face can be drawn, and the answer says so`() async throws {
        let server = try TestServer()
        let content = try server.fill()
        try await server.run { client in
            let (status, error) = try await send(
                client, "/api/photos/\(content.photo)/faces", #"{"x":1,"y":1,"width":10,"height":10}"#)
            #expect(status == .serviceUnavailable)
            #expect(error["code"] == .text("unavailable"))
            let (config, _) = try await client.json(.get, "/api/config")
            #expect(config.status == .ok)
        }
    }
}

extension Library {
    /// A person whom nobody is yet.
    fileprivate func newPerson() throws -> PersonID { try store.persons.create(name: "Boris").id }
}
