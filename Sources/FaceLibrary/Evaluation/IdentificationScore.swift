import FaceClustering
public import FaceCore

/// How well people are identified of whom half of the photos are enrolled, and how well strangers are refused: an open-set
/// identification as in ISO/IEC 19795-1, over random splits.
///
/// A split leaves some people out, enrols half of the photos of the others, rounded up, and identifies the rest. The
/// threshold is calibrated on those who are enrolled: it is the largest at which no more than the wanted share of their
/// faces is taken for somebody else. The ones who were left out take no part in it.
public struct IdentificationScore: Sendable {
    public struct Split: Sendable, Hashable {
        /// Of the probes of people who are enrolled, the share whose nearest person is the right one.
        public let rankOne: Double
        /// Of them, the share whose nearest person is the right one and within the threshold.
        public let identified: Double
        /// Of the faces of people who were left out, the share that is taken for nobody.
        public let refused: Double
        /// A distance.
        public let threshold: Double
    }

    /// How it was done.
    public struct Plan: Sendable, Hashable {
        /// Random splits, at least 1.
        public var splits: Int
        /// People who are left out of each.
        public var leftOut: Int
        /// Of the faces of enrolled people, the share that may be taken for somebody else, 0 to 1.
        public var falseIdentificationRate: Double
        /// The same gives the same splits.
        public var seed: UInt64

        public init(splits: Int = 20, leftOut: Int = 10, falseIdentificationRate: Double = 0.001, seed: UInt64 = 1) {
            self.splits = splits
            self.leftOut = leftOut
            self.falseIdentificationRate = falseIdentificationRate
            self.seed = seed
        }
    }

    public let plan: Plan
    public let splits: [Split]

    public func mean(_ value: (Split) -> Double) -> Double {
        splits.reduce(0) { $0 + value($1) } / Double(splits.count)
    }
}

extension Evaluation {
    /// Identifies faces of the set, some of whose people are enrolled.
    ///
    /// - Returns: nil when fewer people than two would be left to enrol, or nobody has two photos.
    public func identification(
        metric: Metric, _ plan: IdentificationScore.Plan = .init()
    ) -> IdentificationScore? {
        let faces = set.faces
        let vectors = VectorSet(detection.named.map { faces[$0.index].embedding.vector })
        let trial = IdentificationTrial(
            vectors: vectors, people: detection.named.map(\.identity), metric: metric,
            rate: plan.falseIdentificationRate)
        var generator = SeededGenerator(seed: plan.seed)
        var splits: [IdentificationScore.Split] = []
        for _ in 0..<plan.splits {
            guard let split = trial.split(leavingOut: plan.leftOut, using: &generator) else { return nil }
            splits.append(split)
        }
        return splits.isEmpty ? nil : IdentificationScore(plan: plan, splits: splits)
    }
}

private struct IdentificationTrial {
    let vectors: VectorSet
    let people: [String]
    let metric: Metric
    let rate: Double

    func split(
        leavingOut count: Int, using generator: inout SeededGenerator
    ) -> IdentificationScore.Split? {
        let everybody = Set(people).sorted()
        let strangers = Set(everybody.shuffled(using: &generator).prefix(count))
        var enrolled: [String: [Int]] = [:]
        var probes: [Int] = []
        for person in everybody where !strangers.contains(person) {
            let rows = people.indices.filter { people[$0] == person }.shuffled(using: &generator)
            guard rows.count >= 2 else { continue }
            let half = (rows.count + 1) / 2
            enrolled[person] = Array(rows.prefix(half))
            probes += rows.dropFirst(half)
        }
        guard enrolled.count >= 2 else { return nil }
        var gallery = LinkageIndex<String>(
            dimension: vectors.dimension,
            linkage: AverageLinkage(threshold: 0, dissimilarity: metric.dissimilarity))
        for (person, rows) in enrolled.sorted(by: { $0.key < $1.key }) {
            gallery.set(VectorGroup(rows, of: vectors, for: metric.dissimilarity), for: person)
        }
        let limit = threshold(of: gallery, over: probes + enrolled.values.joined())
        let nearest = nearest(to: probes, in: gallery)
        let right = zip(probes, nearest).filter { people[$0] == $1.key }.map(\.1)
        let unknown = people.indices.filter { strangers.contains(people[$0]) }
        let refused = self.nearest(to: unknown, in: gallery).count { $0.dissimilarity > limit }
        return IdentificationScore.Split(
            rankOne: Double(right.count) / Double(probes.count),
            identified: Double(right.count { $0.dissimilarity <= limit }) / Double(probes.count),
            refused: unknown.isEmpty ? 1 : Double(refused) / Double(unknown.count),
            threshold: metric.distance(of: limit))
    }

    /// The largest dissimilarity at which no more than the wanted share of faces is within it of somebody else.
    private func threshold(of gallery: LinkageIndex<String>, over rows: [Int]) -> Double {
        let others = rows.compactMap { row in
            gallery.nearest(to: [.init(group(row), excluded: [people[row]])], limit: 1)[0].first?.dissimilarity
        }.sorted()
        let allowed = Int((rate * Double(others.count)).rounded(.down))
        return allowed < others.count ? others[allowed].nextDown : others.last ?? 0
    }

    private func nearest(to rows: [Int], in gallery: LinkageIndex<String>) -> [LinkageIndex<String>.Match] {
        gallery.nearest(to: rows.map { .init(group($0)) }, limit: 1).compactMap(\.first)
    }

    private func group(_ row: Int) -> VectorGroup { VectorGroup([row], of: vectors, for: metric.dissimilarity) }
}
