import FaceCore
import FaceLibrary
import FaceStore
import Hummingbird

/// Questions about people that the machine has, and users' answers.
struct SuggestionRoutes: Sendable {
    let library: Library
    /// Nil where there are no models to say who is alike.
    let suggestions: Suggestions?
    let edits: EditAnswers
    let calls: BlockingCalls

    func add(to routes: RouteTable) {
        routes.route("/api/suggestions", [.get: .read(list)])
        routes.route("/api/suggestions/{id}", [.post: .write(answer)])
    }

    @Sendable private func list(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let query = QueryParameters(request)
        let limit = try query.integer("limit", in: 1...1000) ?? 20
        let person: PersonID? = try query.id("person")
        let library = library
        let suggestions = try present()
        let shown = try await calls.run {
            let all = try suggestions.list(limit: person == nil ? limit : .max)
            let wanted = all.filter { one in person == nil || one.sides.contains { $0.person == person } }
            return try wanted.prefix(limit).compactMap { try ShownSuggestion($0, of: library) }
        }
        var writer = JSONWriter()
        writer.array(shown) { $0.write($1) }
        return .json(writer.buffer)
    }

    @Sendable private func answer(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let id = String((context.parameters.get("id") ?? "").prefix(128))
        let body = try await edits.body(of: request)
        guard let word = try body.text("answer") else { throw APIError.missingParameter(name: "answer") }
        guard let choice = SuggestionAnswer.Choice(rawValue: word) else {
            throw APIError.invalidParameter(name: "answer")
        }
        let revisions: [PersonID: Int64] = try body.numbersByID("revisions")
        let expected = revisions.mapValues { JournalEntry.ID($0) }
        let suggestions = try present()
        let result = try await calls.run { try suggestions.answer(id, choice, expecting: expected) }
        if let result { return edits.answer(result, context) }
        let message = Sentences(context.language).putOff
        return .json { json in
            json.field("message", message)
            json.name("entry")
            json.null()
            for name in ["persons", "created", "removed", "added_faces"] as [StaticString] {
                json.field(name, array: [Int64]()) { $0.value($1) }
            }
        }
    }

    private func present() throws(APIError) -> Suggestions {
        guard let suggestions else { throw .unavailable(part: "model pack") }
        return suggestions
    }
}

/// A suggestion with the people and faces that it shows.
private struct ShownSuggestion: Sendable {
    let suggestion: PersonSuggestion
    let persons: [ListedPerson]
    /// Examples of each side.
    let faces: [[ListedFace]]

    /// Nil when somebody of it has gone since it was found.
    init?(_ suggestion: PersonSuggestion, of library: Library) throws {
        var persons: [ListedPerson] = []
        var faces: [[ListedFace]] = []
        for side in suggestion.sides {
            guard let details = try library.person(side.person) else { return nil }
            if !persons.contains(where: { $0.person.id == side.person }) { persons.append(details.person) }
            let wanted = Set(side.examples)
            faces.append(details.faces.filter { wanted.contains($0.id) })
        }
        self.suggestion = suggestion
        self.persons = persons
        self.faces = faces
    }
}

extension JSONWriter {
    fileprivate mutating func write(_ shown: ShownSuggestion) {
        let suggestion = shown.suggestion
        object { json in
            json.field("id", suggestion.id)
            json.field("kind", suggestion.kind.rawValue)
            json.field("persons", array: shown.persons) { $0.write($1) }
            json.field("faces_counts", array: suggestion.sides) { $0.value($1.faceCount) }
            json.field("faces", array: shown.faces) { json, side in json.array(side) { $0.write($1) } }
            json.field("similarity", suggestion.similarity)
            json.field("confidence", suggestion.confidence)
            json.field("put_off", suggestion.isPutOff)
        }
    }
}
