import FaceCore
import FaceLibrary
import FaceStore
import Foundation
import Hummingbird

/// People: lists, search, names, deletion.
struct PersonRoutes: Sendable {
    let library: Library
    let calls: BlockingCalls
    let answers: CachedAnswers
    let bodyLimit: Int

    func add(to router: some RouterMethods<ServerRequestContext>) {
        router.route("/api/persons", [.get: list])
        router.route("/api/persons/{id}", [.get: show, .put: rename, .delete: delete])
        router.route("/api/search", [.get: search])
    }

    @Sendable private func list(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let query = QueryParameters(request)
        let limit = try query.integer("limit", in: 1...1000)
        let offset = try query.integer("offset", in: 0...1_000_000_000) ?? 0
        let cursor = try query.cursor()
        let name = "\(limit ?? 0) \(offset) \(cursor?.description ?? "")"
        return try await answers.page(.people, name) { library, json in
            let page = try library.persons(after: cursor, offset: offset, limit: limit)
            json.array(page.elements) { $0.write($1) }
            return page.next
        }
    }

    @Sendable private func show(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let id = try Self.id(context)
        return try await answers.answer(.people, "person \(id)") { library, json in
            guard let details = try library.person(id) else { throw LibraryError.unknownPerson(id.description) }
            json.write(details)
        }
    }

    @Sendable private func rename(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let id = try Self.id(context)
        let body = try await request.body(upTo: bodyLimit)
        guard let name = try Renaming(json: body).name else { throw APIError.nameMissing }
        let library = library
        let person = try await calls.run { try library.rename(id, to: name) }
        return .json { json in
            json.field("message", Sentences(context.language).personRenamed)
            json.field("name", person.displayName)
        }
    }

    @Sendable private func delete(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let id = try Self.id(context)
        let library = library
        _ = try await calls.run { try library.deletePerson(id) }
        return .json { $0.field("message", Sentences(context.language).personDeleted) }
    }

    @Sendable private func search(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        guard let text = try QueryParameters(request).text("q")?.trimmingCharacters(in: .whitespacesAndNewlines),
            !text.isEmpty
        else { throw APIError.missingParameter(name: "q") }
        guard text.unicodeScalars.count <= PersonName.maximumLength else {
            throw APIError.invalidParameter(name: "q")
        }
        return try await answers.answer(.people, "search \(text)") { library, json in
            json.array(try library.search(text)) { $0.write($1) }
        }
    }

    private static func id(_ context: ServerRequestContext) throws(APIError) -> PersonID {
        PersonID(try context.number { .library(.unknownPerson($0)) })
    }
}

/// The body of a request that names a person.
private struct Renaming: Decodable {
    let name: String?

    init(json: Data) throws(APIError) {
        let parsed: Any
        do { parsed = try JSONSerialization.jsonObject(with: json) } catch { throw .invalidJSON }
        guard let object = parsed as? [String: Any] else { throw .invalidJSON }
        name = object["name"] as? String
    }
}
