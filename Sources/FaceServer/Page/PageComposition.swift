/// What the page's documents load, put together into few files.
struct PageComposition: Sendable {
    /// Files below the release, by name: `index.js`, `views/person.js`.
    private(set) var files: [String: [UInt8]]
    /// Texts of the documents, by name, which load from `/page/`.
    private(set) var documents: [String: [UInt8]] = [:]
    /// Files of which every part is open to a browser without the key.
    private(set) var open: Set<String>

    /// - Parameters:
    ///   - sources: all files of `web/` by their names there.
    ///   - documents: names of the HTML documents among them.
    ///   - open: names of the files that are open to a browser without the key.
    init(
        sources: [String: [UInt8]], documents: [String], open: Set<String>
    ) throws(PageCompositionError) {
        files = sources.filter { !documents.contains($0.key) }
        self.open = open
        let documents = documents.sorted().compactMap { name in
            sources[name].map { PageDocument(name: name, bytes: $0) }
        }
        for document in documents {
            self.documents[document.name] = Array(document.written(withScript: document.composesModules).utf8)
        }
        for document in documents where !document.styles.isEmpty { try join(document, sources) }
        for document in documents { for style in document.styles { files[style] = nil } }

        var standing: Set<String> = []
        for document in documents where !document.composesModules {
            if let entry = document.entry { standing.formUnion(try Self.reachable(from: entry, sources)) }
        }
        for document in documents where document.composesModules {
            try compose(document, sources, standing: standing)
        }
    }

    private mutating func join(
        _ document: PageDocument, _ sources: [String: [UInt8]]
    ) throws(PageCompositionError) {
        var bytes: [UInt8] = []
        for style in document.styles {
            guard let part = sources[style] else { throw .moduleMissing(style, importedBy: document.name) }
            bytes += part
        }
        guard sources[document.styleName] == nil else { throw .usedTwice(document.styleName) }
        files[document.styleName] = bytes
        if document.styles.allSatisfy(open.contains) { open.insert(document.styleName) }
    }

    private mutating func compose(
        _ document: PageDocument, _ sources: [String: [UInt8]], standing: Set<String>
    ) throws(PageCompositionError) {
        guard let entry = document.entry else { return }
        guard sources[document.scriptName] == nil else { throw .usedTwice(document.scriptName) }
        let script = try ScriptComposition(
            name: document.scriptName, entry: entry, composed: document.modules, sources: sources)
        for module in document.modules + [entry] where !standing.contains(module) { files[module] = nil }
        for (module, text) in script.outside {
            guard !standing.contains(module) else { throw .usedTwice(module) }
            files[module] = Array(text.utf8)
        }
        files[document.scriptName] = Array(script.text.utf8)
    }

    private static func reachable(
        from entry: String, _ sources: [String: [UInt8]]
    ) throws(PageCompositionError) -> Set<String> {
        var found: Set<String> = []
        var waiting = [entry]
        while let next = waiting.popLast() {
            guard found.insert(next).inserted else { continue }
            guard let source = sources[next] else { throw .moduleMissing(next, importedBy: entry) }
            let module = try ScriptModule(name: next, bytes: source)
            waiting += module.imports.map(\.module) + module.modulesWantedLater
        }
        return found
    }
}
