import FaceCore
import FaceLibrary
import HTTPTypes
import Hummingbird
import NIOCore

/// What can be taken out of the library: people, a person's photos, everything.
///
/// An export is made while it is sent, one piece at a time, each when the client has taken the one before.
struct ExportRoutes: Sendable {
    let library: Library
    let calls: BlockingCalls

    func add(to routes: RouteTable) {
        routes.route("/api/export/persons.csv", [.get: .read(people(.csv, type: "text/csv; charset=utf-8"))])
        routes.route("/api/export/persons.json", [.get: .read(people(.json, type: "application/json; charset=utf-8"))])
        routes.route("/api/export/library.jsonl", [.get: .admin(everything)])
        routes.route("/api/persons/{id}/photos.zip", [.get: .read(photos)])
    }

    private func people(_ format: PeopleFormat, type: String) -> RouteHandler {
        { _, _ in
            try await send(library.exportPeople(format), as: "persons.\(format.rawValue)", type: type)
        }
    }

    @Sendable private func everything(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let embeddings = try QueryParameters(request).flag("embeddings") ?? false
        return try await send(
            library.exportAll(LibraryExportOptions(embeddings: embeddings)), as: "library.jsonl",
            type: "application/jsonl; charset=utf-8")
    }

    @Sendable private func photos(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let id = PersonID(try context.number { .library(.unknownPerson($0)) })
        let library = library
        let collection = try await calls.run { try library.originals(of: id) }
        return try await send(collection.zip(), as: collection.archiveName, type: "application/zip")
    }

    /// Makes the first piece before the answer begins, so that what goes wrong until then is told as any error is.
    private func send(_ stream: ExportStream, as name: String, type: String) async throws -> Response {
        let calls = calls
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
