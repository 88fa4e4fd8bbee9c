import Foundation
import HTTPTransfer
import Testing

struct HTTPTransferTests {
    private static let hello = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Word: a: b\r\n\r\nhello"

    @Test func `An answer comes with its status, headers and body`() throws {
        let server = try CannedServer(Self.hello)
        let response = try HTTPTransfer().response(
            to: .init(
                url: server.url + "/a?b=c", headers: [.init(name: "X-Key", value: "1"), .init(name: "X-No", value: "")])
        )
        #expect(response.status == 200)
        #expect(response.header("x-WORD") == "a: b")
        #expect(response.body == Array("hello".utf8))
        let request = try #require(server.requests.first)
        #expect(request.hasPrefix("GET /a?b=c HTTP/1.1\r\n"))
        #expect(request.contains("\r\nX-Key: 1\r\n"))
        #expect(request.contains("\r\nX-No:\r\n"))
        #expect(!request.contains("Expect"))
    }

    @Test(arguments: ["POST", "PUT", "PATCH", "DELETE"])
    func `A body of bytes is sent with its length`(_ method: String) throws {
        let server = try CannedServer(Self.hello)
        _ = try HTTPTransfer().response(to: .init(method: method, url: server.url, body: .bytes(Array("body".utf8))))
        let request = try #require(server.requests.first)
        #expect(request.hasPrefix("\(method) / HTTP/1.1\r\n"))
        #expect(request.contains("Content-Length: 4\r\n"))
        #expect(request.hasSuffix("\r\n\r\nbody"))
    }

    @Test func `A POST without a body says that its body is empty`() throws {
        let server = try CannedServer(Self.hello)
        _ = try HTTPTransfer().response(to: .init(method: "POST", url: server.url))
        #expect(server.requests.first?.contains("Content-Length: 0\r\n") == true)
    }

