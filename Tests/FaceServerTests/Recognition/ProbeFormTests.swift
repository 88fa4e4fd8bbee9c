import Foundation
import NIOCore
import Testing

@testable import FaceServer

struct ProbeFormTests {
    private func form(_ parts: (String, String)...) throws -> ProbeForm {
        let body = parts.map { "--b\r\nContent-Disposition: form-data; \($0)\r\n\r\n\($1)\r\n" }.joined() + "--b--\r\n"
        return try ProbeForm(ByteBuffer(string: body), boundary: MultipartBoundary("b"))
    }

    private func form(json: String) throws -> ProbeForm { try ProbeForm(json: Data(json.utf8)) }

    @Test func `A form's files are its images, its other parts are fields`() throws {
        let form = try form(
            ("name=\"image1\"; filename=\"a.jpg\"", "one"), ("name=\"limit\"", " 3 "), ("name=\"store\"", "true"),
            ("name=\"image2\"; filename=\"\"", ""), ("name=\"embedding1\"", "0.5, -1,2e-1"))
        #expect(form.images.map(\.name) == ["a.jpg"])
        #expect(form.images("image1").first?.bytes == Array("one".utf8))
        #expect(form.images("image2").isEmpty)
        #expect(try form.integer("limit", in: 1...5) == 3)
        #expect(try form.flag("store") == true)
        #expect(try form.vector("embedding1") == [0.5, -1, 0.2])
        #expect(try form.text("nothing") == nil)
    }

    @Test func `In JSON images are Base64, alone, in a list or as a data URL`() throws {
        let one = Data("one".utf8).base64EncodedString()
        let form = try form(
            json: """
                {"image1": "\(one)", "image2": "data:image/png;base64,\(one)", "images": ["\(one)", "\(one)"],
                 "limit": 3, "threshold": 0.25, "store": false, "embedding1": [1, 2.5], "person": null}
                """)
        #expect(form.images.count == 4)
        #expect(form.images.allSatisfy { $0.bytes == Array("one".utf8) })
        #expect(try form.integer("limit", in: 1...5) == 3)
        #expect(try form.number("threshold", in: 0...1) == 0.25)
        #expect(try form.flag("store") == false)
        #expect(try form.vector("embedding1") == [1, 2.5])
        #expect(try form.integer("person", in: 1...9) == nil)
    }

    @Test(arguments: [
        #"{"limit": "x"}"#, #"{"limit": 1.5}"#, #"{"limit": 6}"#, #"{"limit": true}"#, #"{"limit": [1]}"#,
    ])
    func `A field of the wrong kind is named`(json: String) throws {
        let form = try form(json: json)
        #expect(throws: APIError.invalidParameter(name: "limit")) { try form.integer("limit", in: 1...5) }
    }

    @Test func `What is no Base64 and what is no JSON object is refused`() {
        #expect(throws: APIError.invalidParameter(name: "image")) { try form(json: #"{"image": ""}"#) }
        #expect(throws: APIError.invalidParameter(name: "other")) { try form(json: #"{"other": ["a"]}"#) }
        for text in ["", "[]", "nothing", #"{"a": {"b": 1}}"#] {
            #expect(throws: APIError.invalidJSON) { try form(json: text) }
        }
    }

    @Test func `A form that stops halfway or has too much in it is refused`() throws {
        #expect(throws: MultipartError.incomplete) {
            try ProbeForm(
                ByteBuffer(string: "--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a\"\r\n\r\nabc"),
                boundary: MultipartBoundary("b"))
        }
        #expect(throws: APIError.fieldTooLarge(name: "limit", limit: 65_536)) {
            try form(("name=\"limit\"", String(repeating: "1", count: 70_000)))
        }
        let parts = (0..<200).map { "--b\r\nContent-Disposition: form-data; name=\"\($0)\"\r\n\r\n1\r\n" }.joined()
        #expect(throws: APIError.tooManyFields(limit: 128)) {
            try ProbeForm(ByteBuffer(string: parts + "--b--\r\n"), boundary: MultipartBoundary("b"))
        }
    }

    @Test func `A body of many numbers is refused before it is taken apart`() throws {
        let many = Array(repeating: "0", count: 30_000).joined(separator: ",")
        #expect(throws: APIError.tooManyFields(limit: 20_000)) { try form(json: "{\"embedding1\": [\(many)]}") }
        #expect(throws: APIError.tooManyFields(limit: 20_000)) {
            try form(json: String(repeating: "[", count: 30_000))
        }
        let few = Array(repeating: "0", count: 4096).joined(separator: ",")
        #expect(
            try form(json: "{\"embedding1\": [\(few)], \"embedding2\": [\(few)]}").vector("embedding2")?.count == 4096)
        // What stands within texts is no value.
        let text = String(repeating: ",", count: 30_000) + #"\"[,\\"#
        #expect(try form(json: "{\"name\": \"\(text)\"}").text("name")?.count == 30_004)
    }
}
