import FaceCore
import Foundation

/// Model files under their published names, found in a folder: at most one a role, a detector and an embedder for sure.
struct ModelFileSet {
    struct Member {
        var published: ModelPackCatalog.PublishedFile
        var url: URL
    }

    let family: ModelPackManifest.Family
    let members: [Member]

    /// Looks for known file names in a folder, or where archives put them below it.
    ///
    /// - Parameter source: what the folder is called in errors.
    /// - Throws: `ModelPackError.notAPack`, `.missingRole`, `.ambiguousRole`.
    init(folder: URL, catalog: ModelPackCatalog, source: String) throws(ModelPackError) {
        for place in Self.places(in: folder) {
            let names = Set((try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? [])
            // dlib's files count only when no model of InsightFace's is there.
            for family in [ModelPackManifest.Family.insightFace, .dlib] {
                let known = catalog.fileNames(of: family).intersection(names).sorted()
                guard !known.isEmpty else { continue }
                self.family = family
                members = known.compactMap { name in
                    catalog.publishedFile(named: name, family: family).map {
                        Member(published: $0, url: place.appendingPathComponent(name))
                    }
                }
                try checkRoles(source: source)
                return
            }
        }
        throw .notAPack(source: source)
    }

    /// Takes the files of known names out of an archive into the staging's scratch folder.
    init(
        unpacking file: URL, source: String, in staging: PackStaging, catalog: ModelPackCatalog,
        progress: (Int64) -> Void
    ) throws(ModelPackError) {
        let folder = try staging.scratch()
        let wanted = catalog.fileNames(of: .insightFace).union(catalog.fileNames(of: .dlib))
        var archive = ModelPackArchive(file: file)
        archive.source = source
        _ = try archive.extract(wanted, into: folder, progress: progress)
        try self.init(folder: folder, catalog: catalog, source: source)
    }

    func member(_ role: ModelPackManifest.Role) -> Member? { members.first { $0.published.role == role } }

    /// The folder itself, where face_recognition_models keeps its models, and the only subfolder (antelopev2's archive
    /// has one).
    private static func places(in folder: URL) -> [URL] {
        var places = [folder]
        places += ["models", "face_recognition_models/models"].map { folder.appendingPathComponent($0) }
        let subfolders = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter { name in
            var isFolder = ObjCBool(false)
            let path = folder.appendingPathComponent(name).path
            return !name.hasPrefix(".") && FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
                && isFolder.boolValue
        }
        if subfolders.count == 1, let only = subfolders.first { places.append(folder.appendingPathComponent(only)) }
        return places
    }

    private func checkRoles(source: String) throws(ModelPackError) {
        for role in ModelPackManifest.Role.allCases {
            let names = members.filter { $0.published.role == role }.map(\.published.name)
            guard names.count <= 1 else { throw .ambiguousRole(role, files: names, source: source) }
            let isNeeded = role == .detector || role == .embedder || (role == .landmarks && family == .dlib)
            guard !names.isEmpty || !isNeeded else { throw .missingRole(role, source: source) }
        }
    }
}
