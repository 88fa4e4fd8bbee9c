import FaceCore
import Foundation

@testable import FaceAnalysis

/// A store in a temporary folder, a catalog of small made-up packs and their files.
final class PackFixture {
    let folder: URL
    let store: ModelPackStore
    let catalog: ModelPackCatalog
    let files: [String: [UInt8]]
    /// The bytes of `first.zip`, the archive of the pack `first`.
    let archive: [UInt8]

    static let firstFiles = ["det_a.onnx", "rec_a.onnx", "age.onnx"]
    static let dlibFiles = ["detector.dat", "embedder.dat", "points.dat"]

    /// - Parameter server: makes the address that `first.zip` is published at.
    init(
        knowsArchiveHash: Bool = true, size: Int = 3000,
        address: ([UInt8]) throws -> URL = { _ in URL(filePath: "/nowhere") }
    ) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("packs-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var files: [String: [UInt8]] = [:]
        for name in Self.firstFiles + Self.dlibFiles {
            // Words, as one random byte at a time takes seconds in a debug build.
            let words = (0..<(size + 7) / 8).map { _ in UInt64.random(in: .min ... .max) }
            files[name] = words.withUnsafeBytes { [UInt8]($0.prefix(size)) }
        }
        let zip = folder.appendingPathComponent("made.zip")
        try ArchiveWriter.write(Self.firstFiles.map { ($0, files[$0] ?? []) }, as: .zip, to: zip)
        archive = [UInt8](try Data(contentsOf: zip))
        let url = try address(archive)
        catalog = Self.catalog(
            files: files, url: url, archiveHash: knowsArchiveHash ? Self.sha256(archive) : nil)
        store = ModelPackStore(root: folder.appendingPathComponent("models"), catalog: catalog)
        self.files = files
        self.folder = folder
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Converters that only mark what went through them.
    var installer: ModelPackInstaller {
        ModelPackInstaller(
            catalog: catalog, conversion: DlibConversion(detector: { [1] + $0 }, embedder: { [2] + $0 }),
            connectTimeout: 20, stallTimeout: 20, python: folder.appendingPathComponent("no-python").path)
    }

    /// Waits for a silent server only a second.
    var impatientInstaller: ModelPackInstaller {
        var installer = installer
        installer.connectTimeout = 1
        installer.stallTimeout = 1
        return installer
    }

    func bytes(_ name: String) -> [UInt8] { files[name] ?? [] }

    /// Makes a folder with files.
    func folder(_ name: String, _ contents: [String: [UInt8]]) throws -> URL {
        let url = folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        for (name, bytes) in contents { try Data(bytes).write(to: url.appendingPathComponent(name)) }
        return url
    }

    /// A folder with the files of the pack `first`, some of them changed or left out.
    func firstFolder(
        _ name: String, changing changed: [String: [UInt8]] = [:], without missing: String? = nil
    ) throws -> URL {
        var contents = files.filter { Self.firstFiles.contains($0.key) && $0.key != missing }
        contents.merge(changed) { _, new in new }
        return try folder(name, contents)
    }

    func zip(_ name: String, _ entries: [(path: String, bytes: [UInt8])]) throws -> URL {
        let url = folder.appendingPathComponent(name)
        try ArchiveWriter.write(entries, as: .zip, to: url)
        return url
    }

    /// Names of all that lies in the store's folder, except for its lock.
    var storeContents: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: store.root.path)) ?? []).filter { $0 != ".lock" }
            .sorted()
    }

    static func sha256(_ bytes: [UInt8]) -> String { FileHash.of(bytes) }

    private static func catalog(files: [String: [UInt8]], url: URL, archiveHash: String?) -> ModelPackCatalog {
        let input = ModelPackManifest.InputConvention(width: nil, height: nil, mean: [1, 2, 3], scale: 4)
        func file(_ name: String, _ role: ModelPackManifest.Role, known: Bool) -> ModelPackCatalog.PublishedFile {
            ModelPackCatalog.PublishedFile(
                name: name, role: role, sha256: known ? sha256(files[name] ?? []) : nil, input: input)
        }
        let licence = ModelPackManifest.Licence(name: "Test", url: nil, commercialUse: false)
        return ModelPackCatalog(entries: [
            ModelPackCatalog.Entry(
                name: "first", family: .insightFace, origin: .archive(url: url, sha256: archiveHash),
                files: [
                    file("det_a.onnx", .detector, known: true), file("rec_a.onnx", .embedder, known: true),
                    file("age.onnx", .genderAge, known: false),
                ],
                embeddingDimension: 512, metric: .cosine, thresholds: .arcFace, licence: licence),
            ModelPackCatalog.Entry(
                name: "second", family: .dlib,
                origin: .pythonPackage(name: "some_models", version: "1.0", sha256: String(repeating: "a", count: 64)),
                files: [
                    file("detector.dat", .detector, known: true), file("embedder.dat", .embedder, known: true),
                    file("points.dat", .landmarks, known: true),
                ],
                embeddingDimension: 128, metric: .euclidean, thresholds: .dlib,
                licence: ModelPackManifest.Licence(name: "Free", url: nil, commercialUse: true)),
        ])
    }
}
