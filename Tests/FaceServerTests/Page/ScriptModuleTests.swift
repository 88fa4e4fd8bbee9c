import Testing

@testable import FaceServer

struct ScriptModuleTests {
    private func module(_ text: String, name: String = "views/people.js") throws -> ScriptModule {
        try ScriptModule(name: name, bytes: Array(text.utf8))
    }

    private func code(_ module: ScriptModule) -> [String] {
        module.pieces.compactMap { if case .code(let line) = $0 { line } else { nil } }
    }

    @Test func `An import names the module by its own name, wherever it is seen from`() throws {
        let text = """
            import { say } from "../words.js";
            import { make, button as push } from "../parts/dom.js";
            import { askDialog,
                place, } from "./dialogs.js";
            say();
            """
        let found = try module(text).imports
        #expect(found.map(\.module) == ["words.js", "parts/dom.js", "views/dialogs.js"])
        #expect(found[1].names.map(\.name) == ["make", "button"])
        #expect(found[1].names.map(\.local) == ["make", "push"])
        #expect(found[2].names.map(\.name) == ["askDialog", "place"])
        #expect(
            try module(#"import { a } from "./server/api.js";"#, name: "app.js").imports[0].module == "server/api.js")
    }

    @Test(arguments: [
        ("export function say(key) {", "function say(key) {", "say", "say"),
        ("export async function rename(a) {", "async function rename(a) {", "rename", "rename"),
        ("export class FaceBoxes {", "class FaceBoxes {", "FaceBoxes", "FaceBoxes"),
        ("export const split = (faces, name) =>", "const split = (faces, name) =>", "split", "split"),
        ("export default function showPeople(host) {", "function showPeople(host) {", "default", "showPeople"),
        ("export default class Card {", "class Card {", "default", "Card"),
        ("export const { lang: language } = root;", "const { lang: language } = root;", "language", "language"),
        ("export const { lang } = root;", "const { lang } = root;", "lang", "lang"),
    ])
    func `An export leaves the declaration, and is known by its name`(
        line: String, code: String, name: String, local: String
    ) throws {
        let found = try module(line)
        #expect(self.code(found) == [code])
        #expect(found.exports == [ScriptModule.Name(name: name, local: local)])
    }

    @Test func `What is imported later is known where its path is written out`() throws {
        let found = try module(
            """
            const people = () => import("../views/people.js");
            const words = await import(`../words/${language}.js`);
            """, name: "parts/a.js")
        #expect(found.modulesWantedLater == ["views/people.js"])
        #expect(
            found.pieces == [
                .importedLater(
                    before: "const people = () => ", target: "views/people.js", isWhole: true, after: ";"),
                .importedLater(
                    before: "const words = await ", target: "words/${language}.js`", isWhole: false, after: ";"),
            ])
    }

    @Test func `Words that merely look like an import or an export stay as they are`() throws {
        let lines = [
            #"make("a", { href: "/api/export/persons.csv" });"#, "// What an export brings, and what is imported.",
            "const important = 1;", "    exported(1);", "",
        ]
        #expect(code(try module(lines.joined(separator: "\n"))) == lines)
    }

    @Test(arguments: [
        #"import dom from "./dom.js";"#, #"import * as dom from "./dom.js";"#, #"import "./dom.js";"#,
        #"import { make } from "dom";"#, #"import { make } from './dom.js';"#, #"  import { make } from "./dom.js";"#,
        "import { make }", "export let count = 0;", "export { a, b };", #"export * from "./dom.js";"#,
        #"export { a } from "./dom.js";"#, "export default { a: 1 };", "export const [a, b] = pair;",
        "export const { a = 1 } = b;", "export function* count() {", "  export const a = 1;",
        "const here = import.meta.url;", "const all = import(path);", #"[import("./a.js"), import("./b.js")]"#,
    ])
    func `Every other form is refused, and named`(line: String) {
        let name = "parts/odd.js"
        #expect { try module(line, name: name) } throws: { error in
            guard case .unknownForm(let module, _)? = error as? PageCompositionError else { return false }
            return module == name
        }
    }
}
