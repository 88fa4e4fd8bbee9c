import FaceCore
import FaceLibrary
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import FaceServer

struct APITests {
    @Test func `Stats count what there is`() async throws {
        let server = try TestServer()
        _ = try server.fill()
        try await server.run { client in
            let (response, stats) = try await client.json(.get, "/api/stats")
            #expect(response.headers[.contentType] == "application/json; charset=utf-8")
            #expect(stats["total_persons"] == .number(1))
            #expect(stats["total_faces"] == .number(2))
            #expect(stats["total_tasks"] == .number(1))
            #expect(stats["total_photos"] == .number(1))
            #expect(stats["unknown_faces"] == .number(1))
        }
    }

    @Test func `A task tells its state`() async throws {
        let server = try TestServer()
        let content = try server.fill()
        try await server.run { client in
            let (_, task) = try await client.json(.get, "/api/task/\(content.task.name)")
            #expect(task["id"] == .text(content.task.name))
            #expect(task["status"] == .text("completed"))
            #expect(task["total_images"] == .number(1))
            #expect(task["total_faces"] == .number(2))
            #expect(task["unique_persons"] == .number(1))
            #expect(task["errors"] == .list([]))
            #expect(task["error_message"] == .null)
            let time = #/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z/#
            #expect(try #require(task["created_at"]?.text).wholeMatch(of: time) != nil)
            #expect(try #require(task["completed_at"]?.text).wholeMatch(of: time) != nil)
            let (_, list) = try await client.json(.get, "/api/tasks?limit=1&status=completed")
            #expect(list == .list([task]))
            #expect(try await client.json(.get, "/api/tasks?status=processing").json == .list([]))
        }
    }

    @Test func `A person has her faces with addresses that open`() async throws {
        let server = try TestServer()
        let content = try server.fill()
        try await server.run { client in
            let (_, list) = try await client.json(.get, "/api/persons")
            #expect(list.count == 1)
            let fields: Set = [
                "id", "name", "is_named", "created_at", "updated_at", "faces_count", "cover", "note", "birth_date",
                "hidden", "revision",
            ]
            #expect(list[0]?.names == fields)
            let (_, person) = try await client.json(.get, "/api/persons/\(content.person)")
            #expect(person["name"] == .text("Anna"))
            #expect(person["faces_count"] == .number(1))
            let face = try #require(person["faces"]?[0])
            #expect(face["person_id"] == .number(Double(content.person.rawValue)))
            #expect(face["face_x"] == .number(10))
            #expect(face["face_y"] == .number(20))
            #expect(face["face_width"] == .number(40))
            #expect(face["face_height"] == .number(50))
            #expect(face["confidence"] == .number(0.9))
            #expect(face["image_width"] == .number(200))
            #expect(face["image_path"] == face["original_image"])
            for field in ["original_image", "annotated_image", "crop"] {
                let path = try #require(face[field]?.text)
                let picture = try await client.send(.get, "/uploads/" + path)
                #expect(picture.status == .ok, "\(field)")
                #expect(picture.headers[.contentType] == "image/jpeg")
                #expect(picture.body.readableBytes > 500)
            }
            #expect(try await client.send(.get, "/uploads/\(person["cover"]?.text ?? "")").status == .ok)
        }
    }

