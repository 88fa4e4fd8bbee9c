import HTTPTypes
import Hummingbird
import Logging

/// What stands around every request: its id, its language, the answer to whatever went wrong, what is measured and the
/// line in the log.
struct RequestFrame: RouterMiddleware {
    let language: Language
    let policy: AccessPolicy
    let log: AccessLog?
    let meter: any RequestMeter

    func handle(
        _ request: Request, context: ServerRequestContext,
        next: (Request, ServerRequestContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        var context = context
        context.requestID = RequestID.of(sender: request.headers[.xRequestID])
        context.language = Language(accepting: request.headers[.acceptLanguage], fallback: language)
        meter.requestBegan()
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            response = answer(to: error, of: request, context)
        }
        response.headers[.xRequestID] = context.requestID
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.referrerPolicy] = "no-referrer"
        if let fields = policy.crossOriginFields(for: request.head) { response.headers.append(contentsOf: fields) }
        let record = AccessRecord(
            method: request.method, route: context.endpointPath, id: context.parameters.get("id"),
            status: response.status, bytes: response.body.contentLength, duration: start.duration(to: .now),
            address: context.address, requestID: context.requestID)
        meter.requestEnded(record)
        log?.write(record)
        return response
    }

    private func answer(to error: any Error, of request: Request, _ context: ServerRequestContext) -> Response {
        let refusal = APIError(answering: error)
        if refusal.status.kind == .serverError {
            context.logger.error(
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
