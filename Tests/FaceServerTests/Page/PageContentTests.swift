import Foundation
import Testing

@testable import FaceServer

/// What holds for the page's own text: nothing from elsewhere, nothing inline, complete languages.
struct PageContentTests {
    private let files = PageFiles.compiledIn

    @Test func `Only the log-in form and what it is made of are open to a browser without the key`() throws {
        let open = files.files.filter(\.isOpen)
        let paths = Set(open.map(\.path))
        #expect(paths.isSuperset(of: ["/login", "/page/login.js", "/page/words.js", "/page/icons/icon.svg"]))
        for path in paths {
            #expect(
                path == "/login" || path == "/manifest.webmanifest"
                    || path.contains(
                        /\/(login|early|words)\.js$|\/words\/[a-z]+\.js$|\/style\/|\/login\.css$|\/icons\//),
                "\(path)")
        }
        // What an open file loads must be open too, or the form comes without its style.
        for file in open {
            for loaded in Self.pathsLoaded(by: file) { #expect(paths.contains(loaded), "\(file.path) loads \(loaded)") }
        }
    }

    @Test func `All that the page loads is there, and nothing comes from elsewhere`() {
        for file in files.files where file.path != "/openapi.yaml" {
            for path in Self.pathsLoaded(by: file) {
                let isThere = files.file(at: path) != nil
                #expect(isThere, "\(file.path) loads \(path)")
            }
            guard file.contentType != "image/png", file.contentType != "image/svg+xml" else { continue }
            let text = String(decoding: file.bytes, as: UTF8.self).replacing("http://www.w3.org/2000/svg", with: "")
            #expect(text.ranges(of: /https?:\/\//).isEmpty, "\(file.path) names an address elsewhere")
        }
    }

    @Test func `The first view's modules are named in the page, so that none waits for another`() throws {
        let html = String(decoding: try WebFolder.bytes("web/index.html"), as: UTF8.self)
        let named = html.matches(of: /rel="modulepreload" href="([^"]+)"/).map { String($0.1) }
        var needed: Set<String> = []
        var next = ["/page/app.js", "/page/views/people.js"]
        while let path = next.popLast() {
            guard needed.insert(path).inserted, let file = files.file(at: path) else { continue }
            next += Self.pathsLoaded(by: file, alsoLater: false)
        }
        #expect(Set(named).union(["/page/app.js"]) == needed)
    }

    @Test func `Nothing in the HTML is inline, as the content security policy wants it`() throws {
        for path in ["/", "/login"] {
            let html = String(decoding: try #require(files.file(at: path)).bytes, as: UTF8.self)
            #expect(html.ranges(of: /<script(?![^>]*\ssrc=)/).isEmpty)
            #expect(html.ranges(of: /<style|\sstyle=|\son[a-z]+=|javascript:/).isEmpty)
        }
        #expect(!PageFiles.contentSecurityPolicy.contains("unsafe"))
    }

    @Test func `Forms say that they come from the page, or the server would take them for another site's`() throws {
        // With the policy of the header, `no-referrer`, a browser sends `Origin: null` with a form.
        for path in ["/", "/login"] {
            let html = String(decoding: try #require(files.file(at: path)).bytes, as: UTF8.self)
            #expect(html.contains("<meta name=\"referrer\" content=\"same-origin\">"))
        }
    }

    @Test func `No script makes elements from text`() {
        for file in files.files where file.path.hasSuffix(".js") {
            let script = String(decoding: file.bytes, as: UTF8.self)
            #expect(script.ranges(of: /innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/).isEmpty)
        }
    }

    @Test func `Every language has the same sentences with the same gaps`() throws {
        let english = try Self.words("en")
        #expect(english.count > 200)
        let names = try WebFolder.names().filter { $0.hasPrefix("words/") }
        for name in names {
            let language = String(name.dropFirst(6).dropLast(3))
            let words = try Self.words(language)
            #expect(Set(words.keys) == Set(english.keys), "\(language)")
            for (key, gaps) in english { #expect(words[key] == gaps, "\(language): \(key)") }
        }
    }

    @Test func `Every sentence that the page asks for is there`() throws {
        let keys = try Set(Self.words("en").keys)
        for name in try WebFolder.names() where !name.hasPrefix("words") {
            guard name.hasSuffix(".js") || name.hasSuffix(".html") else { continue }
            let text = String(decoding: try WebFolder.bytes("web/\(name)"), as: UTF8.self)
            let asked =
                text.matches(of: /\bsay\("([A-Za-z.]+)"/).map { String($0.1) }
                + text.matches(of: /data-say(?:-[a-z]+)?="([A-Za-z.]+)"/).map { String($0.1) }
            for key in asked { #expect(keys.contains(key), "\(name) says \(key)") }
        }
    }

    /// The keys of a language, and which gaps the sentences of each have.
    private static func words(_ language: String) throws -> [String: Set<String>] {
        let file = String(decoding: try WebFolder.bytes("web/words/\(language).js"), as: UTF8.self)
        let text = file[try #require(file.firstRange(of: "window.likWords")).upperBound...]
        var words: [String: Set<String>] = [:]
        var key = ""
        var depth = 0
        for token in text.matches(of: /"((?:[^"\\]|\\.)*)"(:?)|([A-Za-z]+):|([{}])/) {
            if let brace = token.4 {
                depth += brace == "{" ? 1 : -1
            } else if depth == 1, let name = token.3 ?? (token.2 == ":" ? token.1 : nil) {
                key = String(name)
                #expect(words[key] == nil, "\(language) says \(key) twice")
                words[key] = []
            } else if let sentence = token.1 {
                words[key]?.formUnion(sentence.matches(of: /\{([a-zA-Z]+)\}/).map { String($0.1) })
            }
        }
        return words
    }

    /// Paths in `src`, `href` and `import`, without those within a page (`#`).
    ///
    /// - Parameter alsoLater: modules that are loaded when they are wanted, too.
    private static func pathsLoaded(by file: PageFile, alsoLater: Bool = true) -> [String] {
        let text = String(decoding: file.bytes, as: UTF8.self)
        if file.path.hasSuffix(".js") {
            let folder = URL(filePath: file.path).deletingLastPathComponent()
            return text.matches(of: /(from |import\()"(\.[^"$]+)"/).filter { alsoLater || $0.1 == "from " }.map {
                match in
                folder.appending(path: String(match.2)).standardizedFileURL.path(percentEncoded: false)
            }
        }
        guard file.contentType.hasPrefix("text/html") else { return [] }
        return text.matches(of: /\s(?:src|href)="([^"#]+)"/).map { String($0.1) }
    }
}
