import FaceCache
import FaceCore
import FaceLibrary
import FaceStore
import Hummingbird

/// Answers that are the same for everybody until something changes: out of the library's cache without taking a thread
/// where they are there, and made on one where they are not.
struct CachedAnswers: Sendable {
    let library: Library
    let calls: BlockingCalls

    /// - Parameter make: reads the library and writes the answer's one JSON value.
    func answer(
        _ topic: CacheTopic, _ name: String, make: @escaping @Sendable (Library, inout JSONWriter) throws -> Void
    ) async throws -> Response {
        let key = CacheKey(topic, name)
        if let bytes = library.answers.immediate(key) { return .json(bytes) }
        let library = library
        let bytes = try await calls.run {
            try library.answers.answer(key) { () throws(any Error) in
                var writer = JSONWriter()
                try make(library, &writer)
                return Array(writer.buffer.readableBytesView)
            }
        }
        return .json(bytes)
    }

    /// A list of which only a part may be asked for: where the next part begins stands in `X-Next-Cursor`, and before
    /// the bytes in the cache, ended by a line break.
    func page(
        _ topic: CacheTopic, _ name: String, make: @escaping @Sendable (Library, inout JSONWriter) throws -> PageCursor?
    ) async throws -> Response {
        let key = CacheKey(topic, name)
        if let bytes = library.answers.immediate(key) { return Self.response(ofPage: bytes) }
        let library = library
        let bytes = try await calls.run {
            try library.answers.answer(key) { () throws(any Error) in
                var writer = JSONWriter()
                let next = try make(library, &writer)
                return Array((next?.description ?? "").utf8) + [UInt8(ascii: "\n")]
                    + Array(writer.buffer.readableBytesView)
            }
        }
        return Self.response(ofPage: bytes)
    }

    private static func response(ofPage bytes: [UInt8]) -> Response {
        let end = bytes.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.startIndex
        var response = Response.json(Array(bytes[(end + 1)...]))
        if end > bytes.startIndex { response.headers[.xNextCursor] = String(decoding: bytes[..<end], as: UTF8.self) }
        return response
    }
}
