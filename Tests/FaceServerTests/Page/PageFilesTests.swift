import Foundation
import Testing

@testable import FaceServer

struct PageFilesTests {
    private let files = PageFiles.compiledIn

    private func text(at path: String) throws -> String {
        String(decoding: try #require(files.file(at: path)).bytes, as: UTF8.self)
    }

    @Test func `Every file of the page is compiled in, byte for byte`() throws {
        let names = try WebFolder.names()
        for name in names where WebFolder.documents[name] == nil {
            // Compared first: a failed expectation would print every byte.
            let served = files.file(at: "/page/\(name)")?.bytes
            let isThere = served != nil
            let isSame = try served == WebFolder.bytes("web/\(name)")
            #expect(isThere, "\(name) is not in the program")
            #expect(isSame, "\(name) is compiled in otherwise")
        }
        for path in WebFolder.documents.values { #expect(files.file(at: path) != nil, "\(path)") }
        let isSame = try files.file(at: "/openapi.yaml")?.bytes == WebFolder.bytes("openapi.yaml")
        #expect(isSame)
    }

    @Test func `Documents load what never changes under their release`() throws {
        let page = try text(at: "/")
        #expect(page.contains("\"/page/\(files.release)/index.js\""))
        #expect(page.ranges(of: "\"/page/").count == page.ranges(of: "\"/page/\(files.release)/").count)
        #expect(try text(at: "/manifest.webmanifest").contains("\"/page/\(files.release)/icons/icon-192.png\""))
        #expect(try text(at: "/worker.js").contains("\"/page/\(files.release)/files.json\""))
    }

    @Test func `The release changes with any file, and with a file's name`() {
        func release(_ sources: [(String, String)]) -> String {
            PageFiles(sources: sources.map { ($0.0, Array($0.1.utf8)) }).release
        }
        let first = release([("web/index.html", "page"), ("web/app.js", "1")])
        #expect(first.count == 16)
        #expect(first == release([("web/app.js", "1"), ("web/index.html", "page")]))
        #expect(first != release([("web/index.html", "page"), ("web/app.js", "2")]))
        #expect(first != release([("web/index.html", "page"), ("web/ap.js", "1")]))
        // The API's description is no part of the page.
        #expect(first == release([("web/index.html", "page"), ("web/app.js", "1"), ("openapi.yaml", "new")]))
    }

    @Test func `A language is one file, and the page is told which there are`() throws {
        let languages = try WebFolder.names().filter { $0.hasPrefix("words/") }.map { $0.dropFirst(6).dropLast(3) }
        #expect(languages.contains("en") && languages.contains("ru"))
        for path in ["/", "/login"] {
            let tags = languages.joined(separator: " ")
            #expect(try text(at: path).contains("name=\"lik-languages\" content=\"\(tags)\""))
        }
        let third = PageFiles(
            sources: [
                ("web/index.html", Array("<meta name=\"lik-languages\" content=\"en\">".utf8)),
                ("web/words/de.js", []), ("web/words/en.js", []),
            ])
        let page = third.file(at: "/").map { String(decoding: $0.bytes, as: UTF8.self) }
        #expect(page == "<meta name=\"lik-languages\" content=\"de en\">")
    }

    @Test func `The worker's list names every file that never changes, and nothing else`() throws {
        let list = try #require(files.file(at: "/page/\(files.release)/files.json"))
        let paths = try JSONDecoder().decode([String].self, from: Data(list.bytes))
        #expect(paths.count > 30)
        let kept = files.files.filter { $0.isImmutable && $0.path != list.path && $0.contentType != "image/png" }
        #expect(Set(paths) == Set(kept.map(\.path)))
    }

    @Test func `Files say what they are`() {
        let types = Dictionary(uniqueKeysWithValues: files.files.map { ($0.path, $0.contentType) })
        #expect(types["/"] == "text/html; charset=utf-8")
        #expect(types["/login"] == "text/html; charset=utf-8")
        #expect(types["/worker.js"] == "text/javascript; charset=utf-8")
        #expect(types["/manifest.webmanifest"] == "application/manifest+json; charset=utf-8")
        #expect(types["/page/app.js"] == "text/javascript; charset=utf-8")
        #expect(types["/page/style/base.css"] == "text/css; charset=utf-8")
        #expect(types["/page/icons/icon.svg"] == "image/svg+xml")
        #expect(types["/page/icons/icon-192.png"] == "image/png")
        #expect(types["/openapi.yaml"] == "application/yaml")
        #expect(!types.values.contains("application/octet-stream"))
    }

    @Test func `Text is compressed once and gets smaller; pictures stay as they are`() throws {
        let script = try #require(files.file(at: "/page/app.js"))
        let packed = try #require(script.packed)
        #expect(packed.starts(with: [0x1f, 0x8b]) && packed.count * 2 < script.bytes.count)
        #expect(files.file(at: "/page/icons/icon-192.png")?.packed == nil)
    }

    @Test func `Entity tags are quoted, and change with the bytes`() {
        let file = PageFile(path: "/", contentType: "text/html", bytes: [1, 2, 3], isOpen: false)
        // printf '\1\2\3' | sha256sum
        #expect(file.etag == "\"039058c6f2c0cb492c533b0a4d14ef77\"")
        #expect(PageFile(path: "/", contentType: "text/html", bytes: [1, 2, 4], isOpen: false).etag != file.etag)
    }

    @Test func `There is no file under a path that merely looks like one`() {
        for path in [
            "", "/index.html", "/page", "/page/", "/page/../openapi.yaml", "/PAGE/app.js", "/page/index.html",
            "/page/0000000000000000/app.js",
        ] {
            let isThere = files.file(at: path) != nil
            #expect(!isThere, "\(path)")
        }
    }
}
