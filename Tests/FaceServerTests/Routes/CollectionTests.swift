import FaceCore
import FaceLibrary
import FaceStore
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import FaceServer

/// Collections, and what is recognised among them.
struct CollectionTests {
    private static let json: HTTPFields = [.contentType: "application/json"]

    private func body(_ text: String) -> ByteBuffer { ByteBuffer(string: text) }

    private func form(_ fields: [String: String], _ images: [UInt8]..., field: String = "images") -> ByteBuffer {
        var form = TestForm()
        for (name, value) in fields { form.field(name, value) }
        for (number, image) in images.enumerated() { form.file("\(number).ppm", image, field: field) }
        return form.body
    }

    private func fields(_ key: String, _ others: HTTPFields = TestForm.fields) -> HTTPFields {
        var fields = others
        fields[.xAPIKey] = key
        return fields
    }

    @Test func `A collection is made, changed, filled and deleted`() async throws {
        let server = try TestServer(grouping: TestServer.line)
        let people = try server.people([[0, 0.1], [5]], names: ["Anna", "Eve"])
        try await server.run { client in
            let (made, staff) = try await client.json(
                .post, "/api/collections", Self.json, body: body(#"{"name": "Staff", "min_similarity": 0.9}"#))
            #expect(
                made.status == .ok && staff["min_similarity"] == .number(0.9) && staff["persons_count"] == .number(0))
            let id = try #require(staff["id"]?.number.map { Int($0) })
            let (_, changed) = try await client.json(
                .patch, "/api/collections/\(id)", Self.json,
                body: body(#"{"name": "Crew", "false_accept_rate": 0.01}"#))
            #expect(changed["name"] == .text("Crew") && changed["min_similarity"] == .null)
            #expect(changed["false_accept_rate"] == .number(0.01))
            let (_, filled) = try await client.json(
                .post, "/api/collections/\(id)/members", Self.json,
                body: body(#"{"persons": [\#(people[0]), \#(people[1])]}"#))
            #expect(filled["persons_count"] == .number(2))
            let (page, members) = try await client.json(.get, "/api/collections/\(id)/members?limit=1")
            #expect(members.count == 1 && members[0]?["name"] == .text("Anna"))
            let cursor = try #require(page.headers[.xNextCursor])
            let (_, rest) = try await client.json(.get, "/api/collections/\(id)/members?limit=1&cursor=\(cursor)")
            #expect(rest[0]?["name"] == .text("Eve"))
            let (_, filtered) = try await client.json(.get, "/api/persons?collection=\(id)")
            #expect(filtered.count == 2)
            let (_, left) = try await client.json(.delete, "/api/collections/\(id)/members/\(people[1])")
            #expect(left["persons_count"] == .number(1))
            let (gone, error) = try await client.json(.delete, "/api/collections/\(id)/members/\(people[1])")
            #expect(gone.status == .notFound && error["code"] == .text("person_not_found"))
            #expect(try await client.json(.get, "/api/collections").json.count == 1)
            #expect(try await client.send(.delete, "/api/collections/\(id)").status == .ok)
            let (missing, unknown) = try await client.json(.get, "/api/collections/\(id)")
            #expect(missing.status == .notFound && unknown["code"] == .text("collection_not_found"))
            #expect(try await client.json(.get, "/api/persons").json.count == 2)
        }
    }

    @Test(arguments: [
        (#"{}"#, 400, "name_missing"), (#"{"name": " "}"#, 400, "name_empty"),
        (#"{"name": "a", "min_similarity": 3}"#, 400, "threshold_invalid"),
        (#"{"name": "a", "false_accept_rate": 0}"#, 400, "threshold_invalid"),
        (#"{"name": "a", "false_accept_rate": 0.1, "min_similarity": 0.1}"#, 400, "invalid_parameter"),
        (#"{"name": "Staff"}"#, 409, "collection_name_taken"),
    ])
    func `A collection that makes no sense is refused`(text: String, status: Int, code: String) async throws {
        let server = try TestServer()
        _ = try server.library.createCollection(name: "Staff")
        try await server.run { client in
            let (response, error) = try await client.json(.post, "/api/collections", Self.json, body: body(text))
            #expect(response.status.code == status && error["code"] == .text(code))
        }
    }

    @Test func `Who is enrolled is identified in her collection and nowhere else`() async throws {
        let server = try TestServer(painted: true)
        let staff = try server.library.createCollection(name: "Staff").id
        let guests = try server.library.createCollection(name: "Guests").id
        try await server.run { client in
            let (response, enrolment) = try await client.json(
                .post, "/api/collections/\(staff)/enrol", TestForm.fields,
                body: form(
                    ["name": "Anna"], PaintedPack.image(PaintedPack.red), PaintedPack.image(),
                    PaintedPack.image(PaintedPack.red, PaintedPack.blue)))
            #expect(response.status == .ok && enrolment["name"] == .text("Anna"))
            #expect(enrolment["faces_count"] == .number(1))
            #expect(enrolment["photos"]?[0]?["face_id"]?.number != nil)
            #expect(enrolment["photos"]?[1]?["code"] == .text("no_face"))
            #expect(enrolment["photos"]?[2]?["code"] == .text("several_faces"))
            let probe = PaintedPack.image(PaintedPack.red, seed: 5)
            let (_, found) = try await client.json(
                .post, "/api/identify", TestForm.fields,
                body: form(["collection": "\(staff)"], probe, field: "image"))
            #expect(found["faces"]?[0]?["name"] == .text("Anna"))
            let (_, none) = try await client.json(
                .post, "/api/identify", TestForm.fields,
                body: form(["collection": "\(guests)"], probe, field: "image"))
            #expect(none["faces"]?[0]?["person_id"] == .null && none["faces"]?[0]?["candidates"]?.count == 0)
            let (_, kept) = try await client.json(
                .post, "/api/identify", TestForm.fields,
                body: form(["store": "true", "name": "Gast", "collection": "\(guests)"], probe, field: "image"))
            #expect(kept["enrolment"]?["name"] == .text("Gast") && kept["task_id"] == .null)
            let (missing, error) = try await client.json(
                .post, "/api/identify", TestForm.fields, body: form(["collection": "99"], probe, field: "image"))
            #expect(missing.status == .notFound && error["code"] == .text("collection_not_found"))
            let (conflict, uncalibrated) = try await client.json(
                .patch, "/api/collections/\(staff)", Self.json, body: body(#"{"false_accept_rate": 0.001}"#))
            #expect(conflict.status == .ok && uncalibrated["false_accept_rate"] == .number(0.001))
            let (refused, code) = try await client.json(
                .post, "/api/identify", TestForm.fields, body: form(["collection": "\(staff)"], probe, field: "image"))
            #expect(refused.status == .conflict && code["code"] == .text("not_calibrated"))
        }
    }

    @Test func `A key for one collection sees and fills that one only`() async throws {
        let server = try TestServer(painted: true)
        let library = server.library
        let staff = try library.createCollection(name: "Staff").id
        let other = try library.createCollection(name: "Family").id
        let door = try library.createKey(
            NewAPIKey(name: "Door", scopes: [.read, .write, .recognise], collection: staff)
        ).secret.text
        let outsider = try library.createPerson(name: "Outsider", in: other).id
        try await server.run { client in
            let (_, list) = try await client.json(.get, "/api/collections", fields(door))
            #expect(list.count == 1 && list[0]?["name"] == .text("Staff"))
            for (method, path) in [
                (HTTPRequest.Method.get, "/api/collections/\(other)"), (.get, "/api/persons"), (.get, "/ws"),
                (.post, "/api/upload"), (.delete, "/api/collections/\(staff)"), (.get, "/uploads/a/b.jpg"),
                (.get, "/api/collections/\(other)/members"), (.post, "/api/collections/\(staff)/members"),
            ] {
                let (response, error) = try await client.json(method, path, fields(door))
                #expect(response.status == .forbidden && error["code"] == .text("collection_only"), "\(path)")
            }
            let enrolled = try await client.json(
                .post, "/api/collections/\(staff)/enrol", fields(door),
                body: form(["name": "Anna"], PaintedPack.image(PaintedPack.red)))
            #expect(enrolled.json["name"] == .text("Anna"))
            let taken = try await client.json(
                .post, "/api/collections/\(staff)/enrol", fields(door),
                body: form(["person": "\(outsider)"], PaintedPack.image(PaintedPack.blue)))
            #expect(taken.response.status == .notFound && taken.json["code"] == .text("person_not_found"))
            let probe = PaintedPack.image(PaintedPack.red, seed: 3)
            let (_, found) = try await client.json(
                .post, "/api/identify", fields(door), body: form([:], probe, field: "image"))
            #expect(found["faces"]?[0]?["name"] == .text("Anna"))
            let (refused, error) = try await client.json(
                .post, "/api/identify", fields(door), body: form(["collection": "\(other)"], probe, field: "image"))
            #expect(refused.status == .forbidden && error["code"] == .text("collection_only"))
            let (kept, missing) = try await client.json(
                .post, "/api/identify", fields(door), body: form(["store": "true"], probe, field: "image"))
            #expect(kept.status == .badRequest && missing["code"] == .text("missing_parameter"))
        }
        try library.deleteCollection(staff)
        try await server.run { client in
            let (response, error) = try await client.json(
                .post, "/api/identify", fields(door),
                body: form([:], PaintedPack.image(PaintedPack.red), field: "image"))
            #expect(response.status == .notFound && error["code"] == .text("collection_not_found"))
        }
    }

    @Test func `Bad images and embeddings have their codes`() async throws {
        let server = try TestServer(painted: true)
        let staff = try server.library.createCollection(name: "Staff").id
        try await server.run { client in
            let huge = Array("P6\n10000 10001\n255\n".utf8)
            let (large, tooLarge) = try await client.json(
                .post, "/api/identify", Self.json, body: body(#"{"image": "\#(Data(huge).base64EncodedString())"}"#))
            #expect(large.status == .unprocessableContent && tooLarge["code"] == .text("image_invalid"))
            let ranged = body(#"{"embedding1": [1e39, 0, 0], "embedding2": [1, 0, 0]}"#)
            let (infinite, number) = try await client.json(.post, "/api/verify", Self.json, body: ranged)
            #expect(infinite.status == .unprocessableContent && number["code"] == .text("embedding_invalid"))
            let (_, nan) = try await client.json(
                .post, "/api/verify", TestForm.fields, body: form(["embedding1": "nan,0,0", "embedding2": "1,0,0"]))
            #expect(nan["code"] == .text("embedding_invalid"))
            let (_, foreign) = try await client.json(
                .post, "/api/verify", Self.json,
                body: body(#"{"embedding1": [1, 0, 0], "embedding2": [1, 0, 0], "model": "other/model"}"#))
            #expect(foreign["code"] == .text("embedding_invalid"))
            let (_, empty) = try await client.json(
                .post, "/api/collections/\(staff)/enrol", TestForm.fields, body: form(["name": "A"]))
            #expect(empty["code"] == .text("missing_parameter"))
            let (_, nobody) = try await client.json(
                .post, "/api/collections/\(staff)/enrol", TestForm.fields,
                body: form([:], PaintedPack.image(PaintedPack.red)))
            #expect(nobody["code"] == .text("missing_parameter"))
        }
    }
}
