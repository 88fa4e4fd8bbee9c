import FaceCore
public import Foundation

/// Where a model pack is installed from.
public enum ModelPackSource: Sendable, Hashable {
    /// buffalo_l, and where its download cannot be reached within seconds, dlib.
    case automatic
    /// A pack of the catalog, fetched from where it is published.
    case named(String)
    /// A zip or tar.gz file.
    case archive(URL)
    /// A folder that holds model files under their published names.
    case folder(URL)

    /// Reads what a user gave: `auto`, a known pack's name, or the path of a file or folder. A known name is never taken
    /// for a path; `./buffalo_l` is a path.
    ///
    /// - Throws: `ModelPackError.unknownPack` for a word that is no known name and no path, `.sourceNotFound` for a path
    ///   where nothing is.
    public init(argument: String, catalog: ModelPackCatalog = .published) throws(ModelPackError) {
        if argument == "auto" {
            self = .automatic
            return
        }
        if catalog.entry(named: argument) != nil {
            self = .named(argument)
            return
        }
        var isFolder = ObjCBool(false)
        guard FileManager.default.fileExists(atPath: argument, isDirectory: &isFolder) else {
            if argument.contains("/") || argument.hasSuffix(".zip") || argument.hasSuffix(".gz") {
                throw .sourceNotFound(argument)
            }
            throw .unknownPack(name: argument, known: catalog.names)
        }
        let url = URL(fileURLWithPath: argument, isDirectory: isFolder.boolValue)
        self = isFolder.boolValue ? .folder(url) : .archive(url)
    }
}
