import FaceLibrary
import Hummingbird

/// How much there is; and the address of the WebSocket, for those who ask it for anything else.
struct StatsRoutes: Sendable {
    let answers: CachedAnswers

    func add(to router: some RouterMethods<ServerRequestContext>) {
        router.route("/api/stats", [.get: show])
        // Handshakes that are let in never come this far.
        router.route("/ws", [.get: { _, _ in throw APIError.upgradeRequired }])
    }

    @Sendable private func show(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        try await answers.answer(to: request, context, .stats, "") { library, json in json.write(try library.stats()) }
    }
}
