import Testing

@testable import FaceServer

struct ScriptCompositionTests {
    private func composition(
        _ sources: [String: String], entry: String = "app.js", with composed: [String]
    ) throws -> ScriptComposition {
        try ScriptComposition(
            name: "index.js", entry: entry, composed: composed, sources: sources.mapValues { Array($0.utf8) })
    }

    private static let page = [
        "app.js": """
        import { make as build } from "./parts/dom.js";
        const views = { people: () => import("./views/people.js"), };
        const later = () => import("./views/photo.js");
        build();
        """,
        "parts/dom.js": """
        import { icon } from "./icons.js";
        export function make() { return icon(); }
        """,
        "parts/icons.js": "export const icon = () => 1;",
        "views/people.js": """
        import { make } from "../parts/dom.js";
        const words = await import(`../words/${tag}.js`);
        export default function showPeople() { make(); }
        """,
        "views/photo.js": """
        import { make } from "../parts/dom.js";
        import { zoom as enlarge } from "../parts/zoom.js";
        export default function showPhoto() { enlarge(make()); }
        """,
        "parts/zoom.js": """
        import { icon as sign } from "./icons.js";
        export const zoom = () => sign;
        """,
    ]
    private static let inside = ["parts/dom.js", "parts/icons.js", "views/people.js"]

    @Test func `Modules become blocks of one file, each after what it needs`() throws {
        let all = try composition(Self.page, with: Self.inside)
        #expect(
            all.text == """
                // parts/icons.js
                const $0 = {};
                {
                const icon = () => 1;
                Object.assign($0, { icon });
                }
                // parts/dom.js
                const $1 = {};
                {
                const { icon } = $0;
                function make() { return icon(); }
                Object.assign($1, { make });
                }
                // views/people.js
                const $2 = {};
                {
                const { make } = $1;
                const words = await import(`./words/${tag}.js`);
                function showPeople() { make(); }
                Object.assign($2, { default: showPeople });
                }
                // app.js
                const $3 = {};
                {
                const { make: build } = $1;
                const views = { people: () => Promise.resolve($2), };
                const later = () => import("./views/photo.js");
                build();
                }
                export { $0, $1, $2 };

                """)
    }

    @Test func `A module outside the file imports from it, so that there is one of each`() throws {
        let outside = try composition(Self.page, with: Self.inside).outside
        #expect(outside.keys.sorted() == ["parts/zoom.js", "views/photo.js"])
        #expect(
            outside["views/photo.js"] == """
                import { $1 } from "../index.js"; const { make } = $1;
                import { zoom as enlarge } from "../parts/zoom.js";
                function showPhoto() { enlarge(make()); }
                export { showPhoto as default };

                """)
        #expect(
            outside["parts/zoom.js"] == """
                import { $0 } from "../index.js"; const { icon: sign } = $0;
                const zoom = () => sign;
                export { zoom };

                """)
    }

    @Test func `A module that the document does not name is missed, and so is one that is not there`() {
        #expect(throws: PageCompositionError.moduleMissing("parts/icons.js", importedBy: "parts/dom.js")) {
            try composition(Self.page, with: ["parts/dom.js", "views/people.js"])
        }
        #expect(throws: PageCompositionError.moduleMissing("b.js", importedBy: "app.js")) {
            try composition(["app.js": #"import { b } from "./b.js";"#], with: ["b.js"])
        }
    }

    @Test func `A name that the other module does not export is missed, inside the file and outside`() {
        let inside = ["app.js": #"import { b, c } from "./b.js";"#, "b.js": "export const b = 1;"]
        #expect(throws: PageCompositionError.exportMissing(name: "c", module: "b.js", importedBy: "app.js")) {
            try composition(inside, with: ["b.js"])
        }
        let outside = [
            "app.js": #"const a = () => import("./a.js");"#, "a.js": #"import { c } from "./b.js";"#,
            "b.js": "export const b = 1, c = 2;",
        ]
        #expect(throws: PageCompositionError.exportMissing(name: "c", module: "b.js", importedBy: "a.js")) {
            try composition(outside, with: [])
        }
    }

    @Test func `Modules that import each other are refused`() {
        let sources = [
            "app.js": #"import { b } from "./b.js";"#,
            "b.js": "import { c } from \"./c.js\";\nexport const b = 1;",
            "c.js": "import { b } from \"./b.js\";\nexport const c = 1;",
        ]
        #expect(throws: PageCompositionError.circularImport("b.js")) {
            try composition(sources, with: ["b.js", "c.js"])
        }
    }

    @Test func `A module that would wait in the file for one that waits for the file is refused`() {
        let app = #"const view = await (() => import("./view.js"))();"#
        #expect(throws: PageCompositionError.unknownForm(module: "app.js", line: "await")) {
            try composition(["app.js": app, "view.js": ""], with: [])
        }
    }
}