    @Test func `A new name is seen at once, everywhere`() async throws {
        let server = try TestServer()
        let content = try server.fill()
        try await server.run { client in
            let path = "/api/persons/\(content.person)"
            for _ in 0..<2 { #expect(try await client.json(.get, path).json["name"] == .text("Anna")) }
            let (response, renamed) = try await client.json(
                .put, path, body: ByteBuffer(string: #"{"name":" Иван Иванов "}"#))
            #expect(response.status == .ok)
            #expect(renamed["name"] == .text("Иван Иванов"))
            #expect(renamed["message"]?.text?.isEmpty == false)
            #expect(try await client.json(.get, path).json["name"] == .text("Иван Иванов"))
            #expect(try await client.json(.get, "/api/persons").json[0]?["name"] == .text("Иван Иванов"))
            for text in ["%D0%B8%D0%B2%D0%B0%D0%BD", "%D0%B2%D0%B0%D0%BD+%D0%98", "\(content.person)"] {
                #expect(try await client.json(.get, "/api/search?q=" + text).json.count == 1, "\(text)")
            }
            for text in ["anna", "%25", "_", "zzz"] {
                #expect(try await client.json(.get, "/api/search?q=" + text).json == .list([]), "\(text)")
            }
            let (_, photo) = try await client.json(.get, "/api/photos/\(content.photo)")
            #expect(photo["faces"]?[0]?["name"] == .text("Иван Иванов"))
        }
    }

    @Test(arguments: [
        #"{"name":""}"#, #"{"name":"   "}"#, #"{"name":null}"#, #"{"name":7}"#, "{}", "[]", "{", "", "null", #""x""#,
        #"{"name":"a\nb"}"#, #"{"name":"\#(String(repeating: "я", count: 256))"}"#,
    ])
    func `A name that is none is refused`(body: String) async throws {
        let server = try TestServer()
        let content = try server.fill()
        try await server.run { client in
            let (response, error) = try await client.json(
                .put, "/api/persons/\(content.person)", body: ByteBuffer(string: body))
            #expect(response.status == .badRequest)
            #expect(error.names == ["error", "code", "request_id"])
            #expect(try await client.json(.get, "/api/persons/\(content.person)").json["name"] == .text("Anna"))
        }
    }

    @Test func `A deleted person is gone`() async throws {
        let server = try TestServer()
        let content = try server.fill()
        try await server.run { client in
            let path = "/api/persons/\(content.person)"
            #expect(try await client.json(.get, "/api/persons").json.count == 1)
            let (response, answer) = try await client.json(.delete, path)
            #expect(response.status == .ok)
            #expect(answer["message"]?.text?.isEmpty == false && answer["entry"]?["kind"] == .text("delete"))
            #expect(try await client.send(.get, path).status == .notFound)
            #expect(try await client.send(.delete, path).status == .notFound)
            #expect(try await client.json(.get, "/api/persons").json == .list([]))
            #expect(try await client.json(.get, "/api/search?q=anna").json == .list([]))
            #expect(try await client.json(.get, "/api/stats").json["total_persons"] == .number(0))
        }
    }

    @Test func `Photos are listed by person, task and day`() async throws {
        let server = try TestServer()
        let content = try server.fill()
        try await server.run { client in
            let (_, photo) = try await client.json(.get, "/api/photos/\(content.photo)")
            #expect(photo["file"] == .text("Отпуск.jpg"))
            #expect(photo["width"] == .number(200))
            #expect(photo["height"] == .number(100))
            #expect(photo["taken_at"] == .text("2024-05-06T07:08:09"))
            #expect(photo["camera"] == .text("Canon EOS 40D"))
            #expect(photo["faces_count"] == .number(2))
            #expect(photo["faces"]?.count == 2)
            for (query, count) in [
                ("", 1), ("?person=\(content.person)", 1), ("?person=99", 0), ("?task=\(content.task.name)", 1),
                ("?task=\(UUID())", 0), ("?from=2024-05-06&to=2024-05-06", 1), ("?from=2024-05-07", 0),
                ("?to=2024-05-05", 0), ("?limit=1", 1),
            ] {
                #expect(try await client.json(.get, "/api/photos" + query).json.count == count, "\(query)")
            }
            #expect(try await client.json(.delete, "/api/photos/\(content.photo)").response.status == .ok)
            #expect(try await client.send(.get, "/api/photos/\(content.photo)").status == .notFound)
            #expect(try await client.json(.get, "/api/photos").json == .list([]))
        }
    }

    @Test func `Faces of nobody are listed`() async throws {
        let server = try TestServer()
        let content = try server.fill()
        try await server.run { client in
            let (_, faces) = try await client.json(.get, "/api/faces?unknown=true")
            #expect(faces.count == 1)
            #expect(faces[0]?["id"] == .number(Double(content.unknownFace.rawValue)))
            #expect(faces[0]?["person_id"] == .null)
        }
    }

    @Test func `A long list is read in pages`() async throws {
        let server = try TestServer()
        for _ in 0..<5 {
            let draft = try server.library.beginUpload()
            try draft.beginFile(displayName: "a.jpg")
            try TestServer.jpeg.withUnsafeBytes { try draft.append($0) }
            _ = try server.library.commit(draft)
        }
        try await server.run { client in
            var seen: [String] = []
            var query = "/api/tasks?limit=2"
            for page in 0..<3 {
                // Twice, since the second answer comes out of the cache.
                _ = try await client.json(.get, query)
                let (response, list) = try await client.json(.get, query)
                #expect(list.count == (page < 2 ? 2 : 1))
                for index in 0..<2 { if let id = list[index]?["id"]?.text { seen.append(id) } }
                let next = response.headers[.xNextCursor]
                #expect((next == nil) == (page == 2))
                query = "/api/tasks?limit=2&cursor=" + (next ?? "")
            }
            #expect(Set(seen).count == 5)
        }
    }

    @Test func `A running task is cancelled once`() async throws {
        let server = try TestServer()
        let draft = try server.library.beginUpload()
        try draft.beginFile(displayName: "a.jpg")
        try TestServer.jpeg.withUnsafeBytes { try draft.append($0) }
        let task = try server.library.commit(draft)
        try await server.run { client in
            let path = "/api/task/\(task.name)"
            #expect(try await client.json(.get, path).json["status"] == .text("processing"))
            #expect(try await client.json(.delete, path).response.status == .ok)
            let (_, cancelled) = try await client.json(.get, path, [.acceptLanguage: "ru"])
            #expect(cancelled["status"] == .text("failed"))
            #expect(cancelled["code"] == .text("cancelled"))
            #expect(cancelled["error_message"] == .text("Задача отменена."))
            #expect(try await client.json(.delete, path).response.status == .conflict)
        }
    }
}
