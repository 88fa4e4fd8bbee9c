import FaceCore
import FaceLibrary
import FaceStore
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import FaceServer

/// Webhooks as their owner makes them and looks at what they were told.
struct WebhookTests {
    private static let json: HTTPFields = [.contentType: "application/json"]

    private func body(_ text: String) -> ByteBuffer { ByteBuffer(string: text) }

    @Test func `A webhook is made, shown, changed, rotated, tested and deleted`() async throws {
        let server = try TestServer()
        let staff = try server.library.createCollection(name: "Staff").id
        try await server.run { client in
            let (made, hook) = try await client.json(
                .post, "/api/webhooks", Self.json,
                body: body(#"{"name": "Door", "url": "https://example.com/in", "collection": \#(staff)}"#))
            #expect(made.status == .ok && made.headers[.cacheControl] == "no-store")
            let secret = try #require(hook["secret"]?.text)
            #expect(secret.hasPrefix("whsec_") && Data(base64Encoded: String(secret.dropFirst(6)))?.count == 32)
            #expect(hook["active"] == .bool(true) && hook["events"]?[0] == .text("attendance"))
            let id = try #require(hook["id"]?.number.map { Int($0) })
            let (_, shown) = try await client.json(.get, "/api/webhooks/\(id)")
            #expect(shown["name"] == .text("Door") && !shown.names.contains("secret"))
            #expect(shown["collection"] == .number(Double(staff.rawValue)))
            let (_, changed) = try await client.json(
                .patch, "/api/webhooks/\(id)", Self.json, body: body(#"{"collection": null, "active": false}"#))
            #expect(changed["collection"] == .null && changed["active"] == .bool(false))
            #expect(changed["url"] == .text("https://example.com/in"))
            let (_, rotated) = try await client.json(.post, "/api/webhooks/\(id)/rotate")
            #expect(rotated["secret"]?.text?.hasPrefix("whsec_") == true && rotated["secret"] != .text(secret))
            let (accepted, delivery) = try await client.json(.post, "/api/webhooks/\(id)/test")
            #expect(accepted.status == .accepted && delivery["type"] == .text("test") && delivery["event"] == .null)
            let message = try #require(delivery["id"]?.text)
            let (_, list) = try await client.json(.get, "/api/webhooks/\(id)/deliveries?state=pending")
            #expect(list.count == 1 && list[0]?["id"] == .text(message) && list[0]?["attempts"] == .number(0))
            #expect(try await client.json(.get, "/api/webhooks/\(id)/deliveries?state=dead").json.count == 0)
            let (again, queued) = try await client.json(.post, "/api/webhooks/\(id)/deliveries/\(message)/retry")
            #expect(again.status == .accepted && queued["state"] == .text("pending"))
            let (none, unknown) = try await client.json(
                .post, "/api/webhooks/\(id)/deliveries/\(EventID().name)/retry")
            #expect(none.status == .notFound && unknown["code"] == .text("delivery_not_found"))
            #expect(try await client.send(.get, "/api/webhooks/\(id)/deliveries?state=gone").status == .badRequest)
            #expect(try await client.json(.get, "/api/webhooks").json.count == 1)
            #expect(try await client.send(.delete, "/api/webhooks/\(id)").status == .ok)
            let (gone, error) = try await client.json(.get, "/api/webhooks/\(id)")
            #expect(gone.status == .notFound && error["code"] == .text("webhook_not_found"))
        }
    }

    @Test(arguments: [
        (#"{"url": "https://example.com"}"#, 400, "name_missing"), (#"{"name": "a"}"#, 400, "missing_parameter"),
        (#"{"name": " ", "url": "https://example.com"}"#, 400, "name_empty"),
        (#"{"name": "a", "url": "https://127.0.0.1/in"}"#, 400, "webhook_address_refused"),
        (#"{"name": "a", "url": "http://example.com/in"}"#, 400, "webhook_address_invalid"),
        (#"{"name": "a", "url": "https://example.com", "events": ["rain"]}"#, 400, "invalid_parameter"),
        (#"{"name": "a", "url": "https://example.com", "events": []}"#, 400, "invalid_parameter"),
        (#"{"name": "a", "url": "https://example.com", "collection": 99}"#, 404, "collection_not_found"),
    ])
    func `A webhook that makes no sense is refused`(text: String, status: Int, code: String) async throws {
        let server = try TestServer()
        try await server.run { client in
            let (response, error) = try await client.json(.post, "/api/webhooks", Self.json, body: body(text))
            #expect(response.status.code == status && error["code"] == .text(code))
        }
        #expect(try server.library.webhooks().isEmpty)
    }
}
