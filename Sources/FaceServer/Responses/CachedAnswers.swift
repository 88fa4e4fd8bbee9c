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
    let atHand: AnswersAtHand

    /// An answer that depends on the request's path, query and language alone.
    ///
    /// - Parameters:
    ///   - name: what of the request it depends on, as the route reads it.
    ///   - make: reads the library and writes the answer's one JSON value.
    func answer(
        to request: Request, _ context: ServerRequestContext, _ topic: CacheTopic, _ name: String,
        make: @escaping @Sendable (Library, inout JSONWriter) throws -> Void
    ) async throws -> Response {
        try await page(of: request, context, topic, name) { library, json in
            try make(library, &json)
            return nil
        }
    }

    /// A list of which only a part may be asked for: where the next part begins stands in `X-Next-Cursor`.
    func page(
        of request: Request, _ context: ServerRequestContext, _ topic: CacheTopic, _ name: String,
        make: @escaping @Sendable (Library, inout JSONWriter) throws -> PageCursor?
    ) async throws -> Response {
        let key = CacheKey(topic, name)
        if let answer = library.answers.immediate(key).flatMap(StoredAnswer.init) {
            atHand.remember(key, for: request.head, route: context.route)
            return Self.response(answer)
        }
        return try await made(key, make)
    }

    private func made(
        _ key: CacheKey, _ make: @escaping @Sendable (Library, inout JSONWriter) throws -> PageCursor?
    ) async throws -> Response {
        let library = library
        let answer = try await calls.run {
            let bytes = try library.answers.answer(key) { () throws(any Error) in
                try Self.answer(library, make).bytes
            }
            if let answer = StoredAnswer(bytes) { return answer }
            // A cache that outlives the process may have what another version has put there.
            library.answers.driver.remove(key)
            return try Self.answer(library, make)
        }
        return Self.response(answer)
    }

    private static func answer(
        _ library: Library, _ make: (Library, inout JSONWriter) throws -> PageCursor?
    ) throws -> StoredAnswer {
        var writer = JSONWriter()
        let next = try make(library, &writer)
        return StoredAnswer(writer.buffer, nextCursor: next?.description)
    }

    private static func response(_ answer: StoredAnswer) -> Response {
        Response(status: .ok, headers: answer.fields, body: ResponseBody(byteBuffer: answer.json))
    }
}
