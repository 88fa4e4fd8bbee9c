import PageSources

/// The files of the web page and of the API's description, which are part of the program.
///
/// Every file below `web/` is served as `/page/NAME`, as it is. What the page's documents load is served besides under
/// `/page/RELEASE/`, where RELEASE changes when any file does, so that a browser keeps it for good. There the style sheets
/// of a document are one file, the modules of its first view another, and the modules that are loaded later are rewritten
/// to import from that one (`PageComposition`). Modules name each other by relative paths and so stay in their release.
public struct PageFiles: Sendable {
    /// What the repository held in `web/` and `openapi.yaml` when the program was built.
    public static let compiledIn = PageFiles(sources: PageSource.all.map { ($0.name, $0.bytes) })

    /// What a response with one of these files should carry as `Content-Security-Policy`: nothing from elsewhere,
    /// nothing inline, and in nobody's frame. `blob:` is for the small pictures of what is about to be uploaded.
    public static let contentSecurityPolicy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' blob:", "connect-src 'self'",
        "manifest-src 'self'", "worker-src 'self'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
    ].joined(separator: "; ")

    /// All files, in the order of their paths.
    public let files: [PageFile]
    /// What stands in the paths of files that never change: 16 hexadecimal digits of a hash over all files of the page.
    public let release: String
    /// Why the documents load every file by itself, which is slower; nil where they do not.
    public let problem: PageCompositionError?
    private let byPath: [String: PageFile]

    /// - Parameter sources: the files by their names in the repository, as `web/app.js`.
    init(sources: [(name: String, bytes: [UInt8])]) {
        let page = sources.filter { $0.name.hasPrefix("web/") }.sorted { $0.name < $1.name }
        let release = PageFile.digest(page.flatMap { Array($0.name.utf8) + [0] + $0.bytes + [0] }).prefix(16)
        let names = page.map { String($0.name.dropFirst("web/".count)) }
        let byName = Dictionary(uniqueKeysWithValues: zip(names, page.map(\.bytes)))
        let open = Set(names.filter(Self.isOpen))
        var composed = byName
        var openComposed = open
        var documents = byName
        do {
            let composition = try PageComposition(
                sources: byName, documents: names.filter { $0.hasSuffix(".html") }, open: open)
            composed = composition.files
            openComposed = composition.open
            documents.merge(composition.documents) { $1 }
            problem = nil
        } catch {
            problem = error
        }
        var files: [PageFile] = []
        for (name, bytes) in byName {
            if let path = Self.documents[name] {
                let written = Self.written(documents[name] ?? bytes, release: String(release), names: names)
                files.append(Self.file(at: path, bytes: written, isOpen: open.contains(name), name: name))
            } else {
                files.append(Self.file(at: "/page/\(name)", bytes: bytes, isOpen: open.contains(name), name: name))
            }
        }
        for (name, bytes) in composed where Self.documents[name] == nil {
            let path = "/page/\(release)/\(name)"
            let isOpen = openComposed.contains(name)
            files.append(Self.file(at: path, bytes: bytes, isOpen: isOpen, name: name, isImmutable: true))
        }
        for (name, bytes) in sources where !name.hasPrefix("web/") {
            files.append(Self.file(at: "/\(name)", bytes: bytes, isOpen: false, name: name))
        }
        // What the service worker keeps of the page; the icons of the app the system keeps by itself.
        let kept = files.filter { $0.isImmutable && $0.contentType != "image/png" }.map { "\"\($0.path)\"" }.sorted()
        files.append(
            Self.file(
                at: "/page/\(release)/files.json", bytes: Array("[\(kept.joined(separator: ", "))]".utf8),
                isOpen: false,
                name: "files.json", isImmutable: true))
        self.files = files.sorted { $0.path < $1.path }
        self.release = String(release)
        byPath = Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0) })
    }

    private static func file(
        at path: String, bytes: [UInt8], isOpen: Bool, name: String, isImmutable: Bool = false
    ) -> PageFile {
        PageFile(path: path, contentType: contentType(of: name), bytes: bytes, isOpen: isOpen, isImmutable: isImmutable)
    }

    /// The file that a browser asks for under the path of its request, without the query; nil when there is none.
    public func file(at path: String) -> PageFile? { byPath[path] }

    /// Files with a path of their own, which stays: what a browser asks for by itself.
    private static let documents = [
        "index.html": "/", "login.html": "/login", "worker.js": "/worker.js",
        "manifest.webmanifest": "/manifest.webmanifest",
    ]

    /// A document with the release in the paths that it loads, and with the languages there are.
    private static func written(_ bytes: [UInt8], release: String, names: [String]) -> [UInt8] {
        let languages = names.filter { $0.hasPrefix("words/") }.map { $0.dropFirst(6).prefix { $0 != "." } }
        let text = String(decoding: bytes, as: UTF8.self)
            .replacing("\"/page/", with: "\"/page/\(release)/")
            .replacing(
                "name=\"lik-languages\" content=\"en\"",
                with: "name=\"lik-languages\" content=\"\(languages.joined(separator: " "))\"")
        return Array(text.utf8)
    }

    /// The log-in form and what it is made of.
    private static func isOpen(_ name: String) -> Bool {
        [
            "login.html", "login.js", "early.js", "words.js", "style/base.css", "style/controls.css",
            "style/shell.css", "manifest.webmanifest",
        ].contains(name) || name.hasPrefix("words/") || name.hasPrefix("icons/")
    }

    private static func contentType(of name: String) -> String {
        switch name.split(separator: ".").last {
        case "html": "text/html; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "json": "application/json; charset=utf-8"
        case "webmanifest": "application/manifest+json; charset=utf-8"
        case "svg": "image/svg+xml"
        case "png": "image/png"
        case "yaml": "application/yaml"
        default: "application/octet-stream"
        }
    }
}
