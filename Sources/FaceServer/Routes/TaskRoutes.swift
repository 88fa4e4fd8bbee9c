import FaceCore
import FaceLibrary
import FaceStore
import Foundation
import Hummingbird

/// Uploads and the tasks that they become.
struct TaskRoutes: Sendable {
    let library: Library
    let calls: BlockingCalls
    let answers: CachedAnswers
    let reception: UploadReception
    let metrics: MetricsRegistry

    func add(to router: some RouterMethods<ServerRequestContext>) {
        router.route("/api/upload", [.post: upload])
        router.route("/api/tasks", [.get: list])
        router.route("/api/task/{id}", [.get: show, .delete: cancel])
    }

    @Sendable private func upload(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let (task, count) = try await reception.receive(request)
        metrics.add(.tasksAccepted)
        return .json { json in
            json.field("task_id", task.name)
            json.field("message", Sentences(context.language).uploadAccepted(count))
        }
    }

    @Sendable private func list(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let query = QueryParameters(request)
        let state = try state(query)
        let limit = try query.integer("limit", in: 1...1000) ?? 100
        let cursor = try query.cursor()
        let language = context.language
        let name = "\(language.rawValue) \(state?.rawValue ?? "") \(limit) \(cursor?.description ?? "")"
        return try await answers.page(of: request, context, .tasks, name) { library, json in
            let page = try library.tasks(state: state, after: cursor, limit: limit)
            json.array(page.elements) { $0.write($1, in: language) }
            return page.next
        }
    }

    @Sendable private func show(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let id = try Self.id(context)
        let language = context.language
        return try await answers.answer(to: request, context, .task(id), "\(language.rawValue) \(id.name)") {
            library, json in
            guard let task = try library.task(id) else { throw LibraryError.unknownTask(id.name) }
            json.write(task, in: language)
        }
    }

    @Sendable private func cancel(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let id = try Self.id(context)
        let library = library
        _ = try await calls.run { try library.cancelTask(id) }
        return .json { $0.field("message", Sentences(context.language).taskCancelled) }
    }

    /// A cancelled task has failed, as the API sees it; `cancelled` gives those alone.
    private func state(_ query: QueryParameters) throws(APIError) -> LibraryTask.State? {
        guard let text = try query.text("status") else { return nil }
        guard let state = LibraryTask.State(rawValue: text) else { throw .invalidParameter(name: "status") }
        return state
    }

    private static func id(_ context: ServerRequestContext) throws(APIError) -> TaskID {
        let text = context.parameters.get("id") ?? ""
        guard let id = TaskID(name: text) else { throw .library(.unknownTask(String(text.prefix(64)))) }
        return id
    }
}
