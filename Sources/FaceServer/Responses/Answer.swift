import FaceCore
import FaceLibrary
import FaceStore
import HTTPTypes
import Hummingbird
import NIOCore

// Responses as the routes make them.

extension Response {
    /// A JSON answer that changes from one moment to the next: browsers ask again each time. Long ones are compressed for
    /// those who take that.
    static func json(_ body: ByteBuffer, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: .json(length: body.readableBytes), body: ResponseBody(byteBuffer: body))
    }

    /// A JSON object of the fields that `body` writes.
    static func json(status: HTTPResponse.Status = .ok, object body: (inout JSONWriter) -> Void) -> Response {
        var writer = JSONWriter()
        writer.object(body)
        return json(writer.buffer, status: status)
    }

    /// 304 in its place where the sender has it already: his `If-None-Match` names its entity tag.
    func unlessKnown(by request: Request) -> Response {
        guard status == .ok, request.headers.contains(.ifNoneMatch), let tag = headers[.eTag],
            EntityVersion(etag: tag).isKnown(by: request.headers)
        else { return self }
        var fields = headers
        fields[.contentType] = nil
        fields[.contentLength] = nil
        return Response(status: .notModified, headers: fields)
    }

    /// Sends a browser elsewhere, to be asked for with GET.
    static func seeOther(_ path: String) -> Response {
        Response(status: .seeOther, headers: [.location: path, .contentLength: "0", .cacheControl: "no-store"])
    }
}

extension HTTPFields {
    /// Those of a JSON answer of so many bytes.
    static func json(length: Int) -> HTTPFields {
        var fields = HTTPFields()
        // With what a cached answer and `RequestFrame` add.
        fields.reserveCapacity(9)
        fields[.contentType] = "application/json; charset=utf-8"
        fields[.contentLength] = String(length)
        fields[.cacheControl] = "private, no-cache"
        fields[.vary] = "Accept-Encoding"
        return fields
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
