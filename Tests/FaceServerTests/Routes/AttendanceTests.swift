import FaceCore
import FaceLibrary
import FaceStore
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import FaceServer

/// Attendance as clients note, list, export and delete it.
struct AttendanceTests {
    private static let json: HTTPFields = [.contentType: "application/json"]

    private func form(_ fields: [String: String], _ image: [UInt8]) -> ByteBuffer {
        var form = TestForm()
        for (name, value) in fields { form.field(name, value) }
        form.file("face.ppm", image, field: "image")
        return form.body
    }

    private func key(_ key: String, _ others: HTTPFields = TestForm.fields) -> HTTPFields {
        var fields = others
        fields[.xAPIKey] = key
        return fields
    }

    /// A server that knows Anna by her colour, in the collection of the staff.
    private func serverWithAnna() throws -> (server: TestServer, staff: CollectionID) {
        let server = try TestServer(painted: true)
        let staff = try server.library.createCollection(name: "Staff").id
        let recognition = Recognition(library: server.library, models: PaintedPack.models(store: server.library.store))
        _ = try recognition.enrol(
            [EnrolmentPhoto(name: "anna.ppm", bytes: PaintedPack.image(PaintedPack.red))], as: .named("Anna"), in: staff
        )
        return (server, staff)
    }

    @Test func `Who is recognised is an event once a window, and who is not is none`() async throws {
        let (server, staff) = try serverWithAnna()
        let image = PaintedPack.image(PaintedPack.red, PaintedPack.blue, seed: 3)
        let at = "2026-01-05T09:00:00Z"
        try await server.run { client in
            let (response, first) = try await client.json(
                .post, "/api/attendance?place=Gate&at=\(at)", TestForm.fields, body: form([:], image))
            #expect(response.status == .ok && first["faces"]?.count == 2)
            let faces = [first["faces"]?[0], first["faces"]?[1]].compactMap(\.self)
            let anna = try #require(faces.first { $0["name"] == .text("Anna") })
            let stranger = try #require(faces.first { $0["name"] == .null })
            #expect(anna["event"]?["new"] == .bool(true) && stranger["event"] == .null)
            let id = try #require(anna["event"]?["id"]?.text)
            let base64 = Data(PaintedPack.image(PaintedPack.red, seed: 4)).base64EncodedString()
            let (_, second) = try await client.json(
                .post, "/api/attendance", Self.json,
                body: ByteBuffer(
                    string: #"{"image": "\#(base64)", "place": " Gate ", "at": "2026-01-05T12:04:00+03:00"}"#))
            #expect(second["faces"]?[0]?["event"]?["id"] == .text(id))
            #expect(second["faces"]?[0]?["event"]?["new"] == .bool(false))
            let (_, third) = try await client.json(
                .post, "/api/attendance", TestForm.fields,
                body: form(["place": "Gate", "at": "2026-01-05T09:04:00Z", "window": "100"], image))
            #expect(third["faces"]?.count == 2)
            let (_, ofStaff) = try await client.json(
                .post, "/api/attendance?collection=\(staff)", TestForm.fields, body: form(["at": at], image))
            #expect(ofStaff["faces"]?.count == 2)
            let (page, list) = try await client.json(.get, "/api/attendance?limit=2")
            #expect(list.count == 2 && page.headers[.xNextCursor] != nil)
            let (_, gate) = try await client.json(.get, "/api/attendance?place=Gate&to=2026-01-05&from=2026-01-05")
            #expect(gate.count == 2 && gate[1]?["id"] == .text(id) && gate[1]?["times_seen"] == .number(2))
            #expect(gate[1]?["at"] == .text(at) && gate[1]?["last_seen"] == .text("2026-01-05T09:04:00Z"))
            #expect(gate[1]?["person"]?["name"] == .text("Anna") && gate[1]?["collection"] == .null)
            #expect(gate[0]?["at"] == .text("2026-01-05T09:04:00Z"))
            let (_, hers) = try await client.json(.get, "/api/attendance?collection=\(staff)")
            #expect(hers.count == 1 && hers[0]?["place"] == .text(""))
            #expect(try await client.json(.get, "/api/attendance?to=2026-01-04").json.count == 0)
            #expect(try await client.send(.delete, "/api/attendance/\(id)").status == .ok)
            let (missing, error) = try await client.json(.delete, "/api/attendance/\(id)")
            #expect(missing.status == .notFound && error["code"] == .text("event_not_found"))
            let table = try await client.send(.get, "/api/attendance.csv?place=Gate")
            let text = String(buffer: table.body)
            #expect(table.headers[.contentType] == "text/csv; charset=utf-8" && text.hasPrefix("\u{FEFF}id,person_id,"))
            #expect(text.components(separatedBy: "\r\n").count == 3 && text.contains(",Anna,,,Gate,"))
            // Who is identified only has been nowhere.
            let (_, identified) = try await client.json(
                .post, "/api/identify", TestForm.fields, body: form([:], image))
            #expect(identified["faces"]?[0]?.names.contains("event") == false)
        }
    }

    @Test(arguments: [
        ("at", "2099-01-01T00:00:00Z"), ("at", "yesterday"), ("at", "2026-02-30T00:00:00Z"), ("window", "-1"),
        ("window", "100000"), ("place", String(repeating: "a", count: 201)), ("place", "a\u{7}"), ("threshold", "9"),
        ("collection", "0"),
    ])
    func `What makes no sense is refused`(name: String, value: String) async throws {
        let (server, _) = try serverWithAnna()
        try await server.run { client in
            let (response, error) = try await client.json(
                .post, "/api/attendance", TestForm.fields,
                body: form([name: value], PaintedPack.image(PaintedPack.red)))
            #expect(response.status == .badRequest && error["code"] == .text("invalid_parameter"))
        }
        #expect(try server.library.attendance(AttendanceFilter(), after: nil, limit: 9).elements.isEmpty)
    }

    @Test(arguments: ["from=x", "to=2026-13-01", "person=0", "collection=a", "limit=0", "cursor=?", "bom=7"])
    func `Filters that are none are refused`(query: String) async throws {
        let server = try TestServer()
        try await server.run { client in
            let path = query.hasPrefix("bom") ? "/api/attendance.csv" : "/api/attendance"
            let response = try await client.send(.get, "\(path)?\(query)")
            #expect(response.status == .badRequest)
        }
    }

    @Test func `A key for a collection notes and sees its attendance, and no other`() async throws {
        let (server, staff) = try serverWithAnna()
        let guests = try server.library.createCollection(name: "Guests").id
        let made = try server.library.createKey(
            NewAPIKey(name: "Gate", scopes: [.read, .write, .recognise], collection: staff))
        let secret = made.secret.text
        let anna = try #require(try server.library.store.persons.all().first)
        let elsewhere = try server.library.attend(
            Sighting(person: anna.id, collection: nil, place: "Yard", at: Date(), similarity: 0.5))
        try await server.run { client in
            let body = form([:], PaintedPack.image(PaintedPack.red, seed: 9))
            let (_, noted) = try await client.json(.post, "/api/attendance", key(secret), body: body)
            #expect(noted["faces"]?[0]?["event"]?["new"] == .bool(true))
            let (_, list) = try await client.json(.get, "/api/attendance", key(secret, [:]))
            #expect(list.count == 1 && list[0]?["collection"] == .number(Double(staff.rawValue)))
            let table = String(buffer: try await client.send(.get, "/api/attendance.csv", key(secret, [:])).body)
            #expect(table.components(separatedBy: "\r\n").count == 3 && !table.contains("Yard"))
            for (method, path) in [
                (HTTPRequest.Method.get, "/api/attendance?collection=\(guests)"),
                (.delete, "/api/attendance/\(elsewhere.event.id.name)"), (.get, "/api/webhooks"),
            ] {
                let (refused, error) = try await client.json(method, path, key(secret, [:]))
                #expect(refused.status == .forbidden, "\(path) \(error)")
            }
            let other = form(["collection": "\(guests)"], PaintedPack.image(PaintedPack.red))
            #expect(
                try await client.json(.post, "/api/attendance", key(secret), body: other).response.status == .forbidden)
        }
    }
}
