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
    let edits: EditAnswers

    func add(to router: some RouterMethods<ServerRequestContext>) {
        router.route("/api/persons", [.get: list])
        router.route("/api/persons/{id}", [.get: show, .put: rename, .patch: change, .delete: delete])
        router.route("/api/persons/{id}/restore", [.post: restore])
        router.route("/api/persons/merge", [.post: merge])
        router.route("/api/search", [.get: search])
    }

    @Sendable private func list(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let query = QueryParameters(request)
        let limit = try query.integer("limit", in: 1...1000)
        let offset = try query.integer("offset", in: 0...1_000_000_000) ?? 0
        let cursor = try query.cursor()
        let filter = PersonFilter(
            isNamed: try query.flag("named"), isHidden: try query.flag("hidden"),
            minimumFaces: try query.integer("min_faces", in: 0...1_000_000_000) ?? 0)
        let sort = try Self.sort(query)
        let name = [
            filter.isNamed.map { "\($0)" }, filter.isHidden.map { "\($0)" }, "\(filter.minimumFaces)", sort.rawValue,
            "\(limit ?? 0)", "\(offset)", cursor?.description,
        ].map { $0 ?? "" }.joined(separator: " ")
        return try await answers.page(of: request, context, .people, name) { library, json in
            let page = try library.persons(filter, sort: sort, after: cursor, offset: offset, limit: limit)
            json.array(page.elements) { $0.write($1) }
            return page.next
        }
    }

    @Sendable private func show(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let id = try Self.id(context)
        return try await answers.answer(to: request, context, .people, "person \(id)") { library, json in
            guard let details = try library.person(id) else { throw LibraryError.unknownPerson(id.description) }
            json.write(details)
        }
    }

    @Sendable private func rename(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let id = try Self.id(context)
        let body = try await edits.body(of: request)
        guard let name = try? body.text("name") else { throw APIError.nameMissing }
        let expected = try Self.revision(of: id, body)
        let library = library
        let result = try await calls.run { try library.edit(.rename(id, to: name), expecting: expected) }
        let person = result.persons.first { $0.id == id }
        return .json { json in
            json.writeFields(of: result, message: Sentences(context.language).personRenamed)
            json.field("name", person?.displayName)
        }
    }

    /// Changes what the body names and leaves the rest.
    @Sendable private func change(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let id = try Self.id(context)
        let body = try await edits.body(of: request)
        let name = try body.text("name")
        var description = try Self.description(body)
        let expected = try Self.revision(of: id, body)
        let edit: PersonEdit
        if body.has("name"), description.isNameOnly {
            edit = .rename(id, to: name)
        } else {
            if body.has("name") { description.name = name.map { .set($0) } ?? .clear }
            edit = .describe(id, description)
        }
        let library = library
        let result = try await calls.run { try library.edit(edit, expecting: expected) }
        return edits.answer(result, context)
    }

    @Sendable private func merge(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let body = try await edits.body(of: request)
        guard let survivor: PersonID = try body.id("into") else { throw APIError.missingParameter(name: "into") }
        return try await edits.perform(.merge(try body.ids("persons"), into: survivor), body, context)
    }

    @Sendable private func delete(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let id = try Self.id(context)
        let library = library
        let result = try await calls.run { try library.edit(.delete(id)) }
        return edits.answer(result, context)
    }

    @Sendable private func restore(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let id = try Self.id(context)
        let library = library
        let result = try await calls.run { try library.edit(.restore(id)) }
        return edits.answer(result, context)
    }

    @Sendable private func search(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        guard let text = try QueryParameters(request).text("q")?.trimmingCharacters(in: .whitespacesAndNewlines),
            !text.isEmpty
        else { throw APIError.missingParameter(name: "q") }
        guard text.unicodeScalars.count <= PersonName.maximumLength else {
            throw APIError.invalidParameter(name: "q")
        }
        return try await answers.answer(to: request, context, .people, "search \(text)") { library, json in
            json.array(try library.search(text)) { $0.write($1) }
        }
    }

    private static func id(_ context: ServerRequestContext) throws(APIError) -> PersonID {
        PersonID(try context.number { .library(.unknownPerson($0)) })
    }

    private static func sort(_ query: QueryParameters) throws(APIError) -> PersonSort {
        guard let text = try query.text("sort") else { return .newest }
        guard let sort = PersonSort(rawValue: text) else { throw .invalidParameter(name: "sort") }
        return sort
    }

    private static func revision(of id: PersonID, _ body: JSONBody) throws(APIError) -> [PersonID: JournalEntry.ID] {
        guard let revision = try body.integer("revision", in: 0...Int.max) else { return [:] }
        return [id: JournalEntry.ID(Int64(revision))]
    }

    private static func description(_ body: JSONBody) throws(APIError) -> PersonDescription {
        var description = PersonDescription()
        if body.has("note") {
            let note = try body.text("note") ?? ""
            description.note = note.isEmpty ? .clear : .set(note)
        }
        if body.has("birth_date") {
            description.birthDate = .clear
            if let text = try body.text("birth_date") {
                guard let date = CalendarDate(text) else { throw .invalidParameter(name: "birth_date") }
                description.birthDate = .set(date)
            }
        }
        if body.has("cover") {
            let face: FaceID? = try body.id("cover")
            description.cover = face.map { .set($0) } ?? .clear
        }
        description.isHidden = try body.flag("hidden")
        return description
    }
}
