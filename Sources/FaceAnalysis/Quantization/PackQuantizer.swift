public import FaceCore
import Foundation
import Imaging
public import Inference

/// Makes the detector and the embedder of a pack in bytes (int8), which take a half to a third of the time, and keeps
/// those that agree with their originals.
///
/// Half of the photos show what the numbers within the models are like, the other half checks the result. Blocks for as
/// long as the photos take, several times over.
public struct PackQuantizer: Sendable {
    /// Photos with faces, and faces, that there must be in each half.
    public static let leastFaces = 8
    /// More photos than that are not looked at.
    public static let mostPhotos = 96

    /// What it is doing.
    public enum Step: Sendable, Hashable {
        case watching
        case checking(ModelPackManifest.Role)
    }

    private let pack: InstalledModelPack
    private let runtime: OnnxRuntime
    private let options: FaceAnalyzerOptions
    private let detection: DetectionOptions

    public init(
        pack: InstalledModelPack, runtime: OnnxRuntime, options: FaceAnalyzerOptions = FaceAnalyzerOptions(),
        detection: DetectionOptions = DetectionOptions()
    ) {
        self.pack = pack
        self.runtime = runtime
        self.detection = detection
        var options = options
        options.precision = .float32
        options.attributes = []
        self.options = options
    }

    /// Faces of a photo that are embedded: a crowd says no more than a few.
    private static let embeddedFaces = 4

    /// A photo with the faces that the models as they are find on it.
    private struct Sample {
        let photo: Photo
        let faces: [DetectedFace]
        /// The first of them.
        let embedded: [AnalyzedFace]
    }

