import FaceCore
import FaceLibrary
import FaceStore
import HTTPTypes
import Hummingbird
import NIOCore

// Responses as the routes make them.

extension Response {
    /// A JSON answer that changes from one moment to the next: browsers ask again each time.
    static func json(_ bytes: [UInt8], status: HTTPResponse.Status = .ok) -> Response {
        json(ByteBuffer(bytes: bytes), status: status)
    }

    static func json(_ body: ByteBuffer, status: HTTPResponse.Status = .ok) -> Response {
        let fields: HTTPFields = [
            .contentType: "application/json; charset=utf-8", .cacheControl: "private, no-cache",
            .contentLength: String(body.readableBytes),
        ]
        return Response(status: status, headers: fields, body: ResponseBody(byteBuffer: body))
    }

    /// A JSON object of the fields that `body` writes.
    static func json(status: HTTPResponse.Status = .ok, object body: (inout JSONWriter) -> Void) -> Response {
        var writer = JSONWriter()
        writer.object(body)
        return json(writer.buffer, status: status)
    }

    /// Sends a browser elsewhere, to be asked for with GET.
    static func seeOther(_ path: String) -> Response {
        Response(status: .seeOther, headers: [.location: path, .contentLength: "0", .cacheControl: "no-store"])
    }
}

extension APIError {
    /// Who is how by now, where somebody else was faster.
    private var conflictingPersons: [PersonID: Person?]? {
        guard case .library(.store(.conflict(let persons))) = self else { return nil }
        return persons
    }

    /// The answer to a request that failed, in words, with a code for programs.
    func response(in language: Language, requestID: String) -> Response {
        var response = Response.json(status: status) { json in
            json.field("error", sentence(in: language))
            json.field("code", code)
            json.field("request_id", requestID)
            if let persons = conflictingPersons { json.writeConflict(persons) }
        }
        response.headers[.contentLanguage] = language.rawValue
        for field in headerFields { response.headers[field.name] = field.value }
        return response
    }
}
