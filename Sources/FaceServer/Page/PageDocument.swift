/// One of the page's HTML documents, as far as what it loads can be put together into fewer files.
///
/// In `web/` it names every style sheet and every module of the first view by itself, and works so. What the server sends
/// names one sheet and one script instead: a browser pays for each file that it asks for, more than for what is in it.
struct PageDocument: Sendable {
    /// As `index.html`.
    let name: String
    /// In the order of their rules.
    let styles: [String]
    /// The module that it runs; nil where there is none.
    let entry: String?
    /// The other modules that its first view needs.
    let modules: [String]
    private let lines: [Substring]

    init(name: String, bytes: [UInt8]) {
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        self.name = name
        self.lines = lines
        styles = lines.compactMap { Self.style(in: $0) }
        entry = lines.lazy.compactMap { Self.entry(in: $0) }.first
        modules = lines.compactMap { Self.module(in: $0) }
    }

    /// What its own files are called: `index`.
    private var stem: Substring { name.prefix { $0 != "." } }
    /// The file that all of its style sheets are in.
    var styleName: String { "\(stem).css" }
    /// The file that its modules are in.
    var scriptName: String { "\(stem).js" }
    /// Whether its modules go into one file.
    var composesModules: Bool { entry != nil && !modules.isEmpty }

    /// Its text with one style sheet, and with one script where it names several modules.
    func written(withScript: Bool) -> String {
        var isStyled = false
        var written: [String] = []
        for line in lines {
            if let style = Self.style(in: line) {
                if !isStyled { written.append(String(line).replacing("/page/\(style)", with: "/page/\(styleName)")) }
                isStyled = true
            } else if withScript, let entry = Self.entry(in: line) {
                written.append(String(line).replacing("/page/\(entry)", with: "/page/\(scriptName)"))
            } else if !withScript || Self.module(in: line) == nil {
                written.append(String(line))
            }
        }
        return written.joined(separator: "\n")
    }

    private static func style(in line: Substring) -> String? {
        line.wholeMatch(of: /<link rel="stylesheet" href="\/page\/([^"]+)">/).map { String($0.1) }
    }

    private static func entry(in line: Substring) -> String? {
        line.wholeMatch(of: /<script type="module" src="\/page\/([^"]+)"[^>]*><\/script>/).map { String($0.1) }
    }

    private static func module(in line: Substring) -> String? {
        line.wholeMatch(of: /<link rel="modulepreload" href="\/page\/([^"]+)">/).map { String($0.1) }
    }
}
