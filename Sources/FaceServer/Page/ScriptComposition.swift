/// Modules in one file, each in a block of its own, so that a browser asks for one file where it asked for twenty.
///
///     // parts/icons.js
///     const $0 = {};
///     {
///     function icon(name) { … }
///     Object.assign($0, { icon });
///     }
///     // parts/dom.js
///     const $1 = {};
///     {
///     const { icon } = $0;
///     …
///
/// Blocks stand in an order in which nothing is used before it is made; modules that import each other are refused. What a
/// module exports is never assigned again (`export let` is refused), so a copy of it is as good as the binding. Modules
/// outside the file that import from it are rewritten to do so: there is one of each module, as without composing.
struct ScriptComposition: Sendable {
    /// The file that holds the composed modules, as `index.js`; beside it lie the folders that paths lead through.
    let name: String
    /// Its text.
    let text: String
    /// Texts of the modules that are asked for later, with imports that lead to the file where they should.
    let outside: [String: String]

    /// - Parameters:
    ///   - entry: the module that a document runs.
    ///   - composed: the others in the file: all that any of them imports.
    ///   - sources: of all modules, by name.
    init(
        name: String, entry: String, composed: [String], sources: [String: [UInt8]]
    ) throws(PageCompositionError) {
        var modules: [String: ScriptModule] = [:]
        var waiting = [(name: entry, importer: entry)]
        while let (next, importer) = waiting.popLast() {
            guard modules[next] == nil else { continue }
            guard let source = sources[next] else { throw .moduleMissing(next, importedBy: importer) }
            let module = try ScriptModule(name: next, bytes: source)
            modules[next] = module
            for needed in module.imports.map(\.module) + module.modulesWantedLater { waiting.append((needed, next)) }
        }
        let inside = Set(composed + [entry])
        let order = try Self.order(inside, modules)
        let numbers = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1.name, $0) })
        let writing = Writing(file: name, modules: modules, numbers: numbers)
        var text = ""
        for module in order { text += try writing.block(module) }
        let exporting = order.filter { !$0.exports.isEmpty }.map { "$\(numbers[$0.name] ?? 0)" }
        text += "export { \(exporting.joined(separator: ", ")) };\n"
        var outside: [String: String] = [:]
        for (name, module) in modules where !inside.contains(name) { outside[name] = try writing.standing(module) }
        self.name = name
        self.text = text
        self.outside = outside
    }

    /// Each after what it imports, and after what it asks for later that is in the file too.
    private static func order(
        _ inside: Set<String>, _ modules: [String: ScriptModule]
    ) throws(PageCompositionError) -> [ScriptModule] {
        var order: [ScriptModule] = []
        var done: Set<String> = []
        var begun: Set<String> = []
        func add(_ name: String, importedBy importer: String) throws(PageCompositionError) {
            guard !done.contains(name) else { return }
            guard begun.insert(name).inserted else { throw .circularImport(name) }
            guard let module = modules[name] else { throw .moduleMissing(name, importedBy: importer) }
            for needed in module.imports.map(\.module) {
                guard inside.contains(needed) else { throw .moduleMissing(needed, importedBy: name) }
                try add(needed, importedBy: name)
            }
            for wanted in module.modulesWantedLater where inside.contains(wanted) { try add(wanted, importedBy: name) }
            done.insert(name)
            order.append(module)
        }
        for name in inside.sorted() { try add(name, importedBy: name) }
        return order
    }
}

/// How modules are written once it is known which of them are in the file.
private struct Writing {
    let file: String
    let modules: [String: ScriptModule]
    let numbers: [String: Int]

    /// A module in the file.
    func block(_ module: ScriptModule) throws(PageCompositionError) -> String {
        let number = numbers[module.name] ?? 0
        // A module that waits here for one outside, which waits for the file, would wait for ever.
        if !module.modulesWantedLater.isEmpty, module.waitsAtTopLevel {
            throw .unknownForm(module: module.name, line: "await")
        }
        var lines = ["// \(module.name)", "const $\(number) = {};", "{"]
        for piece in module.pieces {
            switch piece {
            case .code(let line): lines.append(line)
            case .imported(let one): lines.append(try taken(one, by: module.name))
            case .importedLater(let before, let target, let isWhole, let after):
                let call =
                    if isWhole, let number = numbers[target] { "Promise.resolve($\(number))" } else {
                        "import(\(quoted("./\(target)", isWhole: isWhole)))"
                    }
                lines.append(before + call + after)
            }
        }
        if !module.exports.isEmpty {
            let names = module.exports.map { $0.name == $0.local ? $0.name : "\($0.name): \($0.local)" }
            lines.append("Object.assign($\(number), { \(names.joined(separator: ", ")) });")
        }
        return (lines + ["}", ""]).joined(separator: "\n")
    }

    /// A module outside the file.
    func standing(_ module: ScriptModule) throws(PageCompositionError) -> String {
        let up = String(repeating: "../", count: module.name.utf8.count { $0 == UInt8(ascii: "/") })
        let root = up.isEmpty ? "./" : up
        var lines: [String] = []
        for piece in module.pieces {
            switch piece {
            case .code(let line): lines.append(line)
            case .imported(let one):
                if let number = numbers[one.module] {
                    lines.append(
                        "import { $\(number) } from \"\(root)\(file)\"; \(try taken(one, by: module.name))")
                } else {
                    try check(one, by: module.name)
                    let names = one.names.map { $0.name == $0.local ? $0.name : "\($0.name) as \($0.local)" }
                    lines.append("import { \(names.joined(separator: ", ")) } from \"\(root)\(one.module)\";")
                }
            case .importedLater(let before, let target, let isWhole, let after):
                if numbers[target] != nil { throw .unknownForm(module: module.name, line: "import(\"\(target)\")") }
                lines.append("\(before)import(\(quoted(root + target, isWhole: isWhole)))\(after)")
            }
        }
        if !module.exports.isEmpty {
            let names = module.exports.map { $0.name == $0.local ? $0.name : "\($0.local) as \($0.name)" }
            lines.append("export { \(names.joined(separator: ", ")) };\n")
        }
        return lines.joined(separator: "\n")
    }

    private func quoted(_ path: String, isWhole: Bool) -> String { isWhole ? "\"\(path)\"" : "`\(path)" }

    /// Imports from a module in the file.
    private func taken(_ one: ScriptModule.Import, by importer: String) throws(PageCompositionError) -> String {
        try check(one, by: importer)
        let names = one.names.map { $0.name == $0.local ? $0.name : "\($0.name): \($0.local)" }
        return "const { \(names.joined(separator: ", ")) } = $\(numbers[one.module] ?? 0);"
    }

    private func check(_ one: ScriptModule.Import, by importer: String) throws(PageCompositionError) {
        let exported = Set(modules[one.module]?.exports.map(\.name) ?? [])
        for name in one.names where !exported.contains(name.name) {
            throw .exportMissing(name: name.name, module: one.module, importedBy: importer)
        }
    }
}
