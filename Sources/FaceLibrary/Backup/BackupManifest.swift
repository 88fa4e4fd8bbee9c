public import FaceStore
public import Foundation

/// What a backup says of itself, in its last entry, `manifest.json`.
///
/// A backup is a tar file: `library.sqlite`, a library's database in SQLite's format whatever it was kept in; `uploads/…`, the
/// photos that its rows name; `SHA256SUMS`, the hashes of all these in the format of sha256sum; and this, which is only
/// there when nothing is missing before it.
public struct BackupManifest: Sendable, Hashable, Codable {
    /// Always `lik-backup`.
    public var format: String
    /// 1; a later version of the program may write a higher one, which this one refuses.
    public var version: Int
    /// The program that made it.
    public var program: String
    /// The moment that the library is shown at.
    public var createdAt: Date
    /// The steps that led to the tables: see `LibraryCopy.schema`.
    public var schema: [String]
    /// Rows and hash of each table.
    public var tables: [LibraryCopy.Report.Table]
    /// Photos, faces and people.
    public var counts: Counts
    /// Files below `uploads`.
    public var files: Int
    /// Bytes of those.
    public var fileBytes: Int64
    /// Files that the library needs and that were gone when it was made, or were not what was uploaded; the latter are in
    /// it as they were.
    public var lostFiles: [String]
    /// The SHA-256 of `SHA256SUMS`.
    public var sums: String

    public struct Counts: Sendable, Hashable, Codable {
        public var photos: Int
        public var faces: Int
        public var persons: Int
    }

    static let format = "lik-backup"
    static let version = 1

    func encoded() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        return [UInt8](try encoder.encode(self))
    }

    /// - Throws: `BackupError.newerVersion`, `.changed`.
    init(_ bytes: [UInt8], of path: String) throws(BackupError) {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        let head = try? decoder.decode(Head.self, from: Data(bytes))
        if let head, head.format == Self.format, head.version > Self.version { throw .newerVersion(path: path) }
        guard head?.format == Self.format, let manifest = try? decoder.decode(Self.self, from: Data(bytes)) else {
            throw .changed(path: path, detail: "the manifest cannot be read")
        }
        self = manifest
    }

    init(
        program: String, createdAt: Date, report: LibraryCopy.Report, counts: LibraryCounts, files: Int,
        fileBytes: Int64, lostFiles: [String], sums: String
    ) {
        format = Self.format
        version = Self.version
        self.program = program
        self.createdAt = createdAt
        schema = LibraryCopy.schema
        tables = report.tables
        self.counts = Counts(photos: counts.analyzedPhotos, faces: counts.faces, persons: counts.persons)
        self.files = files
        self.fileBytes = fileBytes
        self.lostFiles = lostFiles
        self.sums = sums
    }

    private struct Head: Decodable {
        var format: String
        var version: Int
    }
}

/// The names of a backup's entries.
enum BackupEntry: Hashable {
    case database
    /// `TASK/FILE`.
    case upload(String)
    case sums
    case manifest

    var name: String {
        switch self {
        case .database: "library.sqlite"
        case .upload(let name): "uploads/" + name
        case .sums: "SHA256SUMS"
        case .manifest: "manifest.json"
        }
    }

    /// Nil for every name that no backup has: an entry must not land anywhere else.
    init?(_ name: String) {
        switch name {
        case "library.sqlite": self = .database
        case "SHA256SUMS": self = .sums
        case "manifest.json": self = .manifest
        default:
            guard name.hasPrefix("uploads/") else { return nil }
            let upload = String(name.dropFirst("uploads/".count))
            guard LibraryFolders.isUpload(upload) else { return nil }
            self = .upload(upload)
        }
    }
}
