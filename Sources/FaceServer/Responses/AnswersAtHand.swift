import FaceCache
import FaceLibrary
import HTTPTypes
import NIOCore
import Synchronization

/// Cached answers for requests that read like one that has been answered before, ready to be sent: neither the router nor
/// a route nor a task is asked for them.
///
/// What a request's text means is remembered, not what is true: an answer goes out only while the cache still has the
/// same one, so that a change ends it here as everywhere.
final class AnswersAtHand: Sendable {
    /// All of a request that a cached answer depends on.
    private struct Question: Hashable {
        /// Path and query as they were sent.
        let target: String
        let languages: String?
    }

    /// Where the answer to a question lies, and how it looked when it was last sent.
    private struct Place {
        let key: CacheKey
        let route: String
        var ready: Ready?
    }

    /// An answer with all of its head that does not belong to one request.
    struct Ready: Sendable {
        /// The pattern of the route that made it.
        let route: String
        /// What the cache's bytes begin with: the entity tag, and where a list goes on.
        fileprivate let mark: [UInt8]
        let tag: String
        let fields: HTTPFields
        let body: ByteBuffer
        /// The same, compressed; nil where that was not asked for so far.
        fileprivate var gzip: Coded?
    }

    fileprivate struct Coded: Sendable {
        let fields: HTTPFields
        let body: ByteBuffer
    }

    /// Questions that are remembered at most, and bytes of answers kept ready; when there are more, all are forgotten.
    private static let questionLimit = 2_000, bytesLimit = 8 << 20
    /// Longer answers are left to the routes, and longer questions.
    private static let answerLimit = 32_768, targetLimit = 512, languagesLimit = 128

    private let cache: AnswerCache
    private let state = Mutex(State())

    private struct State {
        var places: [Question: Place] = [:]
        var bytes = 0
    }

    init(_ cache: AnswerCache) {
        self.cache = cache
    }

    /// Remembers under which key the answer to a request is kept. Only for what depends on nothing but path, query and
    /// language.
    func remember(_ key: CacheKey, for head: HTTPRequest, route: String?) {
        guard let question = Self.question(head), let route else { return }
        state.withLock { state in
            guard state.places[question] == nil else { return }
            if state.places.count >= Self.questionLimit || state.bytes >= Self.bytesLimit { state = State() }
            state.places[question] = Place(key: key, route: route)
        }
    }

    /// The answer to a request, if it can be had at once. Never blocks but for a lock held as long as a look-up takes.
    func answer(to head: HTTPRequest) -> Ready? {
        guard let question = Self.question(head), let place = state.withLock({ $0.places[question] }),
            let bytes = cache.immediate(place.key)
        else { return nil }
        if let ready = place.ready, bytes.starts(with: ready.mark) {
            return ready.gzip == nil ? compressed(ready, for: head, question) : ready
        }
        guard bytes.count <= Self.answerLimit, let stored = StoredAnswer(bytes) else { return nil }
        let ready = Ready(
            route: place.route, mark: Array(bytes.prefix(bytes.count - stored.json.readableBytes)), tag: stored.tag,
            fields: stored.fields, body: stored.json)
        keep(ready, for: question)
        return compressed(ready, for: head, question)
    }

    private func compressed(_ ready: Ready, for head: HTTPRequest, _ question: Question) -> Ready {
        guard GzipEncoding.suits(length: ready.body.readableBytes, to: head.headerFields),
            let body = GzipEncoding.gzip(ready.body)
        else { return ready }
        var fields = ready.fields
        fields[.contentLength] = String(body.readableBytes)
        fields[.contentEncoding] = "gzip"
        var ready = ready
        ready.gzip = Coded(fields: fields, body: body)
        keep(ready, for: question)
        return ready
    }

    private func keep(_ ready: Ready, for question: Question) {
        state.withLock { state in
            guard let place = state.places[question] else { return }
            state.bytes += ready.byteCount - (place.ready?.byteCount ?? 0)
            state.places[question]?.ready = ready
            if state.bytes > Self.bytesLimit { state = State() }
        }
    }

    private static func question(_ head: HTTPRequest) -> Question? {
        guard head.method == .get, let target = head.path, target.utf8.count <= targetLimit else { return nil }
        let languages = head.headerFields[.acceptLanguage]
        guard languages?.utf8.count ?? 0 <= languagesLimit else { return nil }
        return Question(target: target, languages: languages)
    }
}

extension AnswersAtHand.Ready {
    fileprivate var byteCount: Int { body.readableBytes + (gzip?.body.readableBytes ?? 0) }

    /// What goes out to a client: 304 without a body where it has the answer already.
    func response(to head: HTTPRequest) -> (response: HTTPResponse, body: ByteBuffer?) {
        if head.headerFields[.ifNoneMatch] != nil, EntityVersion(etag: tag).isKnown(by: head.headerFields) {
            var fields = fields
            fields[.contentType] = nil
            fields[.contentLength] = nil
            return (HTTPResponse(status: .notModified, headerFields: fields), nil)
        }
        if let gzip, GzipEncoding.isAccepted(head.headerFields[.acceptEncoding]) {
            return (HTTPResponse(status: .ok, headerFields: gzip.fields), gzip.body)
        }
        return (HTTPResponse(status: .ok, headerFields: fields), body)
    }
}
