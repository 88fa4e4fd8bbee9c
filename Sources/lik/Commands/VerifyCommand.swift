import ArgumentParser
import FaceCore
import FaceLibrary

/// `lik verify`: whether the faces on two photos are one person.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Tells whether two photos show the same person.",
        discussion: """
            Of several faces the largest counts. Nothing is stored. The exit code is 0 when they are one person and 1 \
            when they are not.
            """)

    @Argument(help: "A photo.", completion: .file())
    var first: String

    @Argument(help: "Another photo.", completion: .file())
    var second: String

    @Option(help: "The largest distance of one person's faces; by default the model pack's.")
    var threshold: Double?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup(title: "Faces") var analysis: AnalysisFlags

    func validate() throws {
        if let threshold, !(0...2).contains(threshold) {
            throw ValidationError("--threshold takes a distance from 0 to 2.")
        }
        if analysis.attributes {
            throw ValidationError("Attributes say nothing of who somebody is: leave --attributes out.")
        }
        try checkingUsage { try wiring().check() }
    }

    func run() throws {
        let desk = try RecognitionDesk(wiring(), store: wiring().emptyStore())
        let faces = try [first, second].map { path in
            let probe = try desk.probe(path)
            guard let largest = probe.largest else { throw CommandError.noFace(path: path) }
            return probe.faces[largest]
        }
        let comparison = try desk.recognition.verify(
            faces[0].embedding, faces[1].embedding, threshold: threshold)
        let document = ComparisonDocument(
            similarity: comparison.similarity, distance: comparison.distance, threshold: comparison.threshold,
            match: comparison.isMatch)
        print(json ? try document.encoded() : document.line)
        if !comparison.isMatch { throw ExitCode(1) }
    }

    private func wiring() throws -> Wiring { Wiring(settings: try Settings(flags: analysis.values)) }
}