    @Test func `A part of a file is sent from where it lies`() throws {
        let server = try CannedServer(Self.hello)
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("transfer-\(UUID())")
        try Data("0123456789".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        _ = try HTTPTransfer().response(
            to: .init(method: "PUT", url: server.url, body: .file(path: file.path, offset: 3, length: 4)))
        #expect(server.requests.first?.hasSuffix("\r\n\r\n3456") == true)
    }

    @Test func `A file that is not there, or too short, is an error`() throws {
        let server = try CannedServer(Self.hello)
        #expect(throws: HTTPTransferError.bodyUnreadable) {
            _ = try HTTPTransfer().response(
                to: .init(method: "PUT", url: server.url, body: .file(path: "/nowhere/at/all", length: 4)))
        }
        #expect(throws: HTTPTransferError.interrupted(host: "127.0.0.1:\(server.port)")) {
            _ = try HTTPTransfer().response(
                to: .init(method: "PUT", url: server.url, body: .file(path: "/dev/null", length: 4)))
        }
    }

    @Test func `HEAD waits for no body`() throws {
        let server = try CannedServer("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        let response = try HTTPTransfer(limits: .init(whole: .seconds(5)))
            .response(to: .init(method: "HEAD", url: server.url))
        #expect(response.header("Content-Length") == "1000")
    }

    @Test func `A redirect is an answer and is not followed`() throws {
        let other = try CannedServer(Self.hello)
        let server = try CannedServer("HTTP/1.1 302 Found\r\nLocation: \(other.url)/\r\nContent-Length: 0\r\n\r\n")
        let response = try HTTPTransfer().response(to: .init(url: server.url))
        #expect(response.status == 302)
        #expect(other.requests.isEmpty)
    }

    @Test func `Requests one after another share a connection, and do not share options`() throws {
        let server = try CannedServer(Self.hello)
        let transfer = HTTPTransfer()
        _ = try transfer.response(
            to: .init(method: "PUT", url: server.url, headers: [.init(name: "X-Once", value: "1")], body: .bytes([65])))
        _ = try transfer.response(to: .init(url: server.url))
        #expect(server.connections == 1)
        #expect(server.requests.count == 2)
        #expect(server.requests.last?.hasPrefix("GET / ") == true)
        #expect(server.requests.last?.contains("X-Once") == false)
    }

    @Test func `An answer that is longer than allowed is refused, and one of that length is not`() throws {
        let server = try CannedServer(Self.hello)
        #expect(throws: HTTPTransferError.answerTooLarge(host: "127.0.0.1:\(server.port)")) {
            _ = try HTTPTransfer(limits: .init(answerBytes: 4)).response(to: .init(url: server.url))
        }
        #expect(try HTTPTransfer(limits: .init(answerBytes: 5)).response(to: .init(url: server.url)).body.count == 5)
    }

    @Test func `Who wants no more of a body ends the transfer without an error`() throws {
        let server = try CannedServer("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nhello")
        let response = try HTTPTransfer().response(to: .init(url: server.url), receiving: { _ in false })
        #expect(response.status == 200)
    }

    @Test func `Where only the internet is allowed, this machine is refused by address and by name`() throws {
        let server = try CannedServer(Self.hello)
        let transfer = HTTPTransfer(addresses: .publicOnly)
        for host in ["127.0.0.1", "localhost", "0x7f.1", "[::ffff:127.0.0.1]", "2130706433"] {
            #expect(throws: HTTPTransferError.refusedAddress(host: "\(host):\(server.port)")) {
                _ = try transfer.response(to: .init(url: "http://\(host):\(server.port)/"))
            }
        }
        #expect(server.connections == 0)
    }

    @Test func `Nobody there, no answer in time, and an answer that is no HTTP are told apart`() throws {
        #expect(throws: HTTPTransferError.unreachable(host: "127.0.0.1:1")) {
            _ = try HTTPTransfer().response(to: .init(url: "http://127.0.0.1:1/"))
        }
        let silent = try CannedServer(nil)
        #expect(throws: HTTPTransferError.tooSlow(host: "127.0.0.1:\(silent.port)")) {
            _ = try HTTPTransfer(limits: .init(whole: .milliseconds(200))).response(to: .init(url: silent.url))
        }
        let odd = try CannedServer("SSH-2.0-nothing\r\n")
        #expect(throws: HTTPTransferError.interrupted(host: "127.0.0.1:\(odd.port)")) {
            _ = try HTTPTransfer().response(to: .init(url: odd.url))
        }
    }

    @Test func `Where only the head counts, an answer whose body never ends is an answer`() throws {
        let endless = try CannedServer("HTTP/1.1 201 Created\r\nRetry-After: 7\r\nContent-Length: 1000\r\n\r\nhello")
        let transfer = HTTPTransfer(limits: .init(whole: .milliseconds(300)))
        let response = try transfer.head(of: .init(method: "POST", url: endless.url, body: .bytes([65])))
        #expect(response.status == 201 && response.header("retry-after") == "7")
        let unfinished = try CannedServer("HTTP/1.1 200 OK\r\nContent-Le")
        #expect(throws: HTTPTransferError.tooSlow(host: "127.0.0.1:\(unfinished.port)")) {
            _ = try transfer.head(of: .init(url: unfinished.url))
        }
        let interim = try CannedServer("HTTP/1.1 102 Processing\r\n\r\n")
        #expect(throws: HTTPTransferError.tooSlow(host: "127.0.0.1:\(interim.port)")) {
            _ = try transfer.head(of: .init(url: interim.url))
        }
        // The body of whole answers has to be whole.
        #expect(throws: HTTPTransferError.tooSlow(host: "127.0.0.1:\(endless.port)")) {
            _ = try transfer.response(to: .init(url: endless.url))
        }
    }

    @Test func `Where encryption is wanted, http is refused before anything is sent`() throws {
        let server = try CannedServer(Self.hello)
        #expect(throws: HTTPTransferError.notEncrypted(host: "127.0.0.1:\(server.port)")) {
            _ = try HTTPTransfer(requiresTLS: true).response(to: .init(url: server.url))
        }
        #expect(server.connections == 0)
    }

    @Test(arguments: ["", "ftp://a/", "file:///etc/passwd", "gopher://a", "http://", "http://a\r\nb/", "http://a:b/"])
    func `What is no address of the web is refused`(_ url: String) {
        #expect(throws: HTTPTransferError.badURL) { _ = try HTTPTransfer().response(to: .init(url: url)) }
    }

    @Test func `A header cannot carry a second one`() throws {
        let server = try CannedServer(Self.hello)
        #expect(throws: HTTPTransferError.badURL) {
            _ = try HTTPTransfer().response(
                to: .init(url: server.url, headers: [.init(name: "X", value: "1\r\nY: 2")]))
        }
    }

    @Test func `What may pass is what another attempt can help`() {
        #expect(HTTPTransferError.unreachable(host: "a").mayPass)
        #expect(!HTTPTransferError.refusedAddress(host: "a").mayPass)
    }
}
