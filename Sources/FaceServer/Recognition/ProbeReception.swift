import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// Takes in the bodies of the recognition API, which are held in memory, all of them together within a bound.
struct ProbeReception: Sendable {
    /// Of one request.
    let limit: Int
    private let calls: BlockingCalls
    private let room: ByteRoom

    /// - Parameters:
    ///   - limit: bytes of a request.
    ///   - calls: take the bodies apart, which takes a while for large ones.
    ///   - total: bytes of all requests that are in work; those beyond are refused for now.
    init(limit: Int, total: Int, calls: BlockingCalls) {
        self.limit = limit
        self.calls = calls
        room = ByteRoom(bytes: max(total, limit))
    }

    /// Runs work on what a request brings; its bytes count until the work is done.
    ///
    /// - Throws: `APIError`, `MultipartError`, and what the work throws.
    func receiving<Value: Sendable>(
        _ request: Request, _ work: (ProbeForm) async throws -> Value
    ) async throws -> Value {
        let boundary = try request.headers[.contentType].flatMap(MultipartBoundary.init(contentType:))
        let type = request.headers[.contentType].map { ParameterizedField($0).value.lowercased() }
        guard boundary != nil || type == "application/json" else {
            throw APIError.wrongMediaType(expected: "multipart/form-data or application/json")
        }
        let length = request.headers[.contentLength].flatMap { Int($0) } ?? limit
        guard length <= limit else { throw APIError.bodyTooLarge(limit: limit) }
        guard room.take(length) else { throw APIError.overloaded }
        defer { room.giveBack(length) }
        let body = try await request.body(upTo: limit)
        let form = try await calls.run {
            if let boundary { return try ProbeForm(ByteBuffer(bytes: body), boundary: boundary) }
            return try ProbeForm(json: body)
        }
        return try await work(form)
    }
}

/// A number of bytes that several may share.
private final class ByteRoom: Sendable {
    private let free: Mutex<Int>

    init(bytes: Int) { free = Mutex(bytes) }

    func take(_ bytes: Int) -> Bool {
        free.withLock { free in
            guard free >= bytes else { return false }
            free -= bytes
            return true
        }
    }

    func giveBack(_ bytes: Int) { free.withLock { $0 += bytes } }
}
