import FaceServer
import NIOCore
import Testing

struct MultipartParserTests {
    private static let form = """
        --limit\r
        Content-Disposition: form-data; name="images"; filename="a.jpg"\r
        Content-Type: image/jpeg\r
        \r
        one\r
        --limi\r\n-two\r
        --limit\r
        Content-Disposition: form-data; name="min_size"\r
        \r
        40\r
        --limit\r
        content-disposition: form-data; name="images"; filename="empty"\r
        \r
        \r
        --limit--\r
        what follows means nothing
        """

    private static let parts = [
        Part(PartHeader(name: "images", fileName: "a.jpg"), "one\r\n--limi\r\n-two"),
        Part(PartHeader(name: "min_size"), "40"),
        Part(PartHeader(name: "images", fileName: "empty"), ""),
    ]

    @Test func `A form comes out as its parts`() throws {
        #expect(try Self.parse(Self.form) == Self.parts)
    }

    @Test func `Where the body is split makes no difference`() throws {
        let bytes = Array(Self.form.utf8)
        for split in 0...bytes.count {
            #expect(try Self.parse([Array(bytes[..<split]), Array(bytes[split...])]) == Self.parts)
        }
        #expect(try Self.parse(bytes.map { [$0] }) == Self.parts)
    }

    @Test func `Bytes of every value come through, whatever the pieces`() throws {
        var content: [UInt8] = []
        for byte in UInt8.min...UInt8.max { content += [byte, 13, 10, 45, 45, 13, byte] }
        let body =
            Array("--b\r\nContent-Disposition: form-data; name=images; filename=x\r\n\r\n".utf8) + content
            + Array("\r\n--b--\r\n".utf8)
        for length in [1, 2, 3, 5, 7, 64, 1000, body.count] {
            let pieces = stride(from: 0, to: body.count, by: length).map {
                Array(body[$0..<min($0 + length, body.count)])
            }
            #expect(try Self.parse(pieces, boundary: "b").map(\.content) == [content])
        }
    }

    @Test func `A preamble and spaces behind a delimiter mean nothing`() throws {
        let form = "This is\r\na preamble\r\n--b \t\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--b--"
        #expect(try Self.parse([Array(form.utf8)], boundary: "b") == [Part(PartHeader(name: "a"), "x")])
    }

    @Test(arguments: [
        ("", MultipartError.incomplete),
        ("--b", .incomplete),
        ("--b\r\nContent-Disposition: form-data; name=a\r\n\r\nhalf a par", .incomplete),
        ("--b\r\nContent-Disposition: form-data; name=a\r\n\r\nwhole\r\n--b\r\n", .incomplete),
        ("--bad\r\n", .malformed),
        ("--b\r\nno colon\r\n\r\n", .malformed),
        ("--b\r\n\r\nno header\r\n--b--", .malformed),
        ("--b\r\nContent-Disposition: attachment; name=a\r\n\r\n\r\n--b--", .malformed),
        ("--b\r\nContent-Disposition: form-data\r\n\r\n\r\n--b--", .malformed),
        (
            "--b\r\nContent-Disposition: form-data; name=" + String(repeating: "a", count: 9000),
            .headerTooLarge(limit: 8192)
        ),
        (String(repeating: "no delimiter", count: 2000), .noDelimiter),
    ])
    func `What is no form is refused`(body: String, error: MultipartError) {
        #expect(throws: error) { try Self.parse([Array(body.utf8)], boundary: "b") }
        #expect(throws: error) { try Self.parse(body.utf8.map { [$0] }, boundary: "b") }
    }

    @Test func `Many tiny parts are taken one after the other`() throws {
        var parser = MultipartParser(boundary: try MultipartBoundary("b"))
        var count = 0
        let part = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n.\r\n"
        let chunk = ByteBuffer(string: String(repeating: part, count: 1000))
        for _ in 0..<10 {
            parser.append(chunk)
            while let event = try parser.next() { if event == .partEnded { count += 1 } }
        }
        parser.append(ByteBuffer(string: "--b--"))
        while let event = try parser.next() { if event == .partEnded { count += 1 } }
        try parser.finish()
        #expect(count == 10_000)
    }

    @Test func `The boundary is what the content type names`() throws {
        #expect(try MultipartBoundary(contentType: "multipart/form-data; boundary=abc")?.value == "abc")
        #expect(try MultipartBoundary(contentType: "Multipart/Form-Data; charset=x; BOUNDARY=\"a b\"")?.value == "a b")
        #expect(try MultipartBoundary(contentType: "application/json") == nil)
        for type in ["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary"] {
            #expect(throws: MultipartError.noBoundary) { try MultipartBoundary(contentType: type) }
        }
        let long = String(repeating: "x", count: 71)
        #expect(throws: MultipartError.noBoundary) { try MultipartBoundary(long) }
    }

    // MARK: - Parsing

    private struct Part: Equatable {
        var header: PartHeader
        var content: [UInt8]

        init(_ header: PartHeader, _ content: String = "") {
            self.header = header
            self.content = Array(content.utf8)
        }
    }

    private static func parse(_ form: String) throws -> [Part] {
        try parse([Array(form.utf8)])
    }

    @discardableResult
    private static func parse(_ pieces: [[UInt8]], boundary: String = "limit") throws -> [Part] {
        var parser = MultipartParser(boundary: try MultipartBoundary(boundary))
        var parts: [Part] = []
        var isOpen = false
        for piece in pieces {
            parser.append(ByteBuffer(bytes: piece))
            while let event = try parser.next() {
                switch event {
                case .partBegan(let header):
                    #expect(!isOpen)
                    isOpen = true
                    parts.append(Part(header))
                case .content(let bytes):
                    #expect(isOpen && bytes.readableBytes > 0)
                    parts[parts.count - 1].content += Array(bytes.readableBytesView)
                case .partEnded:
                    #expect(isOpen)
                    isOpen = false
                }
            }
        }
        try parser.finish()
        return parts
    }
}
