import FaceCore
import FaceLibrary
import FaceStore
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import FaceServer

/// The server as CompreFace's clients see it.
struct CompreFaceTests {
    private static let root = "/api/v1/recognition"

    private struct Desk {
        let server: TestServer
        let key: String

        init() throws {
            server = try TestServer(painted: true)
            let collection = try server.library.createCollection(name: "Service").id
            key = try server.library.createKey(
                NewAPIKey(name: "Service", scopes: [.read, .write, .recognise], collection: collection)
            ).secret.text
        }

        func multipart(_ image: [UInt8], field: String = "file") -> (HTTPFields, ByteBuffer) {
            var form = TestForm()
            form.file("face.ppm", image, field: field)
            var fields = TestForm.fields
            fields[.xAPIKey] = key
            return (fields, form.body)
        }

        func json(_ text: String = "{}") -> (HTTPFields, ByteBuffer) {
            ([.contentType: "application/json", .xAPIKey: key], ByteBuffer(string: text))
        }

        func add(_ client: any TestClientProtocol, _ subject: String, _ colours: [UInt8], seed: UInt8 = 0) async throws
            -> (response: TestResponse, json: JSONValue)
        {
            let (fields, body) = multipart(PaintedPack.image(colours, seed: seed))
            return try await client.json(.post, "\(CompreFaceTests.root)/faces?subject=\(subject)", fields, body: body)
        }

        func send(
            _ client: any TestClientProtocol, _ method: HTTPRequest.Method, _ path: String, _ text: String = "{}"
        ) async throws -> (response: TestResponse, json: JSONValue) {
            let (fields, body) = json(text)
            return try await client.json(method, CompreFaceTests.root + path, fields, body: body)
        }
    }

    @Test func `With a key for the library a photo comes as it is, and goes with its only face`() async throws {
        let desk = try Desk()
        let key = try desk.server.library.createKey(NewAPIKey(name: "All", scopes: [.read, .write])).secret.text
        try await desk.server.run { client in
            let (_, red) = try await desk.add(client, "Red", PaintedPack.red)
            let image = try #require(red["image_id"]?.text)
            let picture = try await client.send(.get, "\(Self.root)/faces/\(image)/img", [.xAPIKey: key])
            #expect(Array(picture.body.readableBytesView) == PaintedPack.image(PaintedPack.red))
            let gone = try await client.send(.delete, "\(Self.root)/faces/\(image)", [.xAPIKey: key])
            #expect(gone.status == .ok)
            #expect(try desk.server.library.stats().photos == 0)
        }
    }

    @Test func `A key for one collection takes no faces from people outside of it`() async throws {
        let desk = try Desk()
        let other = try desk.server.library.createCollection(name: "Others").id
        let key = try desk.server.library.createKey(
            NewAPIKey(name: "Others", scopes: [.read, .write], collection: other)
        ).secret.text
        try await desk.server.run { client in
            let (_, red) = try await desk.add(client, "Red", PaintedPack.red)
            let image = try #require(red["image_id"]?.text)
            var (fields, body) = desk.multipart(PaintedPack.image(PaintedPack.red))
            fields[.xAPIKey] = key
            let refused = try await client.json(.post, "\(Self.root)/faces?subject=Mine", fields, body: body).response
            #expect(refused.status.kind == .clientError)
            #expect(try await desk.send(client, .get, "/faces").json["faces"]?[0]?["image_id"] == .text(image))
            #expect(try desk.server.library.persons(PersonFilter()).elements.map(\.person.name) == ["Red"])
        }
    }

