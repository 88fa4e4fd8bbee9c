import Testing

@testable import FaceServer

struct PageCompositionTests {
    private static let page = [
        "web/index.html": """
        <link rel="stylesheet" href="/page/style/base.css">
        <link rel="stylesheet" href="/page/style/people.css">
        <link rel="modulepreload" href="/page/words.js">
        <script type="module" src="/page/app.js" blocking="render"></script>
        <main></main>
        """,
        "web/login.html": """
        <link rel="stylesheet" href="/page/style/base.css">
        <script type="module" src="/page/login.js"></script>
        """,
        "web/app.js": "import { say } from \"./words.js\";\nconst later = () => import(\"./later.js\");\nsay();",
        "web/later.js": "import { say } from \"./words.js\";\nsay();",
        "web/login.js": "import { say } from \"./words.js\";\nsay();",
        "web/words.js": "export const say = () => 1;",
        "web/words/en.js": "export default {};",
        "web/style/base.css": "a { color: red; }\n",
        "web/style/people.css": "a { color: blue; }\n",
    ]

    private func files(_ sources: [String: String]) -> PageFiles {
        PageFiles(sources: sources.sorted { $0.key < $1.key }.map { ($0.key, Array($0.value.utf8)) })
    }

    private func text(_ files: PageFiles, _ path: String) -> String? {
        files.file(at: path.replacing("RELEASE", with: files.release)).map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    @Test func `A document loads one style sheet and one script where it named many`() throws {
        let files = files(Self.page)
        #expect(files.problem == nil)
        #expect(
            text(files, "/") == """
                <link rel="stylesheet" href="/page/\(files.release)/index.css">
                <script type="module" src="/page/\(files.release)/index.js" blocking="render"></script>
                <main></main>
                """)
        // Rules that come later win, so the order is the document's.
        #expect(text(files, "/page/RELEASE/index.css") == "a { color: red; }\na { color: blue; }\n")
        #expect(text(files, "/page/RELEASE/index.js")?.contains("// words.js") == true)
        #expect(text(files, "/page/RELEASE/later.js")?.hasPrefix("import { $0 } from \"./index.js\";") == true)
    }

    @Test func `What went into another file is not served once more for good`() {
        let files = files(Self.page)
        for path in ["app.js", "style/base.css", "style/people.css"] {
            #expect(text(files, "/page/RELEASE/\(path)") == nil, "\(path)")
            #expect(text(files, "/page/\(path)") == Self.page["web/\(path)"])
        }
    }

    @Test func `A document of few modules keeps them as they are, and has a style sheet of its own`() {
        let files = files(Self.page)
        #expect(
            text(files, "/login") == """
                <link rel="stylesheet" href="/page/\(files.release)/login.css">
                <script type="module" src="/page/\(files.release)/login.js"></script>
                """)
        #expect(text(files, "/page/RELEASE/login.js") == Self.page["web/login.js"])
        #expect(text(files, "/page/RELEASE/words.js") == Self.page["web/words.js"])
    }

    @Test func `A style sheet is open to those without the key only if all of its parts are`() throws {
        let files = files(Self.page)
        #expect(try #require(files.file(at: "/page/\(files.release)/login.css")).isOpen)
        #expect(try !#require(files.file(at: "/page/\(files.release)/index.css")).isOpen)
        #expect(try !#require(files.file(at: "/page/\(files.release)/index.js")).isOpen)
    }

    @Test func `Where modules cannot be composed the page is served file by file, and says why`() {
        var sources = Self.page
        sources["web/app.js"] = "import * as words from \"./words.js\";"
        let files = files(sources)
        #expect(files.problem == .unknownForm(module: "app.js", line: "import * as words from \"./words.js\";"))
        #expect(text(files, "/") == Self.page["web/index.html"]?.replacing("/page/", with: "/page/\(files.release)/"))
        for name in ["app.js", "words.js", "style/people.css"] {
            #expect(text(files, "/page/RELEASE/\(name)") == sources["web/\(name)"], "\(name)")
        }
    }

    @Test func `The page that is compiled in is composed`() throws {
        let files = PageFiles.compiledIn
        #expect(files.problem == nil)
        let html = try #require(text(files, "/"))
        #expect(html.ranges(of: "rel=\"stylesheet\"").count == 1)
        #expect(html.ranges(of: "<script").count == 2)
        #expect(!html.contains("modulepreload"))
        let later = [
            "person", "photos", "photo", "unknown", "review", "add", "statistics", "history", "settings", "collections",
            "collection", "attendance", "keys",
        ]
        for view in later {
            let script = try #require(text(files, "/page/RELEASE/views/\(view).js"))
            #expect(script.contains("from \"../index.js\""), "\(view)")
        }
    }
}
