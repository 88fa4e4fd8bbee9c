public import FaceClustering
public import FaceCore
public import FaceStore
import Foundation

/// Measures recognition on the analysed photos of a labelled set: detection, grouping, and telling pairs apart.
///
/// Calls block; those that group photos work in libraries of their own, which are thrown away.
public struct Evaluation: Sendable {
    public let set: AnalyzedSet
    public let detection: DetectionScore
    private let makeStore: @Sendable () throws -> any LibraryStore

    /// - Parameter makeStore: gives an empty library.
    public init(_ set: AnalyzedSet, makeStore: @escaping @Sendable () throws -> any LibraryStore) {
        self.set = set
        self.makeStore = makeStore
        detection = DetectionScore(set)
    }

    /// The group of each face of the set; nil for one without company.
    public typealias Groups = [Int?]

    // MARK: Grouping

    /// Groups all photos at once, as a scan of them does.
    ///
    /// - Throws: `FaceStoreError`.
    public func groups(_ options: GroupingOptions) throws -> Groups {
        var library = try TrialLibrary(set, store: try makeStore(), options: options)
        for index in set.photos.indices { try library.add(index) }
        try library.group()
        return Self.groups(try library.persons())
    }

    /// Groups the faces with an algorithm alone, without what a library knows besides.
    public func groups(_ algorithm: some ClusteringAlgorithm) -> Groups {
        algorithm.cluster(VectorSet(set.faces.map(\.embedding.vector)))
    }

    /// How groups agree with the people who are there.
    public func score(_ groups: Groups, name: String, parameters: String) -> GroupingScore {
        GroupingScore(name: name, parameters: parameters, named: detection.named, groups: groups)
    }

    /// Lets photos come one at a time, in random orders, and groups after each.
    ///
    /// - Parameters:
    ///   - orders: how many, at least 1.
    ///   - seed: the same gives the same orders.
    ///   - groups: those of all photos at once.
    ///   - jobs: how many orders are in work at once, at least 1.
    ///   - report: called from worker threads with the number of orders that are done.
    /// - Throws: `FaceStoreError`.
    public func oneByOne(
        _ options: GroupingOptions, orders: Int, seed: UInt64, comparedWith groups: Groups, jobs: Int,
        report: @escaping @Sendable (Int) -> Void = { _ in }
    ) throws -> OrderScore {
        var generator = SeededGenerator(seed: seed)
        let shuffled = (0..<orders).map { _ in set.photos.indices.shuffled(using: &generator) }
        let results = WorkerThreads.map(shuffled, threads: jobs, name: "orders", report: report) { order in
            Result { try self.groups(options, arriving: order) }
        }
        let together = Self.alone(groups)
        var qualities: [GroupingQuality] = []
        var agreements: [Double] = []
        for result in results {
            let apart = try result.get()
            qualities.append(score(apart, name: "", parameters: "").quality)
            agreements.append(GroupingQuality(truth: together, groups: apart).bcubed.f)
        }
        return OrderScore(qualities: qualities, agreements: agreements, seed: seed)
    }

    private func groups(_ options: GroupingOptions, arriving order: [Int]) throws -> Groups {
        var library = try TrialLibrary(set, store: try makeStore(), options: options)
        for index in order {
            try library.add(index)
            try library.group()
        }
        return Self.groups(try library.persons())
    }

    private static func groups(_ persons: [PersonID?]) -> Groups { persons.map { $0.map { Int($0.rawValue) } } }

    /// Groups without nil: faces without company get numbers that nobody has.
    private static func alone(_ groups: Groups) -> [Int] {
        groups.enumerated().map { index, group in group ?? -1 - index }
    }

    // MARK: Verification

    /// How well distances tell pairs apart, over all pairs of faces whose person is known.
    ///
    /// - Parameters:
    ///   - packThreshold: the model pack's for a pair, if it is of this metric.
    ///   - falseAcceptRates: those for which a threshold is wanted, each above 0 and at most 1.
    /// - Returns: nil when there is no pair of one person or none of two.
    public func verification(
        metric: Metric, packThreshold: Double?, falseAcceptRates: [Double]
    ) -> VerificationScore? {
        let faces = set.faces
        let pairs = PairDistances(
            VectorSet(detection.named.map { faces[$0.index].embedding.vector }),
            people: detection.named.map(\.identity),
            metric: metric)
        return VerificationScore(
            pairs, metric: metric, packThreshold: packThreshold, falseAcceptRates: falseAcceptRates)
    }
}
