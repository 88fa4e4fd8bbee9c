import ArgumentParser
import FaceAnalysis

/// Flags of every command that looks for faces.
struct AnalysisFlags: ParsableArguments {
    @Option(help: "Model pack to use (LIK_PACK).")
    var pack: String?

    @Option(name: .customLong("models"), help: "Folder of the model packs (LIK_MODELS).")
    var models: String?

    @Option(help: "float32 or int8 (LIK_PRECISION; float32).")
    var precision: String?

    @Option(help: "cpu, cuda, cuda:1 … or auto (LIK_DEVICE; auto).")
    var device: String?

    @Option(help: "Smallest face, shorter side of its box in pixels (LIK_MIN_SIZE; 30).")
    var minSize: String?

    @Option(help: "Smallest detection score that counts as a face (LIK_DET_THRESH; 0.5).")
    var detThresh: String?

    @Option(help: "Only so many of the largest faces of a photo (LIK_MAX_FACES; 0 for all).")
    var maxFaces: String?

    @Flag(help: "Also estimate gender, age and dense landmarks where the pack has models for them.")
    var attributes = false

    /// The flags given that change what is found on a photo.
    var limits: [String] {
        let given = [("--min-size", minSize), ("--det-thresh", detThresh), ("--max-faces", maxFaces)]
        return given.compactMap { name, value in value == nil ? nil : name } + (attributes ? ["--attributes"] : [])
    }

    var values: [String: String] {
        let given: [(Setting, String?)] = [
            (.pack, pack), (.models, models), (.precision, precision), (.device, device), (.minSize, minSize),
            (.detThresh, detThresh),
            (.maxFaces, maxFaces),
        ]
        return Dictionary(uniqueKeysWithValues: given.compactMap { setting, value in value.map { (setting.name, $0) } })
    }
}

/// Flags of every command that groups faces.
struct GroupingFlags: ParsableArguments {
    @Option(help: "average, dbscan or hdbscan (LIK_ALGORITHM; average).")
    var algorithm: String?

    @Option(help: "Threshold of grouping (LIK_EPS; by default the model pack's).")
    var eps: String?

    @Option(help: "Faces that make a group of DBSCAN and HDBSCAN (LIK_MIN_SAMPLES; 1).")
    var minSamples: String?

    @Option(help: "Faces that make a person; smaller groups wait as unknown faces (LIK_MIN_FACES; 1).")
    var minFaces: String?

    @Option(help: "cosine or euclidean (LIK_METRIC; by default the model pack's).")
    var metric: String?

    var values: [String: String] {
        let given: [(Setting, String?)] = [
            (.algorithm, algorithm), (.eps, eps), (.minSamples, minSamples), (.minFaces, minFaces),
            (.metric, metric),
        ]
        return Dictionary(uniqueKeysWithValues: given.compactMap { setting, value in value.map { (setting.name, $0) } })
    }
}

/// Where the library is kept.
struct LibraryFlags: ParsableArguments {
    @Option(name: .customLong("db"), help: "The library's database file; by default lik.sqlite in LIK_DATA.")
    var database: String?
}
