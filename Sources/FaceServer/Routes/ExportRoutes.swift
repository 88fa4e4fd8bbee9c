import FaceCore
import FaceLibrary
import HTTPTypes
import Hummingbird

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
            try await .export(
                library.exportPeople(format), as: "persons.\(format.rawValue)", type: type, calls: calls)
        }
    }

    @Sendable private func everything(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let embeddings = try QueryParameters(request).flag("embeddings") ?? false
        return try await .export(
            library.exportAll(LibraryExportOptions(embeddings: embeddings)), as: "library.jsonl",
            type: "application/jsonl; charset=utf-8", calls: calls)
    }

    @Sendable private func photos(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let id = PersonID(try context.number { .library(.unknownPerson($0)) })
        let library = library
        let collection = try await calls.run { try library.originals(of: id) }
        return try await .export(
            collection.zip(), as: collection.archiveName, type: "application/zip", calls: calls)
    }
}
