import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import FaceServer

struct AnswersAtHandHandlerTests {
    /// Has an answer to `/ready` at hand.
    private let channel = EmbeddedChannel(
        handler: AnswersAtHandHandler { request, _ in
            guard request.path == "/ready" else { return nil }
            return (HTTPResponse(status: .ok), ByteBuffer(string: "ready"))
        })

    private func receive(
        _ path: String, _ method: HTTPRequest.Method = .get, _ fields: HTTPFields = [:], body: String? = nil
    ) throws {
        let head = HTTPRequest(method: method, scheme: "http", authority: "x", path: path, headerFields: fields)
        try channel.writeInbound(HTTPRequestPart.head(head))
        if let body { try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(string: body))) }
        try channel.writeInbound(HTTPRequestPart.end(nil))
    }

    /// What was let through, a word a part.
    private func letThrough() throws -> [String] {
        var words: [String] = []
        while let part = try channel.readInbound(as: HTTPRequestPart.self) {
            switch part {
            case .head(let head): words.append(head.path ?? "")
            case .body(let body): words.append(String(buffer: body))
            case .end: words.append("end")
            }
        }
        return words
    }

    /// What was answered, a word a part.
    private func answered() throws -> [String] {
        var words: [String] = []
        while let part = try channel.readOutbound(as: HTTPResponsePart.self) {
            switch part {
            case .head(let head): words.append("\(head.status.code)")
            case .body(let body): words.append(String(buffer: body))
            case .end: words.append("end")
            }
        }
        return words
    }

    private func answer(_ body: String) throws {
        try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .ok)))
        try channel.writeOutbound(HTTPResponsePart.body(ByteBuffer(string: body)))
        try channel.writeOutbound(HTTPResponsePart.end(nil))
    }

    @Test func `What is at hand is answered and goes no further`() throws {
        for _ in 0..<2 {
            try receive("/ready")
            #expect(try letThrough() == [])
            #expect(try answered() == ["200", "ready", "end"])
        }
    }

    @Test func `What is not at hand goes on whole`() throws {
        try receive("/other")
        #expect(try letThrough() == ["/other", "end"])
        #expect(try answered() == [])
    }

    @Test func `A request waits for the answers to those before it`() throws {
        try receive("/other")
        try receive("/ready")
        #expect(try letThrough() == ["/other", "end", "/ready", "end"])
        #expect(try answered() == [])
        try answer("first")
        try answer("second")
        #expect(try answered() == ["200", "first", "end", "200", "second", "end"])
        try receive("/ready")
        #expect(try answered() == ["200", "ready", "end"])
    }

    private static let demanding: [(HTTPRequest.Method, HTTPFields)] = [
        (.head, [:]), (.post, [:]), (.get, [.contentLength: "4"]), (.get, [.transferEncoding: "chunked"]),
        (.get, [.expect: "100-continue"]), (.get, [.connection: "close"]),
    ]

    @Test(arguments: demanding)
    func `What asks more than an answer goes on`(method: HTTPRequest.Method, fields: HTTPFields) throws {
        try receive("/ready", method, fields)
        #expect(try letThrough() == ["/ready", "end"])
        #expect(try answered() == [])
    }

    @Test func `A body that nothing announced goes on behind its head`() throws {
        try receive("/ready", body: "body")
        #expect(try letThrough() == ["/ready", "body", "end"])
    }

    @Test func `A request that breaks off is heard of`() throws {
        let head = HTTPRequest(method: .get, scheme: "http", authority: "x", path: "/ready")
        try channel.writeInbound(HTTPRequestPart.head(head))
        #expect(try letThrough() == [])
        channel.pipeline.fireErrorCaught(ChannelError.inputClosed)
        #expect(try letThrough() == ["/ready"])
    }
}
