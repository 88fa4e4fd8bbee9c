import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import FaceServer

/// What is said of faces on images that are sent.
struct DetectionTests {
    private func form(_ fields: [String: String], _ images: [UInt8]...) -> ByteBuffer {
        var form = TestForm()
        for (name, value) in fields { form.field(name, value) }
        for (number, image) in images.enumerated() { form.file("\(number).ppm", image, field: "images") }
        return form.body
    }

    @Test(arguments: ["/api/detect", "/api/embed"])
    func `Gender and age are estimated where they are asked for, and only there`(_ route: String) async throws {
        let server = try TestServer(painted: true)
        let image = PaintedPack.image(PaintedPack.red, PaintedPack.blue)
        try await server.run { client in
            let (response, asked) = try await client.json(
                .post, route, TestForm.fields, body: form(["attributes": "true"], image))
            #expect(response.status == .ok)
            let faces = asked["images"]?[0]?["faces"]
            let first = faces?[0]?["attributes"]
            #expect(first?["age"] == .number(25) && first?["gender"] == .text("female"))
            let second = faces?[1]?["attributes"]
            #expect(second?["age"] == .number(1) && second?["gender"] == .text("male"))
            let (_, plain) = try await client.json(.post, route, TestForm.fields, body: form([:], image))
            #expect(plain["images"]?[0]?["faces"]?[0]?["box"] != nil)
            #expect(plain["images"]?[0]?["faces"]?[0]?["attributes"] == nil)
            let (bad, _) = try await client.json(
                .post, route, TestForm.fields, body: form(["attributes": "perhaps"], image))
            #expect(bad.status == .badRequest)
        }
    }
}
