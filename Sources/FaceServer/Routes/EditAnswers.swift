import FaceCore
import FaceLibrary
import FaceStore
import Hummingbird

/// How routes carry out an edit and answer it.
struct EditAnswers: Sendable {
    let library: Library
    let calls: BlockingCalls
    let bodyLimit: Int

    /// - Throws: `APIError.bodyTooLarge`, `.invalidJSON`.
    func body(of request: Request) async throws -> JSONBody {
        try JSONBody(await request.body(upTo: bodyLimit))
    }

    /// - Parameter body: may name the `revisions` of people that the sender saw.
    func perform(
        _ edit: PersonEdit, _ body: JSONBody, expecting revision: (PersonID, Int64)? = nil,
        _ context: ServerRequestContext
    ) async throws -> Response {
        var revisions: [PersonID: Int64] = try body.numbersByID("revisions")
        if let (person, revision) = revision { revisions[person] = revision }
        let expected = revisions.mapValues { JournalEntry.ID($0) }
        let library = library
        return answer(try await calls.run { try library.edit(edit, expecting: expected) }, context)
    }

    func answer(_ result: EditResult, _ context: ServerRequestContext) -> Response {
        let message = Sentences(context.language).edited(result.entry.kind)
        return .json { json in json.writeFields(of: result, message: message) }
    }
}
