import FaceCore
import FaceLibrary
import FaceStore
import Hummingbird

/// Photos and the faces on them.
struct PhotoRoutes: Sendable {
    let library: Library
    let calls: BlockingCalls
    let answers: CachedAnswers

    func add(to router: some RouterMethods<ServerRequestContext>) {
        router.route("/api/photos", [.get: list])
        router.route("/api/photos/{id}", [.get: show, .delete: delete])
        router.route("/api/faces", [.get: faces])
    }

    @Sendable private func list(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let query = QueryParameters(request)
        let filter = PhotoFilter(
            person: try query.id("person"), task: try query.task("task"), takenFrom: try query.day("from"),
            takenTo: try query.day("to"))
        let limit = try query.integer("limit", in: 1...1000) ?? 100
        let cursor = try query.cursor()
        let name = [
            filter.person?.description, filter.task?.name, filter.takenFrom, filter.takenTo, "\(limit)",
            cursor?.description,
        ].map { $0 ?? "" }.joined(separator: " ")
        return try await answers.page(of: request, context, .photos, "list " + name) { library, json in
            let page = try library.photos(filter, after: cursor, limit: limit)
            json.array(page.elements) { $0.write($1) }
            return page.next
        }
    }

    @Sendable private func show(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let id = try Self.id(context)
        return try await answers.answer(to: request, context, .photos, "photo \(id)") { library, json in
            guard let details = try library.photo(id) else { throw LibraryError.unknownPhoto(id.description) }
            json.write(details)
        }
    }

    @Sendable private func delete(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let id = try Self.id(context)
        let library = library
        try await calls.run { try library.deletePhoto(id) }
        return .json { $0.field("message", Sentences(context.language).photoDeleted) }
    }

    @Sendable private func faces(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let query = QueryParameters(request)
        // Only these are listed so far; faces of people are with the people.
        guard try query.flag("unknown") == true else { throw APIError.invalidParameter(name: "unknown") }
        let limit = try query.integer("limit", in: 1...1000) ?? 100
        let cursor = try query.cursor()
        return try await answers.page(of: request, context, .people, "unknown \(limit) \(cursor?.description ?? "")") {
            library, json in
            let page = try library.unknownFaces(after: cursor, limit: limit)
            json.array(page.elements) { $0.write($1) }
            return page.next
        }
    }

    private static func id(_ context: ServerRequestContext) throws(APIError) -> PhotoID {
        PhotoID(try context.number { .library(.unknownPhoto($0)) })
    }
}
