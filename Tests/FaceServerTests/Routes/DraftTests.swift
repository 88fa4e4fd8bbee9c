import FaceCore
import FaceLibrary
import FaceStore
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import FaceServer

/// Re-clusterings, as a client asks for, looks at and applies them.
struct DraftTests {
    /// The draft when it is computed, or whatever else became of it.
    private static func end(of id: String, _ client: any TestClientProtocol) async throws -> JSONValue {
        while true {
            let draft = try await client.json(.get, "/api/drafts/\(id)").json
            guard draft["state"] == .text("computing") else { return draft }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    /// A server that computes drafts, with two people of whom the first is two by a narrower threshold.
    private func withDrafts(
        _ test: @Sendable (any TestClientProtocol, [PersonID]) async throws -> Void
    ) async throws {
        let server = try TestServer(grouping: TestServer.line)
        let people = try server.people([[0, 0.05, 0.6, 0.65, 0.7], [9, 9.1]], names: ["Anna", nil])
        let drafts = try #require(server.drafts)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await drafts.run() }
            try await server.run { client in try await test(client, people) }
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    @Test func `A draft is looked at, applied, and undone`() async throws {
        try await withDrafts { client, people in
            let made = try await client.json(.post, "/api/drafts", body: ByteBuffer(string: #"{"eps":0.1}"#))
            #expect(made.response.status == .ok && made.json["eps"] == .number(0.1))
            let id = try #require(made.json["id"]?.text)
            let draft = try await Self.end(of: id, client)
            #expect(draft["state"] == .text("ready") && draft["entry"] == .null)
            let diff = try #require(draft["diff"])
            #expect(diff["unchanged"] == .number(1) && diff["moved_faces"] == .number(2))
            #expect(diff["split"]?[0]?["person"]?["name"] == .text("Anna"))
            #expect(diff["split"]?[0]?["parts"] == .list([.number(3), .number(2)]))
            #expect(diff["new"] == .list([.number(2)]))
            #expect(try await client.json(.get, "/api/persons").json.count == 2, "nobody sees it")
            #expect(try await client.json(.get, "/api/drafts").json[0]?["id"] == .text(id))

            let applied = try await client.json(.post, "/api/drafts/\(id)/apply")
            #expect(applied.response.status == .ok && applied.json["entry"]?["kind"] == .text("apply_draft"))
            #expect(try await client.json(.get, "/api/persons").json.count == 3)
            #expect(try await client.json(.get, "/api/persons/\(people[0])").json["faces_count"] == .number(3))
            #expect(try await client.json(.get, "/api/drafts/\(id)").json["state"] == .text("applied"))
            let twice = try await client.json(.post, "/api/drafts/\(id)/apply")
            #expect(twice.response.status == .conflict && twice.json["code"] == .text("draft_not_ready"))

            _ = try await client.json(.post, "/api/journal/undo", body: ByteBuffer(string: "{}"))
            #expect(try await client.json(.get, "/api/persons").json.count == 2)
            #expect(try await client.json(.get, "/api/persons/\(people[0])").json["faces_count"] == .number(5))
            let body = ByteBuffer(string: #"{"name":"Anya"}"#)
            _ = try await client.json(.patch, "/api/persons/\(people[0])", body: body)
            #expect(try await client.json(.get, "/api/drafts/\(id)").json["state"] == .text("undone"))
        }
    }

    @Test func `A draft that would change nothing says so before and when it is applied`() async throws {
        try await withDrafts { client, _ in
            let made = try await client.json(.post, "/api/drafts").json
            let id = try #require(made["id"]?.text)
            let draft = try await Self.end(of: id, client)
            #expect(draft["diff"]?["moved_faces"] == .number(0) && draft["diff"]?["unchanged"] == .number(2))
            let applied = try await client.json(.post, "/api/drafts/\(id)/apply")
            #expect(applied.response.status == .badRequest && applied.json["code"] == .text("empty_edit"))
            #expect(applied.json["error"] == .text("There is nothing to change."))
            #expect(try await client.json(.get, "/api/drafts/\(id)").json["state"] == .text("ready"))
        }
    }

    @Test func `A draft that contradicts a later edit is stale`() async throws {
        try await withDrafts { client, people in
            let made = try await client.json(.post, "/api/drafts", body: ByteBuffer(string: #"{"eps":0.1}"#)).json
            let id = try #require(made["id"]?.text)
            _ = try await Self.end(of: id, client)
            let faces = try await client.json(.get, "/api/persons/\(people[0])").json["faces"]
            let ids = (0..<5).compactMap { faces?[$0]?["id"]?.number.map { Int($0) } }
            _ = try await client.json(.post, "/api/faces/confirm", body: ByteBuffer(string: #"{"faces":\#(ids)}"#))
            let applied = try await client.json(.post, "/api/drafts/\(id)/apply")
            #expect(applied.response.status == .conflict && applied.json["code"] == .text("draft_stale"))
            #expect(try await client.json(.get, "/api/drafts/\(id)").json["state"] == .text("stale"))
        }
    }

    @Test func `A dropped draft is gone`() async throws {
        try await withDrafts { client, _ in
            let made = try await client.json(.post, "/api/drafts", body: ByteBuffer(string: #"{"eps":0.1}"#)).json
            let path = "/api/drafts/\(try #require(made["id"]?.text))"
            #expect(try await client.json(.delete, path).response.status == .ok)
            for method in [.get, .delete] as [HTTPRequest.Method] {
                let (response, json) = try await client.json(method, path)
                #expect(response.status == .notFound && json["code"] == .text("draft_not_found"))
            }
            #expect(try await client.json(.get, "/api/drafts").json.count == 0)
        }
    }

    @Test(arguments: [
        #"{"eps":-1}"#, #"{"eps":"wide"}"#, #"{"algorithm":"magic"}"#, #"{"min_faces":0}"#, #"{"pack":"missing"}"#,
        #"{"metric":"cosine"}"#, "nonsense",
    ])
    func `What cannot be computed is refused with a reason`(body: String) async throws {
        let server = try TestServer(grouping: TestServer.line)
        try server.people([[0]], names: [nil])
        try await server.run { client in
            let (response, json) = try await client.json(.post, "/api/drafts", body: ByteBuffer(string: body))
            #expect(response.status == .badRequest, "\(json)")
            #expect(json["error"]?.text?.isEmpty == false)
        }
    }

    @Test func `Without models there are no drafts`() async throws {
        let server = try TestServer()
        try await server.run { client in
            let (response, _) = try await client.json(.post, "/api/drafts")
            #expect(response.status == .serviceUnavailable)
        }
    }
}
