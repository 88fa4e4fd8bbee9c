import FaceCore
package import Foundation

extension ModelPackManifest {
    /// The manifest's name in a pack's folder.
    package static let fileName = "lik-pack.json"
    /// The version of the manifest that is written; older ones are read.
    package static let formatVersion = 1

    /// The manifest as it lies on disk: the format's version beside the values.
    private struct Stored: Codable {
        var format: Int
        var pack: ModelPackManifest
    }

    /// Only the version, so that a manifest of a newer format is recognised whatever else it holds.
    private struct StoredFormat: Codable {
        var format: Int
    }

    /// The bytes of `lik-pack.json`.
    package func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(Stored(format: Self.formatVersion, pack: self)) + Data("\n".utf8)
    }

    /// Reads the manifest of a pack's folder.
    package init(folder: URL) throws(ModelPackError) {
        let name = folder.lastPathComponent
        guard let bytes = try? Data(contentsOf: folder.appendingPathComponent(Self.fileName)) else {
            throw .notInstalled(name: name)
        }
        let decoder = JSONDecoder()
        guard let version = try? decoder.decode(StoredFormat.self, from: bytes).format else {
            throw .damagedManifest(pack: name)
        }
        guard version <= Self.formatVersion else { throw .newerManifest(pack: name) }
        guard let stored = try? decoder.decode(Stored.self, from: bytes), stored.pack.isSound else {
            throw .damagedManifest(pack: name)
        }
        self = stored.pack
        // The folder's name is what the pack is asked for by.
        self.name = name
    }

    /// Whether the values can be worked with: plain file names, one file a role, sensible hashes.
    private var isSound: Bool {
        let roles = files.map(\.role)
        return Set(roles).count == roles.count && embeddingDimension > 0
            && files.allSatisfy { file in
                !file.name.isEmpty && !file.name.hasPrefix(".") && !file.name.contains("/")
                    && file.sha256.count == 64 && file.sha256.allSatisfy(\.isHexDigit)
            }
            && files.contains { $0.role == .detector } && files.contains { $0.role == .embedder }
    }
}