    @Test func `Examples are added, recognised, verified, listed and deleted`() async throws {
        let desk = try Desk()
        try await desk.server.run { client in
            let (created, red) = try await desk.add(client, "Red%20One", PaintedPack.red)
            #expect(created.status == .created && red["subject"] == .text("Red One"))
            let image = try #require(red["image_id"]?.text)
            #expect(UUID(uuidString: image) != nil && ExampleID(image) != nil)
            _ = try await desk.add(client, "Blue", PaintedPack.blue)
            let (_, subjects) = try await desk.send(client, .get, "/subjects")
            #expect(subjects["subjects"] == .list([.text("Blue"), .text("Red One")]))

            let (fields, probe) = desk.multipart(PaintedPack.image(PaintedPack.red, seed: 7))
            let (_, found) = try await client.json(
                .post, "\(Self.root)/recognize?prediction_count=2&face_plugins=landmarks,calculator,age&status=True",
                fields, body: probe)
            let face = try #require(found["result"]?[0])
            #expect(
                face.names == ["box", "landmarks", "embedding", "execution_time", "subjects"]
                    && found["plugins_versions"] != nil)
            #expect(face["box"]?["x_max"] == .number(40) && face["box"]?["probability"] == .number(0.9))
            #expect(face["subjects"]?[0]?["subject"] == .text("Red One"))
            #expect(face["subjects"]?[0]?["similarity"] == .number(1))
            #expect(face["subjects"]?[1]?["similarity"] == .number(0))
            let (_, plain) = try await client.json(.post, "\(Self.root)/recognize", fields, body: probe)
            #expect(plain["result"]?[0]?.names == ["box", "subjects"] && plain["plugins_versions"] == nil)

            let (_, same) = try await client.json(.post, "\(Self.root)/faces/\(image)/verify", fields, body: probe)
            #expect(same["result"]?[0]?["similarity"] == .number(1))
            let encoded = Data(PaintedPack.image(PaintedPack.blue)).base64EncodedString()
            let (_, other) = try await desk.send(client, .post, "/faces/\(image)/verify", #"{"file": "\#(encoded)"}"#)
            #expect(other["result"]?[0]?["similarity"] == .number(0))

            let (_, page) = try await desk.send(client, .get, "/faces?page=1&size=1")
            #expect(
                page["faces"]?.count == 1 && page["total_elements"] == .number(2) && page["total_pages"] == .number(2))
            #expect(page["page_number"] == .number(1) && page["page_size"] == .number(1))
            let (_, hers) = try await desk.send(client, .get, "/faces?subject=Red%20One")
            #expect(hers["faces"]?[0]?["image_id"] == .text(image) && hers["total_elements"] == .number(1))
            let picture = try await client.send(.get, "\(Self.root)/faces/\(image)/img", [.xAPIKey: desk.key])
            #expect(picture.status == .ok)
            // Of a photo that may show others a key for one collection gets the face.
            #expect(picture.headers[.contentType] == "image/jpeg")
            #expect(Array(picture.body.readableBytesView) != PaintedPack.image(PaintedPack.red))

            let (_, gone) = try await desk.send(client, .delete, "/faces/\(image)")
            #expect(gone["image_id"] == .text(image) && gone["subject"] == .text("Red One"))
            let (again, error) = try await desk.send(client, .delete, "/faces/\(image)")
            #expect(again.status == .notFound && error["code"] == .number(44))
            // The photo is the library's.
            #expect(try desk.server.library.stats().photos == 2)
            let (_, many) = try await desk.send(client, .post, "/faces/delete", #"["\#(image)", "x"]"#)
            #expect(many.count == 0)
            let (_, deleted) = try await desk.send(client, .delete, "/faces?subject=Blue")
            #expect(deleted["deleted"] == .number(1))
            let (_, all) = try await desk.send(client, .delete, "/subjects")
            #expect(all["deleted"] == .number(2))
            #expect(try await desk.send(client, .get, "/subjects").json["subjects"]?.count == 0)
        }
    }

