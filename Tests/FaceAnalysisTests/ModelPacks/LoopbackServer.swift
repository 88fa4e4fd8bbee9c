import Foundation
import Synchronization

/// A web server on the loopback interface that serves one file and misbehaves on demand; one request a connection.
final class LoopbackServer: Sendable {
    struct Failure: Error {}

    /// What the server does with the next request.
    enum Behaviour: Sendable {
        /// Serves the file, and a range of it when asked for one.
        case serve
        /// Sends the whole file, whatever range was asked for.
        case ignoreRange
        /// Announces the rest of the file and closes after so many bytes of it.
        case cutAfter(Int)
        /// Accepts and never answers.
        case hang
        /// Sends so many bytes and then no more.
        case stallAfter(Int)
        case status(Int)
        case redirect
    }

    private let socket: Int32
    let port: UInt16
    private let file: [UInt8]
    private struct State: Sendable {
        var behaviours: [Behaviour]
        var ranges: [String?] = []
        var isOpen = true
    }
    private let state: Mutex<State>

    /// - Parameter behaviours: one a request; after the last one the file is served.
    init(file: [UInt8], behaviours: [Behaviour] = []) throws {
        self.file = file
        state = Mutex(State(behaviours: behaviours))
        socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = socket
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, length) == 0 && listen(descriptor, 16) == 0
                    && getsockname(descriptor, generic, &length) == 0
            }
        }
        guard isListening else { throw Failure() }
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread { [self] in accept() }
    }

    func url(_ name: String) throws -> URL {
        guard let url = URL(string: "http://127.0.0.1:\(port)/\(name)") else { throw Failure() }
        return url
    }

    /// The `Range` header of each request so far.
    var ranges: [String?] { state.withLock { $0.ranges } }

    /// Ends the accepting thread; without it the server lives as long as the process.
    func stop() {
        state.withLock { $0.isOpen = false }
        shutdown(socket, Int32(SHUT_RDWR))
    }

    private func accept() {
        while state.withLock({ $0.isOpen }) {
            let connection = Foundation.accept(socket, nil, nil)
            guard connection >= 0 else { break }
            Thread.detachNewThread { [self] in
                answer(connection)
                close(connection)
            }
        }
        close(socket)
    }

    private func answer(_ connection: Int32) {
        let head = readHead(connection)
        let range = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("range:") }
            .map { $0.dropFirst("range:".count).trimmingCharacters(in: .whitespaces) }
        let behaviour = state.withLock { state in
            state.ranges.append(range)
            return state.behaviours.isEmpty ? .serve : state.behaviours.removeFirst()
        }
        let start = range.flatMap { Int($0.dropFirst("bytes=".count).dropLast()) } ?? 0
        switch behaviour {
        case .serve: serve(connection, from: start, count: nil)
        case .ignoreRange: serve(connection, from: 0, count: nil)
        case .cutAfter(let count): serve(connection, from: start, count: count)
        case .stallAfter(let count):
            serve(connection, from: start, count: count)
            waitForClose(connection)
        case .hang: waitForClose(connection)
        case .status(let status): send(connection, Array("HTTP/1.1 \(status) No\r\nContent-Length: 0\r\n\r\n".utf8))
        case .redirect:
            let head = "HTTP/1.1 302 Found\r\nLocation: /moved\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            send(connection, Array(head.utf8))
        }
    }

    private func serve(_ connection: Int32, from start: Int, count: Int?) {
        guard start < file.count else {
            send(connection, Array("HTTP/1.1 416 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".utf8))
            return
        }
        var head = start == 0 ? "HTTP/1.1 200 OK\r\n" : "HTTP/1.1 206 Partial Content\r\n"
        if start > 0 { head += "Content-Range: bytes \(start)-\(file.count - 1)/\(file.count)\r\n" }
        head += "Content-Length: \(file.count - start)\r\nConnection: close\r\n\r\n"
        send(connection, Array(head.utf8))
        send(connection, Array(file[start..<min(start + (count ?? file.count), file.count)]))
    }

    private func send(_ connection: Int32, _ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Foundation.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            sent += count
        }
    }

    private func readHead(_ connection: Int32) -> String {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while !bytes.suffix(4).elementsEqual([13, 10, 13, 10]), read(connection, &byte, 1) == 1 { bytes.append(byte) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func waitForClose(_ connection: Int32) {
        var byte: UInt8 = 0
        while read(connection, &byte, 1) > 0 {}
    }
}
