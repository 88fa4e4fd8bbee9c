import ArgumentParser
import FaceAnalysis
import FaceCore
import FaceLibrary
import Foundation
import Imaging
import Inference

extension ModelsCommand {
    /// `lik models quantize`: the same models in bytes.
    struct Quantize: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a faster int8 variant of a pack from your own photos.",
            discussion: """
                Half of the photos show what the models are used on, the other half checks the result: it is kept only \
                where it agrees with the models as they are. Use it with --precision int8 (LIK_PRECISION). It is as \
                private as your photos: it says what ranges of numbers they led to, and nothing else.
                """)

        @Argument(help: "The pack's name.")
        var name: String

        @Argument(help: "Photos, and folders with photos; without any, the uploads that the library keeps.")
        var photos: [String] = []

        @OptionGroup var place: ModelsPlace

        func run() throws {
            let settings = try place.settings()
            let wiring = Wiring(settings: settings)
            let pack = try place.store().pack(named: name)
            let paths = photos.isEmpty ? [settings.path(.data) + "/uploads"] : photos
            let files = try PhotoFolder(isRecursive: true).listing(of: paths).files
            let samples = try self.samples(of: files, wiring: wiring)
            Console.note("\(samples.count) photos of \(files.count).")
            let quantizer = PackQuantizer(
                pack: pack, runtime: try OnnxRuntime.shared(),
                options: FaceAnalyzerOptions(threadsPerSession: Wiring.cores), detection: try wiring.detectionOptions())
            let report = try quantizer.run(samples) { step in
                switch step {
                case .watching: Console.note("Watching the models at work.")
                case .checking(.detector): Console.note("Checking the detector in int8.")
                case .checking: Console.note("Checking the embedder in int8.")
                }
            }
            for sentence in report.sentences { print(sentence) }
            print("Use it with --precision int8, or LIK_PRECISION=int8.")
        }

        /// Photos from all over the list, no larger than the detector looks at them.
        private func samples(of files: [PhotoFile], wiring: Wiring) throws -> [Photo] {
            let decoder = try wiring.decoder()
            let most = PackQuantizer.mostPhotos
            let step = max(1, files.count / most)
            var samples: [Photo] = []
            for index in stride(from: 0, to: files.count, by: step) where samples.count < most {
                guard let bytes = try? Data(contentsOf: URL(fileURLWithPath: files[index].path)),
                    let photo = try? decoder.decode([UInt8](bytes)).photo
                else { continue }
                samples.append(
                    max(photo.width, photo.height) > Self.longestSide
                        ? photo.reduced(toFitLongerSide: Self.longestSide) : photo)
            }
            return samples
        }

        private static let longestSide = 1600
    }
}
