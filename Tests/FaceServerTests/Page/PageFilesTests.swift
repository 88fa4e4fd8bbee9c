import Foundation
import Testing

@testable import FaceServer

struct PageFilesTests {
    private let files = PageFiles.compiledIn

    /// The repository's folder; the tests run where they were built.
    private static let repository = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: repository.appending(path: name)))
    }

    @Test func `Every file of the page is compiled in, byte for byte`() throws {
        let names = try FileManager.default.contentsOfDirectory(
            atPath: Self.repository.appending(path: "web").path(percentEncoded: false))
        let count = files.files.count
        #expect(count == names.count + 1)
        for name in names {
            let path =
                switch name {
                case "index.html": "/"
                case "login.html": "/login"
                default: "/page/\(name)"
                }
            // Compared first: a failed expectation would print every byte.
            let served = files.file(at: path)?.bytes
            let isThere = served != nil
            let isSame = try served == Self.bytes("web/\(name)")
            #expect(isThere, "\(name) is not named in Sources/CWebFiles/files.c")
            #expect(isSame, "\(name) is compiled in otherwise")
        }
        let isSame = try files.file(at: "/openapi.yaml")?.bytes == Self.bytes("openapi.yaml")
        #expect(isSame)
    }

    @Test func `Files say what they are`() {
        let types = Dictionary(uniqueKeysWithValues: files.files.map { ($0.path, $0.contentType) })
        #expect(types["/"] == "text/html; charset=utf-8")
        #expect(types["/login"] == "text/html; charset=utf-8")
        #expect(types["/page/app.js"] == "text/javascript; charset=utf-8")
        #expect(types["/page/page.css"] == "text/css; charset=utf-8")
        #expect(types["/page/icon.svg"] == "image/svg+xml")
        #expect(types["/openapi.yaml"] == "application/yaml")
        #expect(!types.values.contains("application/octet-stream"))
    }

    @Test func `Only the log-in form and what it is made of are open to a browser without the key`() throws {
        let open = Set(files.files.filter(\.isOpen).map(\.path))
        #expect(open == ["/login", "/page/login.js", "/page/words.js", "/page/page.css", "/page/icon.svg"])
        // What an open file loads must be open too, or the form comes without its style.
        for file in files.files where file.isOpen {
            for loaded in Self.pathsLoaded(by: file) {
                #expect(open.contains(loaded), "\(file.path) loads \(loaded)")
            }
        }
    }

    @Test func `All that the page loads is there, and nothing comes from elsewhere`() {
        for file in files.files where file.path != "/openapi.yaml" {
            for path in Self.pathsLoaded(by: file) {
                let isThere = files.file(at: path) != nil
                #expect(isThere, "\(file.path) loads \(path)")
            }
        }
    }

    @Test func `Nothing in the HTML is inline, as the content security policy wants it`() throws {
        for path in ["/", "/login"] {
            let html = String(decoding: try #require(files.file(at: path)).bytes, as: UTF8.self)
            #expect(html.ranges(of: /<script(?![^>]*\ssrc=)/).isEmpty)
            #expect(html.ranges(of: /<style|\sstyle=|\son[a-z]+=|javascript:/).isEmpty)
        }
        #expect(!PageFiles.contentSecurityPolicy.contains("unsafe"))
    }

    @Test func `No script makes elements from text`() {
        for file in files.files where file.path.hasSuffix(".js") {
            let script = String(decoding: file.bytes, as: UTF8.self)
            #expect(script.ranges(of: /innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/).isEmpty)
        }
    }

    @Test func `Entity tags are quoted, and change with the bytes`() {
        let file = PageFile(path: "/", contentType: "text/html", bytes: [1, 2, 3], isOpen: false)
        // printf '\1\2\3' | sha256sum
        #expect(file.etag == "\"039058c6f2c0cb492c533b0a4d14ef77\"")
        #expect(PageFile(path: "/", contentType: "text/html", bytes: [1, 2, 4], isOpen: false).etag != file.etag)
    }

    @Test func `There is no file under a path that merely looks like one`() {
        for path in ["", "/index.html", "/page", "/page/", "/page/../openapi.yaml", "/PAGE/app.js"] {
            let isThere = files.file(at: path) != nil
            #expect(!isThere, "\(path)")
        }
    }

    /// Paths in `src`, `href` and `import`, without those within a page (`#`).
    private static func pathsLoaded(by file: PageFile) -> [String] {
        let text = String(decoding: file.bytes, as: UTF8.self)
        if file.path.hasSuffix(".js") {
            return text.matches(of: /from "(.+?)"/).map { match in
                match.1.hasPrefix("./") ? "/page/" + match.1.dropFirst(2) : String(match.1)
            }
        }
        guard file.contentType.hasPrefix("text/html") else { return [] }
        return text.matches(of: /\s(?:src|href)="([^"#]+)"/).map { String($0.1) }
    }
}
