import CWebFiles

/// The files of the web page and of the API's description, which are part of the program.
///
/// Every file below `web/` is served under two paths: `/page/NAME`, and `/page/RELEASE/NAME`, where RELEASE changes when any
/// of them does. Modules name each other by relative paths, so one loaded from the second finds the others there too, and a
/// browser keeps them for good. The page's documents, which keep their paths, are written to load from there.
public struct PageFiles: Sendable {
    /// What the repository held in `web/` and `openapi.yaml` when the program was built.
    public static let compiledIn = PageFiles(
        sources: (0..<lik_web_file_count()).map { index in
            let file = lik_web_file_at(index)
            return (String(cString: file.name), Array(UnsafeBufferPointer(start: file.bytes, count: file.count)))
        })

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
    private let byPath: [String: PageFile]

    /// - Parameter sources: the files by their names in the repository, as `web/app.js`.
    init(sources: [(name: String, bytes: [UInt8])]) {
        let page = sources.filter { $0.name.hasPrefix("web/") }.sorted { $0.name < $1.name }
        let release = PageFile.digest(page.flatMap { Array($0.name.utf8) + [0] + $0.bytes + [0] }).prefix(16)
        var files: [PageFile] = []
        for (name, bytes) in sources {
            let isOpen = Self.isOpen(name)
            if let path = Self.documents[name] {
                let written = Self.written(bytes, release: String(release), names: page.map(\.name))
                files.append(
                    PageFile(path: path, contentType: Self.contentType(of: name), bytes: written, isOpen: isOpen))
                continue
            }
            let local = name.dropFirst("web/".count)
            let file = PageFile(
                path: "/page/\(local)", contentType: Self.contentType(of: name), bytes: bytes, isOpen: isOpen)
            files += [file, file.immutable(at: "/page/\(release)/\(local)")]
        }
        // What the service worker keeps of the page; the icons of the app the system keeps by itself.
        let kept = files.filter { $0.isImmutable && $0.contentType != "image/png" }.map { "\"\($0.path)\"" }.sorted()
        files.append(
            PageFile(
                path: "/page/\(release)/files.json", contentType: Self.contentType(of: "files.json"),
                bytes: Array("[\(kept.joined(separator: ", "))]".utf8), isOpen: false, isImmutable: true))
        self.files = files.sorted { $0.path < $1.path }
        self.release = String(release)
        byPath = Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0) })
    }

    /// The file that a browser asks for under the path of its request, without the query; nil when there is none.
    public func file(at path: String) -> PageFile? { byPath[path] }

    /// Files with a path of their own, which stays: what a browser asks for by itself.
    private static let documents = [
        "web/index.html": "/", "web/login.html": "/login", "web/worker.js": "/worker.js",
        "web/manifest.webmanifest": "/manifest.webmanifest", "openapi.yaml": "/openapi.yaml",
    ]

    /// A document with the release in the paths that it loads, and with the languages there are.
    private static func written(_ bytes: [UInt8], release: String, names: [String]) -> [UInt8] {
        let languages = names.filter { $0.hasPrefix("web/words/") }.map { $0.dropFirst(10).prefix { $0 != "." } }
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
            "web/login.html", "web/login.js", "web/early.js", "web/words.js", "web/style/base.css",
            "web/style/controls.css", "web/style/shell.css", "web/manifest.webmanifest",
        ].contains(name) || name.hasPrefix("web/words/") || name.hasPrefix("web/icons/")
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
