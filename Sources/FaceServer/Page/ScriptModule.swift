/// A module of the page, taken apart as far as composing it with others needs.
///
/// It understands the forms that `web/` is written in, each at the beginning of a line, and refuses all others rather
/// than guess:
///
///     import { a, b as c } from "./x.js";      also over several lines
///     import("./x.js")                         also "`./words/${…}`", for which only the folder is known
///     export function f … / export async function f … / export class C …
///     export const a = … / export const { b: c, d } = …
///     export default function f … / export default class C …
struct ScriptModule: Sendable, Hashable {
    /// Names that come from another module: `name` there, `local` here.
    struct Import: Sendable, Hashable {
        /// The other module, as `parts/dom.js`.
        let module: String
        let names: [Name]
    }

    struct Name: Sendable, Hashable {
        let name: String
        let local: String
    }

    enum Piece: Sendable, Hashable {
        /// A line of its own code; `export` is taken from it already.
        case code(String)
        case imported(Import)
        /// A line of code that asks for a module when it is wanted: what stands before the path, the path's quotation
        /// mark with all behind it, and what it leads to.
        case importedLater(before: String, target: String, isWhole: Bool, after: String)
    }

    /// As `parts/dom.js`.
    let name: String
    let pieces: [Piece]
    let exports: [Name]

    var imports: [Import] {
        pieces.compactMap { piece in if case .imported(let one) = piece { one } else { nil } }
    }

    /// Modules that it asks for when they are wanted, where their names are known.
    var modulesWantedLater: [String] {
        pieces.compactMap { piece in
            if case .importedLater(_, let target, true, _) = piece { target } else { nil }
        }
    }

    /// Whether it awaits something before it is through; what is within functions is indented.
    var waitsAtTopLevel: Bool {
        pieces.contains { piece in
            switch piece {
            case .code(let line), .importedLater(let line, _, _, _): !line.hasPrefix(" ") && line.contains("await ")
            case .imported: false
            }
        }
    }

    init(name: String, bytes: [UInt8]) throws(PageCompositionError) {
        var pieces: [Piece] = []
        var exports: [Name] = []
        var opened: String?
        for bytes in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            let line = String(decoding: bytes, as: UTF8.self)
            if let begun = opened {
                opened = begun + " " + line
            } else if line.hasPrefix("import ") || line.hasPrefix("import{") {
                opened = line
            }
            if let statement = opened {
                guard statement.hasSuffix(";") else { continue }
                pieces.append(.imported(try Self.imported(statement, by: name)))
                opened = nil
            } else if line.hasPrefix("export") {
                let (code, names) = try Self.exported(line, by: name)
                pieces.append(.code(code))
                exports += names
            } else {
                pieces.append(try Self.piece(line, of: name))
            }
        }
        if let opened { throw .unknownForm(module: name, line: opened) }
        self.name = name
        self.pieces = pieces
        self.exports = exports
    }

    private static func imported(_ statement: String, by module: String) throws(PageCompositionError) -> Import {
        guard let match = statement.wholeMatch(of: /import ?\{([^{}*]*)\} from "(\.[^"]+)";/) else {
            throw .unknownForm(module: module, line: statement)
        }
        return Import(
            module: resolved(String(match.2), in: module), names: try names(in: match.1, joinedBy: " as ", of: module))
    }

    /// `a, b as c`, or `a, b: c`.
    private static func names(
        in list: Substring, joinedBy sign: String, of module: String
    ) throws(PageCompositionError) -> [Name] {
        var names: [Name] = []
        for entry in list.split(separator: ",") {
            let words = entry.trimmingSpaces
            // What a trailing comma leaves.
            guard !words.isEmpty else { continue }
            let parts = words.split(separator: sign).map(\.trimmingSpaces)
            guard (1...2).contains(parts.count), parts.allSatisfy(\.isIdentifier) else {
                throw .unknownForm(module: module, line: String(list))
            }
            names.append(Name(name: parts[0], local: parts[parts.count - 1]))
        }
        return names
    }

    private static func exported(
        _ line: String, by module: String
    ) throws(PageCompositionError) -> (code: String, names: [Name]) {
        if let match = line.wholeMatch(of: /export (default )?((?:async function|function|class) (\w+)\b.*)/) {
            let local = String(match.3)
            return (String(match.2), [Name(name: match.1 == nil ? local : "default", local: local)])
        }
        if let match = line.wholeMatch(of: /export (const (\w+) =.*)/) {
            return (String(match.1), [Name(name: String(match.2), local: String(match.2))])
        }
        if let match = line.wholeMatch(of: /export (const \{([^{}=]*)\} =.*)/) {
            let names = try names(in: match.2, joinedBy: ": ", of: module)
            return (String(match.1), names.map { Name(name: $0.local, local: $0.local) })
        }
        throw .unknownForm(module: module, line: line)
    }

    private static func piece(_ line: String, of module: String) throws(PageCompositionError) -> Piece {
        let code = line.trimmingSpaces
        // Only at the beginning of a line are they understood; `import.meta` not at all.
        for word in ["import ", "import{", "import\"", "export ", "export{"] where code.hasPrefix(word) {
            throw .unknownForm(module: module, line: line)
        }
        // Most lines do not say it; a regular expression would look at every one for long.
        guard let found = line.utf8.firstRange(of: "import".utf8) else { return .code(line) }
        guard line[found.upperBound...].hasPrefix("(") || line[found.upperBound...].hasPrefix(".meta") else {
            return .code(line)
        }
        guard let match = line.wholeMatch(of: /(.*?)\bimport\(("(\.[^"]+)"|`(\.[^`$]*\/)(\$\{.*`))\)(.*)/),
            !match.6.contains("import(")
        else { throw .unknownForm(module: module, line: line) }
        if let path = match.3 {
            return .importedLater(
                before: String(match.1), target: resolved(String(path), in: module), isWhole: true,
                after: String(match.6))
        }
        guard let folder = match.4, let rest = match.5 else { throw .unknownForm(module: module, line: line) }
        let target = resolved(String(folder), in: module)
        return .importedLater(
            before: String(match.1), target: "\(target)/\(rest)", isWhole: false, after: String(match.6))
    }

    /// The name of what a path leads to, seen from a module.
    private static func resolved(_ path: String, in module: String) -> String {
        var folders = module.split(separator: "/").dropLast()
        for step in path.split(separator: "/") where step != "." {
            if step == ".." { folders = folders.dropLast() } else { folders.append(step) }
        }
        return folders.joined(separator: "/")
    }
}

extension StringProtocol {
    fileprivate var trimmingSpaces: String {
        let isSpace = { (character: Character) in character == " " }
        guard let first = firstIndex(where: { !isSpace($0) }), let last = lastIndex(where: { !isSpace($0) }) else {
            return ""
        }
        return String(self[first...last])
    }

    fileprivate var isIdentifier: Bool {
        utf8.allSatisfy {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "$")
        }
    }
}
