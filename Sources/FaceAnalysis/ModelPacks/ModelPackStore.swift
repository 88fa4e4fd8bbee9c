import FaceCore
public import Foundation

/// The folder that holds the installed model packs, each in a folder of its name with a manifest.
///
/// Folders whose names begin with a dot belong to installations in progress and are no packs.
public struct ModelPackStore: Sendable {
    /// The folder.
    public let root: URL
    /// The packs that a default is chosen from first.
    public let catalog: ModelPackCatalog

    /// - Parameter root: need not exist; the first installation makes it.
    public init(root: URL, catalog: ModelPackCatalog = .published) {
        self.root = root
        self.catalog = catalog
    }

    /// The packs that are installed: published ones in the catalog's order, then others by name. Folders without a
    /// readable manifest are left out.
    public func installed() -> [InstalledModelPack] {
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
        let packs = folders.filter { !$0.hasPrefix(".") }.compactMap { folder in
            try? InstalledModelPack(folder: root.appendingPathComponent(folder))
        }
        return packs.sorted { left, right in (rank(of: left), left.name) < (rank(of: right), right.name) }
    }

    /// Names of folders that hold a manifest which cannot be read, with the reason.
    public func unreadable() -> [(name: String, error: ModelPackError)] {
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
        return folders.filter { !$0.hasPrefix(".") }.sorted().compactMap { name in
            let folder = root.appendingPathComponent(name)
            let manifest = folder.appendingPathComponent(ModelPackManifest.fileName)
            guard FileManager.default.fileExists(atPath: manifest.path) else { return nil }
            do throws(ModelPackError) {
                _ = try InstalledModelPack(folder: folder)
                return nil
            } catch {
                return (name, error)
            }
        }
    }

    /// The installed pack of that name.
    ///
    /// - Throws: `ModelPackError.notInstalled`, `.invalidName`, `.damagedManifest`, `.newerManifest`.
    public func pack(named name: String) throws(ModelPackError) -> InstalledModelPack {
        try InstalledModelPack(folder: folder(ofPackNamed: name))
    }

    /// The pack to work with: the named one, or else buffalo_l when it is installed, or else the first of `installed()`.
    ///
    /// A pack that cannot be read is not passed over for another one: its faces could not be compared with the library's.
    ///
    /// - Throws: `ModelPackError.noneInstalled`, or what `pack(named:)` throws for the pack that would have been chosen.
    public func defaultPack(named name: String? = nil) throws(ModelPackError) -> InstalledModelPack {
        if let name { return try pack(named: name) }
        let first = installed().first
        let place = first.map(rank) ?? Int.max
        let broken = unreadable().min { (rank(ofName: $0.name), $0.name) < (rank(ofName: $1.name), $1.name) }
        if let broken, rank(ofName: broken.name) < place { throw broken.error }
        guard let first else { throw .noneInstalled }
        return first
    }

    /// Hashes every file of an installed pack again.
    ///
    /// - Throws: `ModelPackError.damagedPack` with the names of missing and changed files, or what `pack(named:)` throws.
    public func verify(packNamed name: String) throws(ModelPackError) {
        let condition = try pack(named: name).verify()
        guard condition.isIntact else {
            throw .damagedPack(name: name, missing: condition.missing, damaged: condition.damaged)
        }
    }

    /// Deletes an installed pack, also one whose manifest is damaged.
    ///
    /// - Throws: `ModelPackError.notInstalled` when there is no folder with a manifest, `.busy` during an installation.
    public func remove(packNamed name: String) throws(ModelPackError) {
        let folder = try folder(ofPackNamed: name)
        let manifest = folder.appendingPathComponent(ModelPackManifest.fileName)
        guard FileManager.default.fileExists(atPath: manifest.path) else { throw .notInstalled(name: name) }
        let staging = try PackStaging(root: root)
        try staging.discard(folder)
    }

    /// Where the pack of that name lies or would lie.
    func folder(ofPackNamed name: String) throws(ModelPackError) -> URL {
        guard Self.isValid(name: name) else { throw .invalidName(name) }
        return root.appendingPathComponent(name)
    }

    /// Whether a name can be a pack's and its folder's.
    static func isValid(name: String) -> Bool {
        !name.isEmpty && !name.hasPrefix(".") && name.count <= 100 && name.utf8.count <= 200
            && !name.unicodeScalars.contains { $0 == "/" || $0 == "@" || $0.properties.generalCategory == .control }
    }

    /// The place of a pack in the order of preference. A pack that bears a published name and has other weights is not
    /// preferred for its name.
    private func rank(of pack: InstalledModelPack) -> Int {
        catalog.entries.firstIndex { $0.name == pack.name && pack.manifest.isPublished(as: $0) }
            ?? catalog.entries.count
    }

    /// The place that a pack of that name would have if its weights were the published ones.
    private func rank(ofName name: String) -> Int {
        catalog.entries.firstIndex { $0.name == name } ?? catalog.entries.count
    }
}
