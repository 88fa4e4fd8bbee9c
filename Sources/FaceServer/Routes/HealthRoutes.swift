import FaceLibrary
import Hummingbird
import NIOCore

/// Whether the server is well, and its figures.
struct HealthRoutes: Sendable {
    let library: Library
    let calls: BlockingCalls
    let probes: [HealthProbe]
    let metrics: MetricsRegistry
    let version: String

    func add(to routes: RouteTable) {
        routes.route("/health", [.get: .open(isAlive)])
        routes.route("/health/ready", [.get: .open(isReady)])
        routes.route("/metrics", [.get: .read(figures)])
    }

    @Sendable private func isAlive(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        try await report(probes.filter(\.isVital), context)
    }

    @Sendable private func isReady(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        guard library.takesUploads, !library.isLeaving else { return unavailable(.library(.shuttingDown), context) }
        return try await report(probes, context)
    }

    @Sendable private func figures(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let metrics = metrics
        let text = try await calls.run { metrics.render() }
        return Response(
            status: .ok, headers: [.contentType: MetricsRegistry.contentType, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    private func report(_ probes: [HealthProbe], _ context: ServerRequestContext) async throws -> Response {
        let failed = try await calls.run {
            probes.first { probe in (try? probe.check()) == nil }
        }
        if let failed { return unavailable(.unavailable(part: failed.part), context) }
        return .json { json in
            json.field("status", "ok")
            json.field("service", Self.service)
            json.field("version", version)
        }
    }

    private func unavailable(_ error: APIError, _ context: ServerRequestContext) -> Response {
        .json(status: error.status) { json in
            json.field("status", "unavailable")
            json.field("service", Self.service)
            json.field("version", version)
            json.field("error", error.sentence(in: context.language))
            json.field("code", error.code)
            json.field("request_id", context.requestID)
        }
    }

    private static let service = "face-recognition-api"
}
