import ArgumentParser
import FaceAnalysis
import FaceCore
import FaceLibrary
import Foundation
import Imaging

/// `lik faces`: one photo's analysis, nothing stored.
struct FacesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "faces", abstract: "Prints the faces of photos, without storing anything.")

    @Argument(help: "Photos.")
    var photos: [String]

    @Flag(help: "Print JSON.")
    var json = false

    @Flag(help: "With --json: add the embeddings.")
    var embeddings = false

    @OptionGroup(title: "Faces") var analysis: AnalysisFlags

    func validate() throws {
        if photos.isEmpty { throw ValidationError("Name a photo.") }
        if embeddings, !json { throw ValidationError("--embeddings needs --json.") }
        try checkingUsage { try wiring().check() }
    }

    func run() throws {
        let wiring = try wiring()
        let pack = try wiring.installedPack()
        let analyzer = try wiring.analyzer(for: pack, jobs: 1, attributes: analysis.attributes)
        let decoder = try wiring.decoder()
        let options = try wiring.detectionOptions()
        let limit = try wiring.maximumBytes()
        var analysed: [ScanDocument.AnalysedPhoto] = []
        for path in photos {
            var photo = ScanDocument.AnalysedPhoto(name: path, path: Settings.absolute(path))
            do {
                let file = try PhotoBytes(contentsOf: photo.path, limit: limit)
                let header = try decoder.probe(file.bytes)
                (photo.width, photo.height) = (header.width, header.height)
                photo.faces = try analyzer.analyze(try decoder.decode(file.bytes).photo, options: options)
            } catch let error as any UserFacingError {
                Console.error("\(path): \(error.message)")
                photo.error = error.message
            }
            analysed.append(photo)
        }
        if json {
            try print(ScanDocument(analysed: analysed, includesEmbeddings: embeddings).encoded())
        } else {
            for photo in analysed where photo.error == nil { describe(photo) }
        }
        if analysed.contains(where: { $0.error != nil }) { throw ExitCode(3) }
    }

    private func wiring() throws -> Wiring { Wiring(settings: try Settings(flags: analysis.values)) }

    private func describe(_ photo: ScanDocument.AnalysedPhoto) {
        let faces = photo.faces.count
        print("\(photo.name): \(photo.width ?? 0)×\(photo.height ?? 0), \(faces) face\(faces == 1 ? "" : "s")")
        for (index, analyzed) in photo.faces.enumerated() {
            let box = analyzed.face.box
            var line = "  \(index + 1). at \(Int(box.x)), \(Int(box.y)), size \(Int(box.width))×\(Int(box.height))"
            line += String(format: ", detection score %.2f", analyzed.face.detectionScore)
            if let gender = analyzed.attributes?.gender { line += ", estimated \(gender.rawValue)" }
            if let age = analyzed.attributes?.age { line += ", about \(age)" }
            print(line)
        }
    }
}