    /// Makes the models and puts those that agree into the pack's folder.
    ///
    /// - Parameters:
    ///   - photos: of the kind that will be looked at; every second one is for the check.
    ///   - progress: is told what comes next.
    /// - Throws: `ModelPackError.quantization`, `.damagedPack`, `.fileFailure`, what models throw.
    public func run(_ photos: [Photo], progress: (Step) -> Void = { _ in }) throws -> QuantizationReport {
        let original = try FaceAnalyzer(pack: pack, runtime: runtime, options: options)
        progress(.watching)
        let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("lik-int8-\(UUID().uuidString)")
        do {
            try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        } catch {
            throw ModelPackError.fileFailure(path: scratch.path, reason: (error as NSError).localizedDescription)
        }
        defer { try? FileManager.default.removeItem(at: scratch) }
        var plans: [ModelPackManifest.Role: (quantizer: ConvolutionQuantizer, ranges: ActivationRanges)] = [:]
        var watching = options
        for role in [ModelPackManifest.Role.detector, .embedder] {
            guard let graph = OnnxGraph(try bytes(of: role)), let quantizer = ConvolutionQuantizer(graph) else {
                continue
            }
            let ranges = ActivationRanges(of: quantizer.values)
            let url = scratch.appendingPathComponent("watched-\(role.rawValue).onnx")
            try write(ranges.watched(graph).serialized(), to: url)
            watching.substitutes[role] = ModelSubstitute(url: url, watch: ranges.watch)
            plans[role] = (quantizer, ranges)
        }
        let watched = try FaceAnalyzer(pack: pack, runtime: runtime, options: watching)
        let seen = try photos.indices.filter { $0.isMultiple(of: 2) }.map { try sample(photos[$0], watched) }
        try require(seen)
        let held = try photos.indices.filter { !$0.isMultiple(of: 2) }.map { try sample(photos[$0], original) }
        try require(held)
        var report = QuantizationReport()
        var models: [ModelPackManifest.Role: [UInt8]] = [:]
        for (role, plan) in plans.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            progress(.checking(role))
            // Which range suits a model better shows only when it is tried.
            for choice in ActivationRanges.Choice.allCases {
                let bytes = plan.quantizer.quantized(plan.ranges.ranges(choice)).serialized()
                let url = scratch.appendingPathComponent("\(role.rawValue)-\(choice).onnx")
                try write(bytes, to: url)
                var options = options
                options.substitutes[role] = ModelSubstitute(url: url)
                let candidate = try FaceAnalyzer(pack: pack, runtime: runtime, options: options)
                if try report.improve(by: outcome(of: role, candidate, on: held)) { models[role] = bytes }
            }
        }
        if report.detector?.isAccepted != true { models[.detector] = nil }
        if report.embedder?.isAccepted != true { models[.embedder] = nil }
        guard !models.isEmpty else { throw ModelPackError.quantization(.noneAgrees(report)) }
        try QuantizedVariant.write(models, report: report, into: pack)
        return report
    }

    private func sample(_ photo: Photo, _ analyzer: FaceAnalyzer) throws -> Sample {
        let faces = try analyzer.detector.detect(in: photo, options: detection)
        let embedded = try analyzer.analyze(faces.prefix(Self.embeddedFaces), in: photo)
        return Sample(photo: photo, faces: faces, embedded: embedded)
    }

    private func require(_ samples: [Sample]) throws(ModelPackError) {
        let faces = samples.reduce(0) { $0 + $1.embedded.count }
        let photos = samples.count { !$0.embedded.isEmpty }
        guard photos >= Self.leastFaces, faces >= Self.leastFaces else {
            throw .quantization(.tooFewFaces(photos: 2 * photos, faces: 2 * faces, needed: 2 * Self.leastFaces))
        }
    }

    private func outcome(
        of role: ModelPackManifest.Role, _ candidate: FaceAnalyzer, on samples: [Sample]
    ) throws -> QuantizationReport {
        if role == .detector {
            var comparison = DetectorComparison(minimumScore: detection.minimumScore)
            for sample in samples {
                comparison.add(
                    sample.faces, try candidate.detector.detect(in: sample.photo, options: detection))
            }
            return QuantizationReport(detector: comparison.outcome)
        }
        let metric = pack.manifest.metric
        var distances: [Double] = []
        var cosines: [Double] = []
        for sample in samples {
            for known in sample.embedded {
                let aligned = try candidate.aligner.align(known.face, in: sample.photo)
                guard let embedding = try candidate.embedder.embed([aligned]).first else { continue }
                distances.append(try embedding.distance(to: known.embedding, metric: metric))
                cosines.append(1 - (try embedding.distance(to: known.embedding, metric: .cosine)))
            }
        }
        let count = Double(max(distances.count, 1))
        return QuantizationReport(
            embedder: .init(
                faces: distances.count, meanDistance: distances.reduce(0, +) / count,
                largestDistance: distances.max() ?? 0, meanCosine: cosines.reduce(0, +) / count,
                // A cosine of 0.99, or by Euclid a tenth of what tells people apart.
                limit: metric == .cosine ? 0.01 : pack.manifest.thresholds.samePair / 10))
    }

    private func bytes(of role: ModelPackManifest.Role) throws -> [UInt8] {
        let url = try pack.intactFile(of: role)
        guard let data = try? Data(contentsOf: url) else {
            throw ModelPackError.damagedPack(name: pack.name, missing: [url.lastPathComponent], damaged: [])
        }
        return [UInt8](data)
    }

    private func write(_ bytes: [UInt8], to url: URL) throws(ModelPackError) {
        do { try Data(bytes).write(to: url) } catch {
            throw .fileFailure(path: url.path, reason: (error as NSError).localizedDescription)
        }
    }
}

extension QuantizationReport {
    /// Takes over what another outcome has for a model when it is the better one; whether it was.
    fileprivate mutating func improve(by other: QuantizationReport) -> Bool {
        if let found = other.detector {
            if let own = detector, (own.agreement, own.meanOverlap) >= (found.agreement, found.meanOverlap) {
                return false
            }
            detector = found
        }
        if let found = other.embedder {
            if let own = embedder, own.meanDistance <= found.meanDistance { return false }
            embedder = found
        }
        return true
    }
}
