import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1

/// What stands around every request: its id, its language, who is let in, the form in which the answer goes out, the
/// answer to whatever went wrong, what is measured and the line in the log.
///
/// It stands around the router rather than in it as middleware, and answers connections itself: a cached answer is made
/// in less time than several layers of middleware and a logger for each request take.
struct RequestFrame: HTTPResponder {
    let routes: RouterResponder<ServerRequestContext>
    let atHand: AnswersAtHand
    let language: Language
    let gate: AccessGate
    let encoding: GzipEncoding
    let meter: any RequestMeter
    /// Nil leaves requests out of the log.
    let accessLog: AccessLog?
    let logger: Logger
    private let clock = HTTPClock()

    init(
        routes: RouterResponder<ServerRequestContext>, atHand: AnswersAtHand, language: Language, gate: AccessGate,
        encoding: GzipEncoding, meter: any RequestMeter, accessLog: AccessLog?, logger: Logger
    ) {
        self.routes = routes
        self.atHand = atHand
        self.language = language
        self.gate = gate
        self.encoding = encoding
        self.meter = meter
        self.accessLog = accessLog
        self.logger = logger
    }

    /// Answers a request of a connection.
    @Sendable func answer(
        _ request: Request, _ writer: consuming ResponseWriter, _ channel: any Channel
    ) async throws {
        let response = await respond(to: request, context: .init(source: .init(channel: channel, logger: logger)))
        do {
            try await writer.write(response: response.head, body: response.body)
        } catch is HTTPParserError {
            // Who answers these would write a second answer into the first.
            throw APIError.interrupted
        }
    }

    func respond(to request: Request, context: ServerRequestContext) async -> Response {
        let start = ContinuousClock.now
        var context = context
        context.requestID = RequestID.of(sender: request.headers[.xRequestID])
        context.acceptedLanguages = request.headers[.acceptLanguage]
        context.fallbackLanguage = language
        meter.requestBegan()
        var response: Response
        do {
            if let answer = try gate.answer(to: request) {
                response = answer
            } else {
                response = try await routes.respond(to: request, context: context)
                // The router's own answer to what it does not know.
                guard context.route != nil else { throw APIError.pathNotFound }
                response = response.unlessKnown(by: request)
                if encoding.suits(response, to: request) { response = try await encoding.encoded(response) }
            }
        } catch {
            response = await answer(to: error, of: request, context)
        }
        finish(&response.headers, of: request.head, id: context.requestID)
        let record = AccessRecord(
            method: request.method, route: context.route, status: response.status,
            bytes: response.body.contentLength, duration: start.duration(to: .now))
        meter.requestEnded(record)
        accessLog?.write(
            record, path: request.uri.path, address: context.address, requestID: context.requestID)
        return response
    }

    /// The answer to a request that needs no more than a look into the cache; nil where it needs more, if only a refusal.
    @Sendable func answerAtHand(
        to head: HTTPRequest, on channel: any Channel
    ) -> (response: HTTPResponse, body: ByteBuffer?)? {
        let start = ContinuousClock.now
        guard let answer = atHand.answer(to: head), gate.policy.allows(head) else { return nil }
        meter.requestBegan()
        let id = RequestID.of(sender: head.headerFields[.xRequestID])
        var (response, body) = answer.response(to: head)
        finish(&response.headerFields, of: head, id: id)
        let record = AccessRecord(
            method: head.method, route: answer.route, status: response.status, bytes: body?.readableBytes ?? 0,
            duration: start.duration(to: .now))
        meter.requestEnded(record)
        accessLog?.write(
            record, path: head.path ?? "", address: channel.remoteAddress?.ipAddress ?? "unknown", requestID: id)
        return (response, body)
    }

    /// Adds what every answer has.
    private func finish(_ fields: inout HTTPFields, of head: HTTPRequest, id: String) {
        fields[.xRequestID] = id
        fields[.xContentTypeOptions] = "nosniff"
        fields[.date] = clock.now
        if let own = gate.policy.crossOriginFields(for: head) { fields.append(contentsOf: own) }
    }

    private func answer(to error: any Error, of request: Request, _ context: ServerRequestContext) async -> Response {
        let refusal = await gate.slowedDown(APIError(answering: error), of: context)
        if refusal.status.kind == .serverError {
            logger.error(
                "A request failed.",
                metadata: [
                    "request_id": .string(context.requestID), "code": .string(refusal.code),
                    "detail": .string(String(reflecting: error)),
                ])
        }
        var response = refusal.response(in: context.language, requestID: context.requestID)
        if request.hasLongBody {
            // What was not read of it is not waited for.
            response.headers[.connection] = "close"
            context.closeConnectionSoon()
        }
        return response
    }
}

extension Request {
    /// Whether the body has more bytes than are cheap to read and forget, or an unknown number.
    fileprivate var hasLongBody: Bool {
        headers[.transferEncoding] != nil || headers[.contentLength].flatMap { Int($0) } ?? 0 > 65_536
    }
}
