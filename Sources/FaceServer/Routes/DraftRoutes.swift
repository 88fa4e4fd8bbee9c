import FaceCore
import FaceLibrary
import FaceStore
import Foundation
import Hummingbird

/// Re-clusterings that nobody sees until they are applied.
struct DraftRoutes: Sendable {
    let library: Library
    /// Nil where there are no models to group by.
    let drafts: Drafts?
    let edits: EditAnswers
    let calls: BlockingCalls

    func add(to routes: RouteTable) {
        routes.route("/api/drafts", [.get: .read(list), .post: .write(create)])
        routes.route("/api/drafts/{id}", [.get: .read(show), .delete: .write(drop)])
        routes.route("/api/drafts/{id}/apply", [.post: .write(apply)])
    }

    @Sendable private func list(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let drafts = try present()
        let all = try await calls.run { drafts.list() }
        var writer = JSONWriter()
        writer.array(all) { json, draft in json.object { $0.writeFields(of: draft) } }
        return .json(writer.buffer)
    }

    @Sendable private func create(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let body = try JSONBody(orEmpty: await request.body(upTo: edits.bodyLimit))
        let wish = DraftRequest(
            algorithm: try Self.choice("algorithm", body), eps: try body.number("eps"),
            minSamples: try body.integer("min_samples", in: 1...1000),
            minFaces: try body.integer("min_faces", in: 1...1000), metric: try Self.choice("metric", body),
            pack: try body.text("pack"))
        let drafts = try present()
        let draft = try await calls.run { () throws in try Self.make(wish, in: drafts) }
        return .json { $0.writeFields(of: draft) }
    }

    @Sendable private func show(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let id = try Self.id(context)
        let drafts = try present()
        let library = library
        let (draft, people) = try await calls.run {
            let draft = try drafts.draft(id)
            return (draft, try draft.difference.map { try library.people(of: $0) } ?? [:])
        }
        return .json { json in
            json.writeFields(of: draft)
            json.name("diff")
            if let difference = draft.difference { json.write(difference, people) } else { json.null() }
        }
    }

    @Sendable private func apply(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let id = try Self.id(context)
        let drafts = try present()
        return edits.answer(try await calls.run { try drafts.apply(id) }, context)
    }

    @Sendable private func drop(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let id = try Self.id(context)
        let drafts = try present()
        try await calls.run { () throws in try drafts.drop(id) }
        return .json { $0.field("message", Sentences(context.language).draftDropped) }
    }

    private static func make(_ wish: DraftRequest, in drafts: Drafts) throws -> Draft {
        do {
            return try drafts.create(wish)
        } catch let error as any UserFacingError where !(error is LibraryError || error is FaceStoreError) {
            // What hinders is said in its own words: there is no such pack, or it is damaged.
            throw LibraryError.badDraft(reason: error.message)
        }
    }

    private func present() throws(APIError) -> Drafts {
        guard let drafts else { throw .unavailable(part: "model pack") }
        return drafts
    }

    private static func choice<Value: RawRepresentable<String>>(
        _ name: String, _ body: JSONBody
    ) throws(APIError) -> Value? {
        guard let text = try body.text(name) else { return nil }
        guard let value = Value(rawValue: text) else { throw .invalidParameter(name: name) }
        return value
    }

    private static func id(_ context: ServerRequestContext) throws(APIError) -> UUID {
        let text = context.parameters.get("id") ?? ""
        guard let id = UUID(uuidString: text) else { throw .library(.unknownDraft(String(text.prefix(64)))) }
        return id
    }
}

extension Library {
    /// The people whom a difference names, as far as they are there.
    fileprivate func people(of difference: DraftDifference) throws -> [PersonID: Person] {
        let merged = difference.merged + difference.renamed
        let ids =
            difference.changed + difference.gone + difference.split.map(\.person) + merged.map(\.person)
            + merged.compactMap(\.into)
        var people: [PersonID: Person] = [:]
        for id in Set(ids) { people[id] = try store.persons.person(id) }
        return people
    }
}

extension JSONWriter {
    fileprivate mutating func writeFields(of draft: Draft) {
        field("id", draft.id.uuidString.lowercased())
        field("state", draft.state.rawValue)
        field("created_at", draft.createdAt)
        field("algorithm", draft.request.algorithm?.rawValue)
        name("eps")
        if let eps = draft.request.eps { value(eps) } else { null() }
        name("min_samples")
        if let number = draft.request.minSamples { value(number) } else { null() }
        name("min_faces")
        if let number = draft.request.minFaces { value(number) } else { null() }
        field("metric", draft.request.metric?.rawValue)
        field("pack", draft.request.pack)
        field(
            "progress",
            object: { json in
                json.field("done", draft.progress.done)
                json.field("total", draft.progress.total)
                json.field("percent", draft.progress.total > 0 ? 100 * draft.progress.done / draft.progress.total : 0)
            })
        field("error_message", draft.failure)
        field("left_out_faces", draft.leftOutFaceCount)
        field("entry", draft.entry)
    }

    fileprivate mutating func write(_ difference: DraftDifference, _ people: [PersonID: Person]) {
        object { json in
            json.field("unchanged", difference.unchanged)
            json.field("changed", array: difference.changed) { $0.write($1, people) }
            json.field("merged", array: difference.merged) { $0.write($1, people) }
            json.field("renamed", array: difference.renamed) { $0.write($1, people) }
            json.field("split", array: difference.split) { json, split in
                json.object { json in
                    json.field("person", value: { $0.write(split.person, people) })
                    json.field("parts", array: split.parts) { $0.value($1) }
                }
            }
            json.field("gone", array: difference.gone) { $0.write($1, people) }
            json.field("new", array: difference.created) { $0.value($1) }
            json.field("unknown_faces", difference.unknownFaceCount)
            json.field("moved_faces", difference.movedFaceCount)
            json.field("examples", array: difference.examples) { json, move in
                json.object { json in
                    json.field("face", move.face)
                    json.field("from", move.from)
                    json.field("to", move.to)
                    json.field("unknown", move.isUnknown)
                }
            }
        }
    }

    private mutating func write(_ passage: DraftDifference.Passage, _ people: [PersonID: Person]) {
        object { json in
            json.field("persons", array: [passage.person]) { $0.write($1, people) }
            json.name("into")
            if let into = passage.into { json.write(into, people) } else { json.null() }
            json.field("faces_count", passage.faceCount)
        }
    }

    /// Somebody by id, and by name where she is still there.
    private mutating func write(_ id: PersonID, _ people: [PersonID: Person]) {
        object { json in
            json.field("id", id)
            json.field("name", people[id]?.displayName)
        }
    }
}
