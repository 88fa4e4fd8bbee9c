import FaceCore
import Foundation

extension ModelPackCatalog {
    /// InsightFace's packs and dlib's.
    public static let published = ModelPackCatalog(entries: [
        insightFace(
            "buffalo_l", archive: "80ffe37d8a5940d59a7384c201a2a38d4741f2f3c51eef46ebb28218a7b0ca2f",
            files: [.det10g, .w600kR50, .genderAge, .landmarks106, .landmarks68]),
        insightFace(
            "buffalo_m", archive: "d98264bd8f2dc75cbc2ddce2a14e636e02bb857b3051c234b737bf3b614edca9",
            files: [.det2500m, .w600kR50, .genderAge, .landmarks106, .landmarks68]),
        insightFace(
            "buffalo_s", archive: nil,
            files: [.det500m, .w600kMbf, .genderAge, .landmarks106, .landmarks68]),
        insightFace(
            "buffalo_sc", archive: "57d31b56b6ffa911c8a73cfc1707c73cab76efe7f13b675a05223bf42de47c72",
            files: [.det500m, .w600kMbf]),
        insightFace(
            "antelopev2", archive: "8e182f14fc6e80b3bfa375b33eb6cff7ee05d8ef7633e738d1c89021dcf0c5c5",
            files: [.scrfd10gBnkps, .glintR100, .genderAge, .landmarks106, .landmarks68]),
        dlib,
    ])

    private static func insightFace(_ name: String, archive: String?, files: [PublishedFile]) -> Entry {
        var address = URLComponents()
        address.scheme = "https"
        address.host = "github.com"
        address.path = "/deepinsight/insightface/releases/download/v0.7/\(name).zip"
        guard let url = address.url else { preconditionFailure("the pack's name makes no address") }
        return Entry(
            name: name, family: .insightFace, origin: .archive(url: url, sha256: archive), files: files,
            embeddingDimension: 512, metric: .cosine, thresholds: .arcFace,
            licence: ModelPackManifest.Licence(
                name: "InsightFace's model licence, non-commercial research only",
                url: URL(string: "https://github.com/deepinsight/insightface#license"), commercialUse: false))
    }

    private static let dlib = Entry(
        name: "dlib", family: .dlib,
        origin: .pythonPackage(
            name: "face_recognition_models", version: "0.3.0",
            sha256: "b79bd200a88c87c9a9d446c990ae71c5a626d1f3730174e6d570157ff1d896cf"),
        files: [
            PublishedFile(
                name: "mmod_human_face_detector.dat", role: .detector,
                sha256: "4cb19393e2fbaf2b1609a9319ad5386618c886a6234ec1b971f3e87c85d87fe6",
                input: .dlib(side: nil)),
            PublishedFile(
                name: "dlib_face_recognition_resnet_model_v1.dat", role: .embedder,
                sha256: "55533b28a95800a551ba546ba62fe69625c7e95a7061c338adffead08719da30",
                input: .dlib(side: 150)),
            PublishedFile(
                name: "shape_predictor_5_face_landmarks.dat", role: .landmarks,
                sha256: "c4b1e9804792707d3a405c2c16a80a20269e6675021f64a41d30fffafbc41888", input: nil),
        ],
        embeddingDimension: 128, metric: .euclidean, thresholds: .dlib,
        licence: ModelPackManifest.Licence(
            name: "CC0 1.0", url: URL(string: "https://creativecommons.org/publicdomain/zero/1.0/"),
            commercialUse: true))
}

extension ModelPackManifest.Thresholds {
    /// For ArcFace embedders (cosine). There is no single published threshold: 0.6, a similarity of 0.4, lies between
    /// those of others and on the careful side of InsightFace's own (`docs/grouping.md` lists them). A group is one
    /// person under the same bound on the mean. DBSCAN chains through single near pairs, so that its eps is stricter, 0.4.
    public static let arcFace = ModelPackManifest.Thresholds(samePair: 0.6, dbscanEps: 0.4, averageLinkage: 0.6)

    /// For dlib's ResNet (Euclidean). 0.6 is the bound that the network was trained with; measured on a labelled set of
    /// 322 faces, DBSCAN chains at 0.6 (BCubed F 0.611) and does not at 0.5 (0.986), and average linkage of squared
    /// distances gives 0.993 from 0.33 to 0.39 (the table in `docs/grouping.md`).
    public static let dlib = ModelPackManifest.Thresholds(samePair: 0.6, dbscanEps: 0.5, averageLinkage: 0.37)
}

extension ModelPackManifest.InputConvention {
    /// SCRFD: (v − 127.5) / 128, any size.
    fileprivate static let scrfd = Self(width: nil, height: nil, mean: [127.5, 127.5, 127.5], scale: 128)
    /// ArcFace: (v − 127.5) / 127.5, 112 × 112.
    fileprivate static let arcFace = Self(width: 112, height: 112, mean: [127.5, 127.5, 127.5], scale: 127.5)

    /// Graphs that begin with their own normalisation.
    fileprivate static func raw(side: Int) -> Self { Self(width: side, height: side, mean: [0, 0, 0], scale: 1) }

    /// dlib's networks: (v − mean) / 256.
    fileprivate static func dlib(side: Int?) -> Self {
        Self(width: side, height: side, mean: [122.782, 117.001, 104.298], scale: 256)
    }
}

extension ModelPackCatalog.PublishedFile {
    fileprivate static let det10g = Self(
        name: "det_10g.onnx", role: .detector,
        sha256: "5838f7fe053675b1c7a08b633df49e7af5495cee0493c7dcf6697200b85b5b91", input: .scrfd)
    fileprivate static let det2500m = Self(
        name: "det_2.5g.onnx", role: .detector,
        sha256: "041f73f47371333d1d17a6fee6c8ab4e6aecabefe398ff32cca4e2d5eaee0af9", input: .scrfd)
    fileprivate static let det500m = Self(
        name: "det_500m.onnx", role: .detector,
        sha256: "5e4447f50245bbd7966bd6c0fa52938c61474a04ec7def48753668a9d8b4ea3a", input: .scrfd)
    fileprivate static let scrfd10gBnkps = Self(
        name: "scrfd_10g_bnkps.onnx", role: .detector, sha256: nil, input: .scrfd)
    /// buffalo_l's file; in buffalo_m's archive the archive's own hash decides.
    fileprivate static let w600kR50 = Self(
        name: "w600k_r50.onnx", role: .embedder,
        sha256: "4c06341c33c2ca1f86781dab0e829f88ad5b64be9fba56e56bc9ebdefc619e43", input: .arcFace)
    fileprivate static let w600kMbf = Self(
        name: "w600k_mbf.onnx", role: .embedder,
        sha256: "9cc6e4a75f0e2bf0b1aed94578f144d15175f357bdc05e815e5c4a02b319eb4f", input: .arcFace)
    fileprivate static let glintR100 = Self(
        name: "glintr100.onnx", role: .embedder,
        sha256: "4ab1d6435d639628a6f3e5008dd4f929edf4c4124b1a7169e1048f9fef534cdf", input: .arcFace)
    fileprivate static let genderAge = Self(
        name: "genderage.onnx", role: .genderAge, sha256: nil, input: .raw(side: 96))
    fileprivate static let landmarks106 = Self(
        name: "2d106det.onnx", role: .denseLandmarks2D, sha256: nil, input: .raw(side: 192))
    fileprivate static let landmarks68 = Self(
        name: "1k3d68.onnx", role: .denseLandmarks3D, sha256: nil, input: .raw(side: 192))
}
