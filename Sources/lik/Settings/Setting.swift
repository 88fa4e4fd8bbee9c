import Foundation

/// Where a setting's value came from, strongest first.
enum SettingOrigin: String, Sendable {
    case flag
    case environment
    case file
    case standard = "default"
}

/// One setting: its name in the environment and in the settings file, and what it means.
struct Setting: Sendable {
    let name: String
    let help: String
    /// What is in force when nobody says anything; nil where `absence` says what happens then.
    let standard: String?
    /// What is the case when there is no value.
    let absence: String
    /// A password or key: never printed.
    let isSecret: Bool

    init(name: String, help: String, standard: String?, absence: String = "by the model pack", isSecret: Bool = false) {
        self.name = name
        self.help = help
        self.standard = standard
        self.absence = absence
        self.isSecret = isSecret
    }

    static let data = Setting(
        name: "LIK_DATA", help: "Folder of the database and what else Lik keeps, except model packs",
        standard: Locations.home + "/.local/share/lik")
    static let models = Setting(
        name: "LIK_MODELS", help: "Folder of installed model packs",
        standard: Locations.home + "/.local/share/lik/models")
    static let pack = Setting(
        name: "LIK_PACK", help: "Model pack; without it buffalo_l if installed, else whichever is", standard: nil)
    static let precision = Setting(
        name: "LIK_PRECISION", help: "float32, or int8 where lik models quantize has made such models",
        standard: "float32")
    static let device = Setting(
        name: "LIK_DEVICE",
        help: "What models run on: cpu, cuda (or cuda:1 …), or auto; CUDA takes ONNX Runtime's CUDA build",
        standard: "auto")
    static let algorithm = Setting(
        name: "LIK_ALGORITHM", help: "Grouping: average, dbscan or hdbscan", standard: "average")
    static let eps = Setting(name: "LIK_EPS", help: "Threshold of grouping; by default the model pack's", standard: nil)
    static let minSamples = Setting(
        name: "LIK_MIN_SAMPLES", help: "Faces that make a group of DBSCAN and HDBSCAN", standard: "1")
    static let minFaces = Setting(
        name: "LIK_MIN_FACES", help: "Faces that make a person; smaller groups wait as unknown faces", standard: "1")
    static let metric = Setting(
        name: "LIK_METRIC", help: "cosine or euclidean; by default the model pack's", standard: nil)
    static let minSize = Setting(
        name: "LIK_MIN_SIZE", help: "Smallest face, shorter side of its box in pixels", standard: "30")
    static let detThresh = Setting(
        name: "LIK_DET_THRESH", help: "Smallest detection score that counts as a face", standard: "0.5")
    static let maxFaces = Setting(
        name: "LIK_MAX_FACES", help: "Only so many of the largest faces of a photo; 0 for all", standard: "0")
    static let jobs = Setting(name: "LIK_JOBS", help: "Photos in work at once; 0 for one a core", standard: "0")
    static let maxPixels = Setting(
        name: "LIK_MAX_PIXELS", help: "Photos with more pixels are refused before they are decoded",
        standard: "100000000")
    static let maxBytes = Setting(
        name: "LIK_MAX_BYTES", help: "Files with more bytes are refused before they are read", standard: "500000000")

    static let all: [Setting] =
        [
            data, models, pack, precision, device, algorithm, eps, minSamples, minFaces, metric, minSize, detThresh,
            maxFaces,
            jobs,
            maxPixels,
            maxBytes,
        ] + server + remote
}

/// Places that follow from who runs the command.
enum Locations {
    static let home = ProcessInfo.processInfo.environment["HOME"] ?? NSHomeDirectory()
}
