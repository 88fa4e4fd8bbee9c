public import FaceCore
public import Foundation

/// A model pack that lies in a store, ready to be loaded.
public struct InstalledModelPack: Sendable, Hashable {
    /// What the pack is made of.
    public let manifest: ModelPackManifest
    /// Holds the manifest and the files it names.
    public let folder: URL

    /// Reads the manifest of a pack's folder. The files are not looked at.
    ///
    /// - Throws: `ModelPackError.notInstalled`, `.damagedManifest`, `.newerManifest`.
    public init(folder: URL) throws(ModelPackError) {
        manifest = try ModelPackManifest(folder: folder)
        guard let model = manifest.embedderModel else { throw .damagedManifest(pack: manifest.name) }
        embedderModel = model
        self.folder = folder
    }

    /// The pack's name.
    public var name: String { manifest.name }

    /// Names the embedder, see `ModelPackManifest.embedderModel`.
    public let embedderModel: ModelID

    /// Where the file with a role lies; nil when the pack has none.
    public func url(of role: ModelPackManifest.Role) -> URL? {
        manifest.file(of: role).map { folder.appendingPathComponent($0.name) }
    }

    /// Bytes of all files that are there.
    public var size: Int64 {
        manifest.files.reduce(0) { total, file in
            let path = folder.appendingPathComponent(file.name).path
            let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int64
            return total + (size ?? 0)
        }
    }

    /// Hashes the file with a role again and tells where it lies. A model with some bytes changed often still loads, and
    /// finds nothing.
    ///
    /// - Throws: `ModelPackError.damagedPack` when the file is missing or not what was installed, `.fileFailure`.
    package func intactFile(of role: ModelPackManifest.Role) throws(ModelPackError) -> URL {
        guard let file = manifest.file(of: role) else {
            throw .damagedPack(name: name, missing: [role.words], damaged: [])
        }
        let url = folder.appendingPathComponent(file.name)
        let hash: String
        do {
            hash = try FileHash.ofFile(at: url)
        } catch .sourceNotFound {
            throw .damagedPack(name: name, missing: [file.name], damaged: [])
        }
        guard hash == file.sha256 else { throw .damagedPack(name: name, missing: [], damaged: [file.name]) }
        return url
    }

    /// Hashes every file again.
    public func verify() throws(ModelPackError) -> ModelPackCondition {
        var condition = ModelPackCondition()
        for file in manifest.files {
            let url = folder.appendingPathComponent(file.name)
            do {
                if try FileHash.ofFile(at: url) != file.sha256 { condition.damaged.append(file.name) }
            } catch .sourceNotFound {
                condition.missing.append(file.name)
            }
        }
        if let variant = try? QuantizedVariant(of: self) {
            for role in variant.roles {
                do throws(ModelPackError) {
                    _ = try variant.intactFile(of: role)
                } catch {
                    condition.damaged.append(QuantizedVariant.fileName(of: role))
                }
            }
        }
        return condition
    }
}

/// What a verification of an installed pack found.
public struct ModelPackCondition: Sendable, Hashable {
    /// Names of files that are not there.
    public var missing: [String] = []
    /// Names of files whose bytes are not those that were installed.
    public var damaged: [String] = []

    public init(missing: [String] = [], damaged: [String] = []) {
        self.missing = missing
        self.damaged = damaged
    }

    /// Whether nothing is missing or damaged.
    public var isIntact: Bool { missing.isEmpty && damaged.isEmpty }
}
