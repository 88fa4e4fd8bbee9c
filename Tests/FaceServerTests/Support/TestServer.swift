import FaceCache
import FaceCore
import FaceLibrary
import FaceStore
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore

@testable import FaceServer

/// A server with a library of its own, in a folder that goes when the test is over.
final class TestServer: Sendable {
    let library: Library
    let metrics = MetricsRegistry()
    let folder: URL
    private let configuration: ServerConfiguration
    private let probes: [HealthProbe]
    private let models: AnalysisModels?
    let drafts: Drafts?

    /// - Parameters:
    ///   - grouping: how the embeddings of `test/model` are grouped; nil for a server without models.
    ///   - painted: gives it the models of `PaintedPack`.
    init(
        _ configuration: ServerConfiguration = ServerConfiguration(), probes: [HealthProbe] = [],
        grouping: GroupingOptions? = nil, painted: Bool = false
    ) throws {
        var configuration = configuration
        configuration.host = "127.0.0.1"
        configuration.port = 0
        configuration.accessLog = false
        self.configuration = configuration
        self.probes = probes
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("lik-server-\(UUID().uuidString)")
        let folders = LibraryFolders(data: folder)
        try folders.create()
        let limits = LibraryLimits(
            filesPerUpload: configuration.limits.filesPerRequest, bytesPerFile: configuration.limits.bytesPerFile,
            bytesPerUpload: configuration.limits.bytesPerRequest)
        library = Library(
            store: try SQLiteLibraryStore.inMemory(), folders: folders, cache: MemoryCacheDriver(),
            options: LibraryOptions(limits: limits))
        let library = library
        let models =
            painted
            ? PaintedPack.models(store: library.store)
            : grouping.map { Self.models(grouping: $0, store: library.store) }
        self.models = models
        drafts = try models.map { models in
            try Drafts(
                library: library, models: models,
                packs: DraftPacks { _ in
                    throw NoPack()
                } load: { _ in
                    throw NoPack()
                }, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Runs a test against the server: its routes alone, or with a connection.
    func run(_ setup: TestingSetup = .router, _ test: @Sendable (any TestClientProtocol) async throws -> Void)
        async throws
    {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let app = buildServer(
            library: library, configuration: configuration, metrics: metrics, logger: logger, models: models,
            drafts: drafts, probes: probes)
        try await app.test(setup, test)
    }

    /// What lies below a folder of the library.
    func files(in folder: URL) -> [String] {
        (FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []).sorted()
    }
}

/// A multipart form as clients send it.
struct TestForm {
    static let boundary = "----limit"
    private var text = ByteBuffer()

    mutating func file(_ name: String, _ content: [UInt8], field: String = "images") {
        part("name=\"\(field)\"; filename=\"\(name)\"", content)
    }

    mutating func field(_ name: String, _ value: String) {
        part("name=\"\(name)\"", Array(value.utf8))
    }

    private mutating func part(_ parameters: String, _ content: [UInt8]) {
        text.writeString("--\(Self.boundary)\r\nContent-Disposition: form-data; \(parameters)\r\n\r\n")
        text.writeBytes(content)
        text.writeString("\r\n")
    }

    /// All of it, with its end.
    var body: ByteBuffer {
        var body = text
        body.writeString("--\(Self.boundary)--\r\n")
        return body
    }

    static let fields: HTTPFields = [.contentType: "multipart/form-data; boundary=\(boundary)"]
}

extension TestClientProtocol {
    /// The answer and its JSON, whatever its status.
    func json(
        _ method: HTTPRequest.Method, _ path: String, _ fields: HTTPFields = [:], body: ByteBuffer? = nil
    ) async throws -> (response: TestResponse, json: JSONValue) {
        let response = try await execute(uri: path, method: method, headers: fields, body: body)
        return (response, try JSONDecoder().decode(JSONValue.self, from: Data(response.body.readableBytesView)))
    }

    func send(_ method: HTTPRequest.Method, _ path: String, _ fields: HTTPFields = [:]) async throws -> TestResponse {
        try await execute(uri: path, method: method, headers: fields, body: nil)
    }
}

/// Any JSON value, to be looked into by tests.
enum JSONValue: Decodable, Equatable {
    case null
    case bool(Bool)
    case number(Double)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    subscript(name: String) -> JSONValue? {
        if case .object(let fields) = self { fields[name] } else { nil }
    }

    subscript(index: Int) -> JSONValue? {
        if case .list(let values) = self, values.indices.contains(index) { values[index] } else { nil }
    }

    var text: String? { if case .text(let text) = self { text } else { nil } }
    var number: Double? { if case .number(let number) = self { number } else { nil } }
    var count: Int? { if case .list(let values) = self { values.count } else { nil } }
    var names: Set<String> { if case .object(let fields) = self { Set(fields.keys) } else { [] } }
}