    @Test func `Subjects are made, renamed, merged by a name that is there, and deleted`() async throws {
        let desk = try Desk()
        try await desk.server.run { client in
            let (made, subject) = try await desk.send(client, .post, "/subjects", #"{"subject": "Анна"}"#)
            #expect(made.status == .created && subject["subject"] == .text("Анна"))
            let (twice, error) = try await desk.send(client, .post, "/subjects", #"{"subject": "Анна"}"#)
            #expect(twice.status == .badRequest && error["code"] == .number(43))
            #expect(error["message"] == .text("Subject already exists"))
            _ = try await desk.add(client, "Red", PaintedPack.red)
            let path = "/subjects/%D0%90%D0%BD%D0%BD%D0%B0"
            #expect(
                try await desk.send(client, .put, path, #"{"subject": "Anna"}"#).json["updated"] == .bool(true))
            #expect(
                try await desk.send(client, .put, "/subjects/Red", #"{"subject": "Anna"}"#).json["updated"]
                    == .bool(true))
            let (_, faces) = try await desk.send(client, .get, "/faces")
            #expect(faces["faces"]?[0]?["subject"] == .text("Anna") && faces["total_elements"] == .number(1))
            let (missing, unknown) = try await desk.send(client, .put, "/subjects/Red", #"{"subject": "A"}"#)
            #expect(missing.status == .notFound && unknown["code"] == .number(42))
            #expect(unknown["message"] == .text("Subject Red not found"))
            #expect(try await desk.send(client, .delete, "/subjects/Anna").json["subject"] == .text("Anna"))
            #expect(try await desk.send(client, .get, "/subjects").json["subjects"]?.count == 0)
        }
    }

    @Test func `Errors have CompreFace's numbers`() async throws {
        let desk = try Desk()
        try await desk.server.run { client in
            func post(_ path: String, _ image: [UInt8], field: String = "file") async throws -> (Int, Double?) {
                let (fields, body) = desk.multipart(image, field: field)
                let (response, error) = try await client.json(.post, path, fields, body: body)
                return (response.status.code, error["code"]?.number)
            }
            let (grey, two) = (PaintedPack.image(), PaintedPack.image(PaintedPack.red, PaintedPack.blue))
            #expect(try await post("\(Self.root)/recognize", grey) == (400, 28))
            #expect(try await post("/api/v1/detection/detect", grey) == (400, 28))
            #expect(try await post("\(Self.root)/faces?subject=A", grey) == (400, 28))
            #expect(try await post("\(Self.root)/faces?subject=A", two) == (400, 31))
            #expect(try await post("\(Self.root)/faces?subject=A", Array("text".utf8)) == (400, 21))
            #expect(try await post("\(Self.root)/faces", two) == (400, 33))
            #expect(try await post("\(Self.root)/recognize", two, field: "other") == (400, 33))
            #expect(try await post("\(Self.root)/recognize?det_prob_threshold=2", two) == (400, 36))
            #expect(try await post("\(Self.root)/faces/\(UUID().uuidString)/verify", two) == (404, 44))
            let (missing, error) = try await client.json(.get, "\(Self.root)/subjects")
            #expect(missing.status == .unauthorized && error["code"] == .number(20))
            #expect(error["message"]?.text != nil && error["error_code"] == .text("key_missing"))
            #expect(try await desk.send(client, .post, "/subjects", #"{"subject": ""}"#).json["code"] == .number(26))
        }
    }

    @Test func `Two images are compared, and the source shows one face`() async throws {
        let desk = try Desk()
        try await desk.server.run { client in
            func verify(_ source: [UInt8], _ target: [UInt8]) async throws -> JSONValue {
                var form = TestForm()
                form.file("a.ppm", source, field: "source_image")
                form.file("b.ppm", target, field: "target_image")
                var fields = TestForm.fields
                fields[.xAPIKey] = desk.key
                return try await client.json(.post, "/api/v1/verification/verify", fields, body: form.body).json
            }
            let (red, both) = (
                PaintedPack.image(PaintedPack.red), PaintedPack.image(PaintedPack.red, PaintedPack.blue)
            )
            let match = try await verify(red, both)["result"]?[0]
            #expect(match?["source_image_face"]?["box"] != nil)
            #expect(match?["face_matches"]?.count == 2)
            #expect(match?["face_matches"]?[0]?["similarity"] == .number(1))
            #expect(match?["face_matches"]?[1]?["similarity"] == .number(0))
            #expect(try await verify(both, red)["code"] == .number(31))
            let (fields, body) = desk.multipart(both)
            let (_, largest) = try await client.json(
                .post, "/api/v1/detection/detect?limit=1", fields, body: body)
            #expect(largest["result"]?.count == 1)
        }
    }

    @Test func `A key sees the subjects of its collection, and one without a collection the library's`() async throws {
        let desk = try Desk()
        let library = desk.server.library
        _ = try library.createPerson(name: "Outsider")
        let wide = try library.createKey(NewAPIKey(name: "Wide", scopes: [.read])).secret.text
        try await desk.server.run { client in
            _ = try await desk.add(client, "Red", PaintedPack.red)
            #expect(try await desk.send(client, .get, "/subjects").json["subjects"] == .list([.text("Red")]))
            let (_, all) = try await client.json(.get, "\(Self.root)/subjects", [.xAPIKey: wide])
            #expect(all["subjects"] == .list([.text("Outsider"), .text("Red")]))
            #expect(try await desk.send(client, .delete, "/subjects/Outsider").json["code"] == .number(42))
            let (refused, error) = try await client.json(.delete, "\(Self.root)/subjects", [.xAPIKey: wide])
            #expect(refused.status == .forbidden && error["error_code"] == .text("scope_missing"))
        }
        // Taken out of the collection, and still in the library.
        try await desk.server.run { client in
            _ = try await desk.send(client, .delete, "/subjects/Red")
            #expect(try library.store.persons.find("Red").count == 1)
        }
    }

    @Test func `A face's number and its UUID are one`() throws {
        for number in [1, 255, 256, 1 << 40] as [Int64] {
            let id = ExampleID(FaceID(number))
            #expect(ExampleID(id.text)?.face == FaceID(number))
            #expect(ExampleID(id.text.uppercased()) == id)
            #expect(UUID(uuidString: id.text) != nil)
        }
        for text in ["", "x", UUID().uuidString, "6c696b66-6163-8065-8000-000000000000"] {
            #expect(ExampleID(text) == nil)
        }
    }

    @Test func `Similarity is one half at the threshold`() {
        func similarity(_ distance: Double) -> Double {
            compreFaceSimilarity(FaceComparison(distance: distance, threshold: 0.6))
        }
        #expect(similarity(0) == 1 && similarity(0.6) == 0.5 && similarity(1.2) == 0 && similarity(2) == 0)
    }
}
