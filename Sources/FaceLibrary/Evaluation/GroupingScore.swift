public import FaceClustering

/// How well one way of grouping did.
public struct GroupingScore: Sendable, Hashable {
    /// How the faces were grouped, as people would say it: `average`, `dbscan`, …
    public var name: String
    /// Its parameters, for people: `eps 0.5, 1 sample`.
    public var parameters: String
    /// Over the faces whose person is known.
    public var quality: GroupingQuality
    /// People who were taken for several: who, and how many faces each piece has, the largest first.
    public var pieces: [Pieces]
    /// Groups that hold several people: who, and how many faces of each, the most first.
    public var mixtures: [Mixture]

    public struct Pieces: Sendable, Hashable {
        public let identity: String
        public let sizes: [Int]
    }

    public struct Mixture: Sendable, Hashable {
        public let people: [Share]
    }

    /// A person's faces in a group.
    public struct Share: Sendable, Hashable {
        public let identity: String
        public let faces: Int
    }

    /// - Parameters:
    ///   - named: the faces whose person is known.
    ///   - groups: the group of every face of the set; nil for noise, which is a group of that face alone.
    public init(
        name: String, parameters: String, named: [DetectionScore.NamedFace], groups: [Int?]
    ) {
        self.name = name
        self.parameters = parameters
        quality = GroupingQuality(truth: named.map(\.identity), groups: named.map { groups[$0.index] })
        var groupsOf: [String: [Int: Int]] = [:]
        var peopleIn: [Int: [String: Int]] = [:]
        for face in named {
            // Noise faces are apart from all others.
            let group = groups[face.index] ?? -1 - face.index
            groupsOf[face.identity, default: [:]][group, default: 0] += 1
            peopleIn[group, default: [:]][face.identity, default: 0] += 1
        }
        pieces = groupsOf.filter { $0.value.count > 1 }
            .map { Pieces(identity: $0.key, sizes: $0.value.values.sorted(by: >)) }
            .sorted { $0.identity < $1.identity }
        mixtures = peopleIn.values.filter { $0.count > 1 }
            .map { group in
                Mixture(
                    people: group.map { Share(identity: $0.key, faces: $0.value) }
                        .sorted { ($1.faces, $0.identity) < ($0.faces, $1.identity) })
            }
            .sorted { ($1.faceCount, $0.people[0].identity) < ($0.faceCount, $1.people[0].identity) }
    }
}

extension GroupingScore.Mixture {
    fileprivate var faceCount: Int { people.reduce(0) { $0 + $1.faces } }
}

/// How grouping does when photos come one at a time, in several orders.
public struct OrderScore: Sendable, Hashable {
    /// How the groups of each order agree with the people who are really there, in the order of the runs.
    public var qualities: [GroupingQuality]
    /// BCubed F between the groups of each order and those of all photos at once, over all faces.
    public var agreements: [Double]
    /// What the orders were made from.
    public var seed: UInt64

    public init(qualities: [GroupingQuality], agreements: [Double], seed: UInt64) {
        self.qualities = qualities
        self.agreements = agreements
        self.seed = seed
    }

    public var worstBCubedF: Double { qualities.map(\.bcubed.f).min() ?? 0 }
    public var meanBCubedF: Double { Self.mean(qualities.map(\.bcubed.f)) }
    public var worstPairPrecision: Double { qualities.map(\.pairs.precision).min() ?? 0 }
    public var worstAgreement: Double { agreements.min() ?? 0 }
    public var meanAgreement: Double { Self.mean(agreements) }

    private static func mean(_ values: [Double]) -> Double {
        values.reduce(0, +) / Double(max(values.count, 1))
    }
}
