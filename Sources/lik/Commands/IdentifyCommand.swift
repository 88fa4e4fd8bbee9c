import ArgumentParser
import FaceCore
import FaceLibrary
import FaceStore

/// `lik identify`: who the people on photos are, by what the library knows.
struct IdentifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "identify", abstract: "Tells who is on photos, of the people in the library.",
        discussion: "Nothing is stored. The exit code is 3 when a photo could not be read.")

    @Argument(help: "Photos.", completion: .file())
    var photos: [String]

    @Option(help: "How many people are named for each face.")
    var limit = 1

    @Option(help: "Only the people of this collection, by its number or name; its threshold counts.")
    var collection: String?

    @Option(help: "The largest distance at which a face is somebody; by default that of grouping.")
    var threshold: Double?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup(title: "Library") var library: LibraryFlags
    @OptionGroup(title: "Faces") var analysis: AnalysisFlags

    func validate() throws {
        if photos.isEmpty { throw ValidationError("Name a photo.") }
        if !(1...100).contains(limit) { throw ValidationError("--limit takes a number from 1 to 100.") }
        if let threshold, !(0...2).contains(threshold) {
            throw ValidationError("--threshold takes a distance from 0 to 2.")
        }
        if analysis.attributes {
            throw ValidationError("Attributes say nothing of who somebody is: leave --attributes out.")
        }
        try checkingUsage { try wiring().check() }
    }

    func run() throws {
        let store = try wiring().store(library, mustExist: true)
        let desk = try RecognitionDesk(wiring(), store: store)
        let scope = try collection.map { try desk.recognition.scope(of: store.collection($0).id) }
        var documents: [IdentificationDocument] = []
        for path in photos {
            do {
                let probe = try desk.probe(path)
                let faces = try desk.recognition.identify(probe.faces, limit: limit, threshold: threshold, in: scope)
                documents.append(
                    IdentificationDocument(
                        file: path, error: nil, faces: try faces.map { try .init($0, in: store) }))
            } catch let error as any UserFacingError {
                Console.error("\(path): \(error.message)")
                documents.append(IdentificationDocument(file: path, error: error.message, faces: []))
            }
        }
        if json {
            try print(IdentificationDocument.encoded(documents))
        } else {
            for document in documents where document.error == nil { for line in document.lines { print(line) } }
        }
        if documents.contains(where: { $0.error != nil }) { throw ExitCode(3) }
    }

    private func wiring() throws -> Wiring { Wiring(settings: try Settings(flags: analysis.values)) }
}
