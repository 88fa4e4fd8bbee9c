import FaceAnalysis
import FaceCore
import FaceLibrary
import Hummingbird

/// What a page has to know of the server: its models, how faces are grouped, and its limits.
struct ConfigRoutes: Sendable {
    let configuration: ServerConfiguration
    let eraseAfter: Duration
    let models: AnalysisModels?
    let calls: BlockingCalls

    func add(to routes: RouteTable) {
        routes.route("/api/config", [.get: .read(show)])
    }

    @Sendable private func show(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let models = models
        // Looked for anew where there was none: it may have been installed meanwhile.
        let pack = try await calls.run { try? models?.pack() }
        return .json { json in
            json.field("version", configuration.version)
            json.field("language", configuration.language.rawValue)
            json.field("languages", array: Language.allCases) { $0.value($1.rawValue) }
            json.name("pack")
            if let pack { json.write(pack) } else { json.null() }
            json.name("grouping")
            if let pack { json.write(pack.grouping) } else { json.null() }
            json.field("algorithms", array: GroupingOptions.Algorithm.allCases) { $0.value($1.rawValue) }
            json.field("erase_after", eraseAfter.components.seconds)
            json.field("limits", value: { $0.write(configuration.limits) })
        }
    }
}

extension JSONWriter {
    fileprivate mutating func write(_ pack: AnalysisPack) {
        object { json in
            json.field("name", pack.name)
            json.field("licence", pack.licence)
            json.field("verified", pack.isVerified)
            json.field("model", pack.model.rawValue)
            json.field("min_size", pack.detection.minimumSize)
            json.field("det_thresh", pack.detection.minimumScore)
        }
    }

    fileprivate mutating func write(_ grouping: GroupingOptions) {
        object { json in
            json.field("algorithm", grouping.algorithm.rawValue)
            json.field("eps", grouping.eps)
            json.field("min_samples", grouping.minSamples)
            json.field("min_faces", grouping.minFaces)
            json.field("metric", grouping.metric.rawValue)
        }
    }

    fileprivate mutating func write(_ limits: ServerLimits) {
        object { json in
            json.field("files_per_upload", limits.filesPerRequest)
            json.field("bytes_per_file", limits.bytesPerFile)
            json.field("bytes_per_upload", limits.bytesPerRequest)
            json.field("uploads_at_once", limits.uploadsAtOnce)
        }
    }
}
