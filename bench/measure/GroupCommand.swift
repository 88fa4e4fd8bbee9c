import ArgumentParser
import FaceClustering
import FaceCore
import FaceLibrary
import Foundation

/// `measure group`: groups the vectors of a file, and says how long it took and how well it went.
struct GroupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "group", abstract: "Groups the vectors of a file; prints time and quality.",
        discussion: """
            A line of JSON for each threshold. Without --truth no quality is told; with it, BCubed scores, in which noise \
            counts as groups of one.
            """)

    enum Algorithm: String, ExpressibleByArgument, CaseIterable {
        /// As a library does by default, each vector on a photo of its own.
        case library
        case average, adopting, dbscan, hdbscan, whispers
    }

    @OptionGroup var file: VectorFile

    @Option(help: "How to group: \(Algorithm.allCases.map(\.rawValue).joined(separator: ", ")).")
    var algorithm: Algorithm

    @Option(help: "cosine or euclidean; average linkage takes the square of the latter.")
    var metric: String = Metric.cosine.rawValue

    @Option(
        parsing: .upToNextOption,
        help: "One or more of: average linkage's threshold, DBSCAN's eps, the whispers' threshold, HDBSCAN's epsilon.")
    var threshold: [Double]

    @Option(help: "DBSCAN's and HDBSCAN's; the least size of HDBSCAN's groups too.")
    var minSamples = 2

    @Option(help: "Threads; all processors by default.")
    var threads: Int?

    @Option(help: "A file with who each vector is, a line each.")
    var truth: String?

    @Option(help: "A file to write the labels of the last threshold to, a line each, -1 for noise.")
    var labels: String?

    private struct Answer: Encodable {
        let algorithm: String
        let threshold: Double
        let vectors: Int
        let threads: Int
        let seconds: Double
        let groups: Int
        let noise: Int
        let precision: Double?
        let recall: Double?
        let f: Double?
    }

    func run() throws {
        let vectors = try file.read()
        let people = try truth.map { try String(contentsOfFile: $0, encoding: .utf8).split(separator: "\n") }
        if let people, people.count != vectors.count {
            throw ValidationError("There are \(vectors.count) vectors and \(people.count) lines of truth.")
        }
        let threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
        for threshold in threshold {
            let grouping = try clustering(threshold)
            var found: [Int?] = []
            let duration = ContinuousClock().measure { found = grouping.cluster(vectors, threads: threads) }
            let score = people.map { GroupingQuality(truth: $0, groups: found).bcubed }
            try JSONLines().print(
                Answer(
                    algorithm: algorithm.rawValue, threshold: threshold, vectors: vectors.count, threads: threads,
                    seconds: duration.milliseconds / 1000, groups: Set(found.compactMap { $0 }).count,
                    noise: found.count { $0 == nil }, precision: score?.precision, recall: score?.recall, f: score?.f))
            if let labels {
                let text = found.map { String($0 ?? -1) }.joined(separator: "\n") + "\n"
                try text.write(toFile: labels, atomically: true, encoding: .utf8)
            }
        }
    }

    private func clustering(_ threshold: Double) throws -> any ClusteringAlgorithm {
        guard let metric = Metric(rawValue: metric) else { throw ValidationError("There is no metric \(metric).") }
        switch algorithm {
        case .library: return LibraryGrouping(GroupingOptions(algorithm: .average, eps: threshold, metric: metric))
        case .average, .adopting:
            let linkage = AverageLinkage(
                threshold: threshold, dissimilarity: metric == .cosine ? .cosine : .squaredEuclidean)
            return algorithm == .average ? linkage : AdoptingLinkage(linkage)
        case .dbscan: return DBSCAN(eps: threshold, minSamples: minSamples, metric: metric)
        case .hdbscan:
            return HDBSCAN(
                minClusterSize: max(minSamples, 2), minSamples: minSamples, clusterSelectionEpsilon: threshold,
                metric: metric)
        case .whispers: return ChineseWhispers(threshold: threshold, metric: metric)
        }
    }
}
