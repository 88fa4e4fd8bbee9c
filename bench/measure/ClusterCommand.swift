import ArgumentParser
import FaceClustering
import FaceCore
import Foundation

/// `measure cluster`: groups the vectors of each line of JSON.
struct ClusterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cluster", abstract: "Groups vectors; prints their labels.",
        discussion: """
            A line is {"vectors": [[…], …], "algorithm": "dbscan", "metric": "euclidean", "eps": 0.5, \
            "min_samples": 2}, or has "hdbscan" with "min_cluster_size" and "min_samples", or "average" with \
            "threshold". The answer is a line {"labels": […]} each, null for noise.
            """)

    @Argument(help: "A file with a line of JSON for each set, or - for standard input.")
    var file: String

    private struct Job: Decodable {
        enum Algorithm: String, Decodable {
            case dbscan, hdbscan, average
        }

        let vectors: [[Float]]
        let algorithm: Algorithm
        let metric: Metric
        let eps: Double?
        let minSamples: Int?
        let minClusterSize: Int?
        let threshold: Double?
    }

    private struct Answer: Encodable {
        let labels: [Int?]
    }

    func run() throws {
        let input = file == "-" ? FileHandle.standardInput.readDataToEndOfFile() : try contents(of: file)
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let lines = JSONLines()
        for line in input.split(separator: UInt8(ascii: "\n")) {
            let job = try decoder.decode(Job.self, from: line)
            try lines.print(Answer(labels: algorithm(of: job).cluster(VectorSet(job.vectors))))
        }
    }

    private func contents(of path: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }

    private func algorithm(of job: Job) -> any ClusteringAlgorithm {
        switch job.algorithm {
        case .dbscan:
            DBSCAN(eps: job.eps ?? 0.5, minSamples: job.minSamples ?? 5, metric: job.metric)
        case .hdbscan:
            HDBSCAN(
                minClusterSize: job.minClusterSize ?? 5, minSamples: job.minSamples ?? job.minClusterSize ?? 5,
                clusterSelectionEpsilon: 0, metric: job.metric)
        case .average:
            AverageLinkage(
                threshold: job.threshold ?? 0, dissimilarity: job.metric == .cosine ? .cosine : .squaredEuclidean)
        }
    }
}
