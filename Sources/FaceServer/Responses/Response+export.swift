import FaceLibrary
import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    /// A file for download that is made while it is sent. The first piece is made before the answer begins, so that what
    /// goes wrong until then is told as any error is.
    ///
    /// - Parameter calls: threads that make the pieces.
    static func export(
        _ stream: ExportStream, as name: String, type: String, calls: BlockingCalls
    ) async throws -> Response {
        let first = try await calls.run { try stream.next() }
        var fields: HTTPFields = [
            .contentType: type, .cacheControl: "private, no-store",
            .contentDisposition: AttachmentName(name).field,
        ]
        if let length = stream.byteCount { fields[.contentLength] = String(length) }
        let body = ResponseBody(contentLength: stream.byteCount) { writer in
            var piece = first
            while let bytes = piece {
                try await writer.write(ByteBuffer(bytes: bytes))
                piece = try await calls.run { try stream.next() }
            }
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: fields, body: body)
    }
}
