public import FaceCore
public import Foundation

/// What a model pack is made of and how its models are to be used: all that the analysis needs to know about the files,
/// so that nothing is guessed from a graph's shapes or names.
public struct ModelPackManifest: Codable, Sendable, Hashable {
    /// The pack's name and the name of its folder, for example `buffalo_l`.
    public var name: String
    /// Which pipeline runs it.
    public var family: Family
    /// At most one file a role.
    public var files: [File]
    /// Numbers in an embedding.
    public var embeddingDimension: Int
    /// How its embeddings are compared.
    public var metric: Metric
    /// Calibrated for its embedder.
    public var thresholds: Thresholds
    /// To be shown when the pack is installed and listed.
    public var licence: Licence

    public init(
        name: String, family: Family, files: [File], embeddingDimension: Int, metric: Metric, thresholds: Thresholds,
        licence: Licence
    ) {
        self.name = name
        self.family = family
        self.files = files
        self.embeddingDimension = embeddingDimension
        self.metric = metric
        self.thresholds = thresholds
        self.licence = licence
    }

    /// Whether every file is known to be the published one; false when hashes were only recorded at the installation.
    public var isVerified: Bool { files.allSatisfy(\.isVerified) }

    /// The file with a role; nil when the pack has none.
    public func file(of role: Role) -> File? { files.first { $0.role == role } }

    /// Names the embedder: `buffalo_l/w600k_r50`. Weights that are not the published ones carry the first eight digits
    /// of their SHA-256 (`twin_l/w600k_r50@1c6ae5f9`), so that their embeddings are never compared with others'.
    ///
    /// Nil when the pack has no embedder, which no installed pack is.
    public var embedderModel: ModelID? {
        guard let file = file(of: .embedder) else { return nil }
        let suffix = ".onnx"
        let stem = file.name.hasSuffix(suffix) ? String(file.name.dropLast(suffix.count)) : file.name
        return ModelID("\(name)/\(stem)" + (file.isVerified ? "" : "@\(file.sha256.prefix(8))"))
    }
}

extension ModelPackManifest {
    /// Which pipeline runs the pack.
    public enum Family: String, Codable, Sendable, Hashable {
        /// SCRFD, five-point alignment, ArcFace.
        case insightFace
        /// dlib's MMOD detector, shape predictor, ResNet.
        case dlib
    }

    /// What a file of a pack is for.
    public enum Role: String, Codable, Sendable, Hashable, CaseIterable {
        case detector
        case embedder
        case genderAge
        /// 106 points.
        case denseLandmarks2D
        /// 68 points in three dimensions.
        case denseLandmarks3D
        /// dlib's shape predictor with five points: a `.dat` file, no ONNX graph.
        case landmarks
    }

    /// One file of a pack.
    public struct File: Codable, Sendable, Hashable {
        /// What it is for.
        public var role: Role
        /// Its name in the pack's folder.
        public var name: String
        /// 64 lower-case hexadecimal digits.
        public var sha256: String
        /// What the graph wants to be given; nil for files that are no graph.
        public var input: InputConvention?
        /// Whether the file is known to be the published one: by its own hash, or as part of an archive whose hash was
        /// known, or converted from such files.
        public var isVerified: Bool

        public init(role: Role, name: String, sha256: String, input: InputConvention?, isVerified: Bool) {
            self.role = role
            self.name = name
            self.sha256 = sha256
            self.input = input
            self.isVerified = isVerified
        }
    }

    /// How pixels become a graph's input: planes of the channels in order, each value `(v − mean) / scale`, v in 0…255.
    public struct InputConvention: Codable, Sendable, Hashable {
        public enum ChannelOrder: String, Codable, Sendable, Hashable {
            case rgb
        }

        /// In pixels; nil for any width.
        public var width: Int?
        /// In pixels; nil for any height.
        public var height: Int?
        /// One a channel, in the order of `channelOrder`.
        public var mean: [Double]
        /// What differences from the mean are divided by.
        public var scale: Double
        public var channelOrder: ChannelOrder

        public init(width: Int?, height: Int?, mean: [Double], scale: Double, channelOrder: ChannelOrder = .rgb) {
            self.width = width
            self.height = height
            self.mean = mean
            self.scale = scale
            self.channelOrder = channelOrder
        }
    }

    /// From where on two faces count as two people; calibrated for the pack's embedder.
    public struct Thresholds: Codable, Sendable, Hashable {
        /// Two faces are of one person up to this distance of the pack's metric.
        public var samePair: Double
        /// DBSCAN's neighbourhood, a distance of the pack's metric.
        public var dbscanEps: Double
        /// Two groups are one person up to this mean distance of their faces: of cosine distances for the cosine metric,
        /// of SQUARED distances for the Euclidean one.
        public var averageLinkage: Double

        public init(samePair: Double, dbscanEps: Double, averageLinkage: Double) {
            self.samePair = samePair
            self.dbscanEps = dbscanEps
            self.averageLinkage = averageLinkage
        }
    }

    /// On what terms the models may be used.
    public struct Licence: Codable, Sendable, Hashable, CustomStringConvertible {
        public var name: String
        public var url: URL?
        /// Whether the licence allows commercial use.
        public var commercialUse: Bool

        public init(name: String, url: URL?, commercialUse: Bool) {
            self.name = name
            self.url = url
            self.commercialUse = commercialUse
        }

        /// One line for people: the name and whether commercial use is allowed.
        public var description: String {
            name + (commercialUse ? " (commercial use allowed)" : " (no commercial use)")
        }
    }
}
