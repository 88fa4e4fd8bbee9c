import CWebFiles

/// The files of the web page and of the API's description, which are part of the program.
public struct PageFiles: Sendable {
    /// What the repository held in `web/` and `openapi.yaml` when the program was built.
    public static let compiledIn = PageFiles(
        files: (0..<lik_web_file_count()).map { index in
            let file = lik_web_file_at(index)
            return PageFiles.served(
                String(cString: file.name), bytes: Array(UnsafeBufferPointer(start: file.bytes, count: file.count)))
        })

    /// What a response with one of these files should carry as `Content-Security-Policy`: nothing from elsewhere,
    /// nothing inline, and in nobody's frame.
    public static let contentSecurityPolicy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'",
        "connect-src 'self'", "manifest-src 'self'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
    ].joined(separator: "; ")

    /// All files, in the order of their paths.
    public let files: [PageFile]
    private let byPath: [String: PageFile]

    init(files: [PageFile]) {
        self.files = files.sorted { $0.path < $1.path }
        byPath = Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0) })
    }

    /// The file that a browser asks for under the path of its request, without the query; nil when there is none.
    public func file(at path: String) -> PageFile? { byPath[path] }

    private static func served(_ name: String, bytes: [UInt8]) -> PageFile {
        let path =
            switch name {
            case "web/index.html": "/"
            case "web/login.html": "/login"
            case "openapi.yaml": "/openapi.yaml"
            default: "/page/" + name.dropFirst("web/".count)
            }
        return PageFile(
            path: path, contentType: contentType(of: name), bytes: bytes, isOpen: openFiles.contains(name))
    }

    private static let openFiles: Set<String> = [
        "web/login.html", "web/login.js", "web/words.js", "web/page.css", "web/icon.svg",
    ]

    private static func contentType(of name: String) -> String {
        switch name.split(separator: ".").last {
        case "html": "text/html; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml"
        case "yaml": "application/yaml"
        default: "application/octet-stream"
        }
    }
}
