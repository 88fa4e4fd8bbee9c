import HTTPTypes
import Hummingbird
import Logging

/// What stands around every request: its id, its language, the answer to whatever went wrong, what is measured and the
/// line in the log.
struct RequestFrame: RouterMiddleware {
    let language: Language
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
        let record = AccessRecord(
            method: request.method, route: context.endpointPath, parameters: context.parameters,
            status: response.status, bytes: response.body.contentLength, duration: start.duration(to: .now),
            address: context.address, requestID: context.requestID)
        meter.requestEnded(record)
        log?.write(record)
        return response
    }

    private func answer(to error: any Error, of request: Request, _ context: ServerRequestContext) -> Response {
        let refusal: APIError
        if let error = error as? HTTPError, error.status == .notFound {
            refusal = .pathNotFound
        } else {
            refusal = APIError(error)
        }
        if refusal.status.kind == .serverError {
            var metadata: Logger.Metadata = ["request_id": .string(context.requestID), "code": .string(refusal.code)]
            metadata["detail"] = .string(String(reflecting: error))
            context.logger.error("A request failed.", metadata: metadata)
        }
        var response = refusal.response(in: context.language, requestID: context.requestID)
        if request.headers[.contentLength] != "0", request.method == .post || request.method == .put,
            refusal.status != .notFound || request.headers[.contentLength] == nil
        {
            // Part of the body may not have been read, and is not going to be.
            response.headers[.connection] = "close"
            context.closeConnectionSoon()
        }
        return response
    }
}
