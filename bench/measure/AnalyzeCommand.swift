import ArgumentParser
import FaceAnalysis
import FaceCore
import Imaging

/// `measure analyze`: a line of JSON for each photo.
struct AnalyzeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analyze", abstract: "Prints what is found on photos, a line of JSON each.")

    @OptionGroup var flags: PackFlags

    @Argument(help: "Photos.")
    var photos: [String]

    @Flag(help: "Only detect faces; no embeddings.")
    var detectOnly = false

    func run() throws {
        let analyzer = try flags.analyzer()
        let decoder = PhotoDecoder()
        let lines = JSONLines()
        for path in photos {
            let photo = try decoder.decode(contentsOf: path).photo
            var faces: [PhotoLine.Face] = []
            let duration = try ContinuousClock().measure { faces = try self.faces(of: photo, analyzer) }
            try lines.print(
                PhotoLine(
                    file: path, width: photo.width, height: photo.height,
                    inputs: flags.detSize.map { size in
                        size.input.sizes(photoWidth: photo.width, photoHeight: photo.height).map {
                            [$0.width, $0.height]
                        }
                    },
                    milliseconds: duration.milliseconds, faces: faces))
        }
    }

    private func faces(of photo: Photo, _ analyzer: FaceAnalyzer) throws -> [PhotoLine.Face] {
        if detectOnly {
            return try analyzer.detector.detect(in: photo, options: flags.detection).map { PhotoLine.Face($0) }
        }
        return try analyzer.analyze(photo, options: flags.detection).map {
            PhotoLine.Face($0.face, embedding: $0.embedding, quality: $0.quality)
        }
    }
}
