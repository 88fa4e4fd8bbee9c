import FaceLibrary
import FaceStore
import Hummingbird

/// What users changed, and the way back.
struct JournalRoutes: Sendable {
    let library: Library
    let calls: BlockingCalls
    let answers: CachedAnswers
    /// They note what became of the entries that applied them.
    let drafts: Drafts?
    let bodyLimit: Int

    func add(to router: some RouterMethods<ServerRequestContext>) {
        router.route("/api/journal", [.get: list])
        router.route("/api/journal/undo", [.post: undo])
        router.route("/api/journal/redo", [.post: redo])
    }

    @Sendable private func list(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let query = QueryParameters(request)
        let limit = try query.integer("limit", in: 1...1000) ?? 100
        let cursor = try query.cursor()
        return try await answers.page(of: request, context, .people, "journal \(limit) \(cursor?.description ?? "")") {
            library, json in
            let page = try library.journal(after: cursor, limit: limit)
            json.array(page.elements) { $0.write($1) }
            return page.next
        }
    }

    @Sendable private func undo(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let entry = try await entry(request)
        let library = library
        let drafts = drafts
        let result = try await calls.run {
            let result = try library.undo(entry)
            if result.entry.kind == .applyDraft { drafts?.followJournal() }
            return result
        }
        let message = Sentences(context.language).undone
        return .json { json in json.writeFields(of: result, message: message) }
    }

    @Sendable private func redo(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let entry = try await entry(request)
        let library = library
        let drafts = drafts
        let result = try await calls.run {
            let result = try library.redo(entry)
            if result.entry.kind == .applyDraft { drafts?.followJournal() }
            return result
        }
        let message = Sentences(context.language).redone
        return .json { json in json.writeFields(of: result, message: message) }
    }

    /// The entry that the sender expects to be its turn, if he names one.
    private func entry(_ request: Request) async throws -> JournalEntry.ID? {
        try JSONBody(orEmpty: await request.body(upTo: bodyLimit)).id("entry")
    }
}
