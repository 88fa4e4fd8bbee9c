/// Which groups must never end up together, whatever their vectors say.
///
/// A forbidden pair is inherited: when either of the two is merged with others, the whole stays apart from the other.
public struct MergeConstraints: Sendable, Hashable {
    /// For each group the name of what holds it fast, or nil. Groups with different anchors never merge (two people
    /// whom a user named); groups with the same anchor are not forced together.
    public var anchors: [Int?]
    /// Pairs of groups, by index, that never merge (two faces on one photo, or a pair that a user separated).
    public var separated: [Pair]

    /// Two groups, by index.
    public struct Pair: Sendable, Hashable {
        public var first: Int
        public var second: Int

        public init(_ first: Int, _ second: Int) {
            self.first = first
            self.second = second
        }
    }

    /// - Parameter anchors: one for each group, or none at all for no anchors.
    public init(anchors: [Int?] = [], separated: [Pair] = []) {
        self.anchors = anchors
        self.separated = separated
    }

    /// Nothing is forbidden.
    public static let none = MergeConstraints()
}

/// Constraints while groups merge: each group knows what it must stay away from.
struct LiveConstraints: Sendable {
    private var anchors: [Int?]
    /// For each group those it must not join; symmetric.
    private var apart: [Int: Set<Int>] = [:]
    /// Nothing to ask for at all.
    let isEmpty: Bool

    /// - Precondition: there are no anchors or `count` of them, and all pairs are of different groups below `count`.
    init(_ constraints: MergeConstraints, count: Int) {
        precondition(constraints.anchors.isEmpty || constraints.anchors.count == count, "one anchor for each group")
        anchors = constraints.anchors.isEmpty ? Array(repeating: nil, count: count) : constraints.anchors
        for pair in constraints.separated {
            precondition(
                pair.first != pair.second && (0..<count).contains(pair.first) && (0..<count).contains(pair.second),
                "a separated pair names two different groups")
            apart[pair.first, default: []].insert(pair.second)
            apart[pair.second, default: []].insert(pair.first)
        }
        isEmpty = apart.isEmpty && anchors.allSatisfy { $0 == nil }
    }

    func isAnchored(_ group: Int) -> Bool { anchors[group] != nil }

    func mayMerge(_ first: Int, _ second: Int) -> Bool {
        if isEmpty { return true }
        if let anchor = anchors[first], let other = anchors[second], anchor != other { return false }
        return apart[first]?.contains(second) != true
    }

    /// `kept` takes over all that `gone` must stay away from.
    mutating func merge(_ gone: Int, into kept: Int) {
        anchors[kept] = anchors[kept] ?? anchors[gone]
        guard let inherited = apart.removeValue(forKey: gone) else { return }
        for other in inherited {
            apart[other]?.remove(gone)
            apart[other]?.insert(kept)
        }
        apart[kept, default: []].formUnion(inherited)
    }
}
