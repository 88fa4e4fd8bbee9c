public import FaceCore

/// Why the page's modules cannot be composed; each names the file to look at.
///
/// Users never cause it, only a changed `web/` does: the page is served module by module then, which is slower, the log
/// says so, and a test fails.
public enum PageCompositionError: UserFacingError, Hashable {
    /// A line with a form of `import` or `export` that is not one of those which are understood.
    case unknownForm(module: String, line: String)
    /// An import of a file that is not there, or that is not among those which the document names.
    case moduleMissing(String, importedBy: String)
    /// An import of a name that the other module does not export.
    case exportMissing(name: String, module: String, importedBy: String)
    /// Modules that import each other, so that none of them can come first.
    case circularImport(String)
    /// A module that is wanted both as it is and with its imports rewritten.
    case usedTwice(String)

    public var message: String {
        switch self {
        case .unknownForm(let module, let line):
            "web/\(module) has a form of import or export that cannot be composed: \(line)"
        case .moduleMissing(let module, let importer):
            "web/\(importer) imports \(module), which the document that loads it does not name."
        case .exportMissing(let name, let module, let importer):
            "web/\(importer) imports \(name) from \(module), which exports no such name."
        case .circularImport(let module): "web/\(module) imports itself by way of others."
        case .usedTwice(let module): "web/\(module) belongs to two documents, one of which composes its modules."
        }
    }
}
