import Crypto
import FaceCore
import Foundation

/// One pack on its way into a store.
struct InstallationJob {
    /// What makes a file a published one.
    enum Trust {
        /// It came out of an archive whose hash is known.
        case archive
        /// Its own hash is known; others are installed as they are, unverified.
        case knownHashes
        /// As `knownHashes`, and a file whose published hash is another is refused.
        case knownHashesOnly
    }

    let name: String
    let destination: URL
    let staging: PackStaging
    let catalog: ModelPackCatalog
    let conversion: DlibConversion

    /// Fetches an archive, or goes on with one that was begun, and checks its hash.
    func download(
        _ url: URL, sha256: String?, installer: ModelPackInstaller, progress: (ModelPackProgress) -> Void
    ) throws(ModelPackError) -> URL {
        try PackStaging.makeFolder(staging.downloads)
        let partial = staging.downloads.appendingPathComponent("\(url.lastPathComponent).part")
        let wasBegun = FileManager.default.fileExists(atPath: partial.path)
        if wasBegun, let sha256, try FileHash.ofFile(at: partial) == sha256 { return partial }
        var download = ModelDownload(url: url, partial: partial)
        download.connectTimeout = installer.connectTimeout
        download.stallTimeout = installer.stallTimeout
        // What an earlier call left may be of another file: then once more, from the beginning.
        for isLast in wasBegun ? [false, true] : [true] {
            try download.run { completed, total in
                progress(ModelPackProgress(stage: .downloading, pack: name, completed: completed, total: total))
            }
            progress(ModelPackProgress(stage: .checking, pack: name, completed: 0, total: nil))
            guard let sha256, try FileHash.ofFile(at: partial) != sha256 else { return partial }
            try? FileManager.default.removeItem(at: partial)
            if isLast { break }
        }
        throw .wrongHash(file: url.lastPathComponent)
    }

    /// Takes the files of known names out of an archive.
    func unpack(
        _ file: URL, source: String, progress: (ModelPackProgress) -> Void
    ) throws(ModelPackError) -> ModelFileSet {
        try ModelFileSet(unpacking: file, source: source, in: staging, catalog: catalog) { completed in
            progress(ModelPackProgress(stage: .unpacking, pack: name, completed: completed, total: nil))
        }
    }

    /// Makes a pack of the files and gives it its name in the store.
    ///
    /// - Parameters:
    ///   - entry: the published pack that the files are; nil when it is not known which.
    ///   - moves: the files lie in the store already and may be moved.
    func install(
        _ set: ModelFileSet, trust: Trust, entry: ModelPackCatalog.Entry? = nil, moves: Bool,
        progress: (ModelPackProgress) -> Void
    ) throws(ModelPackError) -> ModelPackInstallation {
        guard let entry = entry ?? catalog.entry(for: set) else { throw .notAPack(source: name) }
        if let there = try installed(set, as: entry) {
            return ModelPackInstallation(pack: there, wasAlreadyInstalled: true, note: nil)
        }
        let files =
            switch set.family {
            case .insightFace: try take(set, trust: trust, moves: moves, progress: progress)
            case .dlib: try convert(set, progress: progress)
            }
        let manifest = manifest(files: files, entry: entry)
        try staging.publish(manifest, as: destination)
        return ModelPackInstallation(
            pack: try InstalledModelPack(folder: destination), wasAlreadyInstalled: false, note: note(on: manifest))
    }

    private func manifest(files: [ModelPackManifest.File], entry: ModelPackCatalog.Entry) -> ModelPackManifest {
        var manifest = ModelPackManifest(
            name: name, family: entry.family, files: files, embeddingDimension: entry.embeddingDimension,
            metric: entry.metric, thresholds: entry.thresholds, licence: entry.licence)
        let main = [manifest.file(of: .detector), manifest.file(of: .embedder)]
        if !main.allSatisfy({ $0?.isVerified ?? false }) {
            manifest.licence = ModelPackManifest.Licence(
                name: "licence not known, ask who made the files", url: nil, commercialUse: false)
        }
        return manifest
    }

    /// What is to be said of a pack that bears the name of a published one and is another.
    private func note(on manifest: ModelPackManifest) -> String? {
        guard let entry = catalog.entry(named: name), !manifest.isPublished(as: entry) else { return nil }
        return "These are not the published files of \(name); their embeddings are kept apart from \(name)'s."
    }

    /// The installed pack of the name when it was made of the very files of the set, and is intact.
    private func installed(
        _ set: ModelFileSet, as entry: ModelPackCatalog.Entry
    ) throws(ModelPackError) -> InstalledModelPack? {
        guard let pack = try? InstalledModelPack(folder: destination), pack.manifest.family == set.family,
            pack.manifest.files.count == set.members.count,
            set.family == .insightFace || pack.manifest.isPublished(as: entry)
        else { return nil }
        for member in set.members {
            let hash = try FileHash.ofFile(at: member.url)
            switch set.family {
            case .insightFace:
                guard let file = pack.manifest.file(of: member.published.role), file.name == member.published.name,
                    file.sha256 == hash
                else { return nil }
            case .dlib:
                // What is installed was converted from the published files; others are refused later on.
                guard hash == member.published.sha256 else { return nil }
            }
        }
        return try pack.verify().isIntact ? pack : nil
    }

    /// Brings InsightFace's files into the staging folder.
    private func take(
        _ set: ModelFileSet, trust: Trust, moves: Bool, progress: (ModelPackProgress) -> Void
    ) throws(ModelPackError) -> [ModelPackManifest.File] {
        var files: [ModelPackManifest.File] = []
        for member in set.members {
            let name = member.published.name
            let target = staging.folder.appendingPathComponent(name)
            let sha256: String
            if moves {
                sha256 = try FileHash.ofFile(at: member.url)
                guard rename(member.url.path, target.path) == 0 else { throw .writing(target.path, errno) }
            } else {
                sha256 = try copy(member.url, to: target, progress: progress)
            }
            let known = catalog.knownHashes(ofFileNamed: name, family: set.family)
            if trust == .knownHashesOnly, !known.isEmpty, !known.contains(sha256) { throw .wrongHash(file: name) }
            files.append(
                ModelPackManifest.File(
                    role: member.published.role, name: name, sha256: sha256, input: member.published.input,
                    isVerified: trust == .archive || known.contains(sha256)))
        }
        return files
    }

    /// Copies a file and gives the hash of what was written back.
    private func copy(
        _ source: URL, to target: URL, progress: (ModelPackProgress) -> Void
    ) throws(ModelPackError) -> String {
        let input = try InputFile(source)
        let output = try OutputFile(target, .new)
        var hash = SHA256()
        while let bytes = try input.read(atMost: FileHash.chunk) {
            guard output.size < ModelPackArchive.maximumModelSize else {
                throw .tooLarge(file: source.lastPathComponent)
            }
            try output.write(bytes)
            hash.update(data: bytes)
            progress(ModelPackProgress(stage: .copying, pack: name, completed: output.size, total: nil))
        }
        try output.synchronize()
        return FileHash.hex(hash.finalize())
    }
}

extension ModelPackCatalog {
    /// The pack that tells how files of a set are used: the first one with that embedder.
    func entry(for set: ModelFileSet) -> Entry? {
        entries.first { entry in
            entry.family == set.family
                && entry.files.contains { $0.role == .embedder && $0.name == set.member(.embedder)?.published.name }
        }
    }
}
