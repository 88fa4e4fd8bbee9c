import FaceClustering
import FaceCore
import Foundation

/// Random sets with the labels of scikit-learn, SciPy and dlib; `scripts/golden/clustering_labels.py` describes the file,
/// `scripts/golden/whispers_labels.py` added dlib's.
struct GoldenCases: Decodable {
    var madeBy: String
    var scale: Double
    var sets: [GoldenSet]

    struct GoldenSet: Decodable {
        var name: String
        var dimension: Int
        var vectors: Data
        var runs: [Run]
    }

    /// One algorithm with its settings and the peer's labels.
    struct Run: Decodable {
        var algorithm: String
        var metric: Metric?
        var eps: Double?
        var minSamples: Int?
        var minClusterSize: Int?
        var clusterSelectionEpsilon: Double?
        var clusterSelectionMethod: HDBSCAN.SelectionMethod?
        var allowsSingleCluster: Bool?
        var alpha: Double?
        var maxClusterSize: Int?
        var dissimilarity: Dissimilarity?
        var threshold: Double?
        var labels: Data
    }

    /// The committed file, and the one that the environment names for a comparison with fresh sets.
    static func files() throws -> [GoldenCases] {
        var urls = [Bundle.module.bundleURL.appendingPathComponent("Golden/clustering.json")]
        if let path = ProcessInfo.processInfo.environment["LIK_CLUSTERING_CASES"] {
            urls.append(URL(fileURLWithPath: path))
        }
        return try urls.map { try JSONDecoder().decode(GoldenCases.self, from: Data(contentsOf: $0)) }
    }

    func vectors(of set: GoldenSet) -> VectorSet {
        VectorSet(
            dimension: set.dimension, values: Self.integers(set.vectors).map { Float(Double($0) / scale) })
    }

    fileprivate static func integers(_ data: Data) -> [Int] {
        stride(from: 0, to: data.count, by: 2).map {
            Int(Int16(bitPattern: UInt16(data[$0]) | UInt16(data[$0 + 1]) << 8))
        }
    }
}

extension GoldenCases.Run {
    var peerLabels: [Int?] {
        GoldenCases.integers(labels).map { $0 < 0 ? nil : $0 }.numberedByFirstAppearance()
    }

    /// The algorithm as the peer was called; nil when the run lacks a setting.
    var clustering: (any ClusteringAlgorithm)? {
        switch algorithm {
        case "dbscan":
            guard let eps, let minSamples, let metric else { return nil }
            return DBSCAN(eps: eps, minSamples: minSamples, metric: metric)
        case "hdbscan":
            guard let minClusterSize, let clusterSelectionEpsilon, let clusterSelectionMethod, let metric,
                let allowsSingleCluster, let alpha
            else { return nil }
            return HDBSCAN(
                minClusterSize: minClusterSize, minSamples: minSamples,
                clusterSelectionEpsilon: clusterSelectionEpsilon, clusterSelectionMethod: clusterSelectionMethod,
                metric: metric, allowsSingleCluster: allowsSingleCluster, alpha: alpha, maxClusterSize: maxClusterSize)
        case "average":
            guard let threshold, let dissimilarity else { return nil }
            return AverageLinkage(threshold: threshold, dissimilarity: dissimilarity)
        case "whispers":
            guard let threshold, let metric else { return nil }
            return ChineseWhispers(threshold: threshold, metric: metric)
        default: return nil
        }
    }

    var summary: String {
        "\(algorithm) \(metric?.rawValue ?? dissimilarity?.rawValue ?? "") eps \(eps ?? 0) samples \(minSamples ?? -1)"
            + " size \(minClusterSize ?? 0) epsilon \(clusterSelectionEpsilon ?? 0)"
            + " \(clusterSelectionMethod?.rawValue ?? "") single \(allowsSingleCluster ?? false) alpha \(alpha ?? 1)"
            + " largest \(maxClusterSize ?? 0) threshold \(threshold ?? 0)"
    }
}
