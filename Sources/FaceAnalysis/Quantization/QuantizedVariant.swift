import Foundation

/// The models of a pack in bytes, as they lie in its folder: made on this machine, from this machine's photos.
struct QuantizedVariant: Sendable {
    private static let folder = "int8"
    private static let recordName = "int8/lik-int8.json"

    /// What is known of a file.
    struct Entry: Codable, Sendable, Hashable {
        /// Of the model that it was made from.
        var source: String
        var sha256: String
    }

    private struct Record: Codable {
        var format = 1
        /// By role.
        var files: [String: Entry]
        var report: QuantizationReport
    }

    private let pack: InstalledModelPack
    private let record: Record

    /// - Throws: `ModelPackError.notQuantized` when there is none, or it is of other models.
    init(of pack: InstalledModelPack) throws(ModelPackError) {
        self.pack = pack
        let file = pack.folder.appendingPathComponent(Self.recordName)
        guard let bytes = try? Data(contentsOf: file), let record = try? JSONDecoder().decode(Record.self, from: bytes),
            record.format == 1, !record.files.isEmpty
        else { throw .notQuantized(name: pack.name) }
        for (role, entry) in record.files {
            let source = ModelPackManifest.Role(rawValue: role).flatMap { pack.manifest.file(of: $0) }
            guard source?.sha256 == entry.source else { throw .notQuantized(name: pack.name) }
        }
        self.record = record
    }

    /// The models that there are in bytes.
    var roles: [ModelPackManifest.Role] { ModelPackManifest.Role.allCases.filter { record.files[$0.rawValue] != nil } }

    var report: QuantizationReport { record.report }

    static func fileName(of role: ModelPackManifest.Role) -> String { "\(folder)/\(role.rawValue).onnx" }

    /// Where the model with a role lies, hashed again; nil for one that is used as it is.
    ///
    /// - Throws: `ModelPackError.damagedPack`.
    func intactFile(of role: ModelPackManifest.Role) throws(ModelPackError) -> URL? {
        guard let entry = record.files[role.rawValue] else { return nil }
        let name = Self.fileName(of: role)
        let url = pack.folder.appendingPathComponent(name)
        guard FileManager.default.fileExists(atPath: url.path) else {
            throw .damagedPack(name: pack.name, missing: [name], damaged: [])
        }
        guard try FileHash.ofFile(at: url) == entry.sha256 else {
            throw .damagedPack(name: pack.name, missing: [], damaged: [name])
        }
        return url
    }

    /// Puts models into the pack's folder, in the place of those that are there.
    ///
    /// - Parameter models: bytes by role.
    /// - Throws: `ModelPackError.fileFailure`.
    static func write(
        _ models: [ModelPackManifest.Role: [UInt8]], report: QuantizationReport, into pack: InstalledModelPack
    ) throws(ModelPackError) {
        let place = pack.folder.appendingPathComponent(folder)
        var files: [String: Entry] = [:]
        do {
            // Without its record it is none, so that one that is half there is never used.
            try? FileManager.default.removeItem(at: pack.folder.appendingPathComponent(recordName))
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            for (role, bytes) in models {
                try Data(bytes).write(to: pack.folder.appendingPathComponent(fileName(of: role)), options: .atomic)
                files[role.rawValue] = Entry(
                    source: pack.manifest.file(of: role)?.sha256 ?? "", sha256: FileHash.of(bytes))
            }
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            try encoder.encode(Record(files: files, report: report))
                .write(to: pack.folder.appendingPathComponent(recordName), options: .atomic)
        } catch {
            throw .fileFailure(path: place.path, reason: (error as NSError).localizedDescription)
        }
    }
}
