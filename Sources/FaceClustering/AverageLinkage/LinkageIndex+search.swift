extension LinkageIndex {
    /// Looks for the groups that newcomers, and groups changed since the index was settled, may merge with.
    ///
    /// - Parameters:
    ///   - newcomers: groups that are not in the index, as a rule single faces. All share one pass over the groups.
    ///   - changed: keys of the index whose groups are not what they were when the index was settled. Keys that are not
    ///     there are passed over.
    ///   - threads: how many to work on; nil for as many as there are processors.
    /// - Precondition: all newcomers have `dimension` numbers.
    public func search(_ newcomers: [VectorGroup], changed: [Key] = [], threads: Int? = nil) -> Search {
        let again = Set(changed).compactMap { key in group(for: key).map { (key, $0) } }
        let queries = newcomers + again.map(\.1)
        let candidates = means.candidates(
            for: queries, limit: nil, within: linkage.threshold, threads: threads ?? ParallelLoop.defaultThreads
        )
        var touched = Set(again.map(\.0))
        for (query, places) in zip(queries, candidates) {
            // What rounds here rounds otherwise in linkage; a group too many does no harm.
            let limit = linkage.threshold + 1e-9 * (linkage.threshold + query.meanSquaredNorm + 1)
            for place in places where !touched.contains(keys[place]) {
                let value = linkage.dissimilarity.between(query, groups[place]) ?? 0
                if value <= limit { touched.insert(keys[place]) }
            }
        }
        let found = touched.sorted()
        return Search(
            keys: found, linkage: linkage, newcomers: newcomers, groups: found.compactMap { group(for: $0) })
    }

    /// All that newcomers may change, taken out of the index.
    public struct Search: Sendable {
        /// The groups that may merge with newcomers or changed groups, and the changed ones, in order. No other group
        /// changes, and only constraints among these and the newcomers matter.
        public let keys: [Key]
        let linkage: AverageLinkage
        let newcomers: [VectorGroup]
        /// In the order of `keys`.
        let groups: [VectorGroup]

        /// Merges by average linkage, under constraints.
        ///
        /// Equal to `AverageLinkage.merge(groups:constraints:)` over all groups of the index and the newcomers, when the
        /// index was settled but for the changed keys.
        ///
        /// - Returns: what came of every newcomer, and every merge of groups; ordered by lowest newcomer, then key.
        public func outcome(_ constraints: Constraints = Constraints()) -> [Gathering] {
            // Newcomers come first, then the keys.
            let places = Dictionary(uniqueKeysWithValues: keys.enumerated().map { ($1, newcomers.count + $0) })
            func place(_ member: Member) -> Int? {
                switch member {
                case .newcomer(let index): newcomers.indices.contains(index) ? index : nil
                case .group(let key): places[key]
                }
            }
            let pairs = constraints.separated.compactMap { pair -> MergeConstraints.Pair? in
                guard let first = place(pair.first), let second = place(pair.second), first != second else {
                    return nil
                }
                return MergeConstraints.Pair(first, second)
            }
            let anchors =
                newcomers.map { _ in Int?.none } + keys.map { constraints.settled.contains($0) ? places[$0] : nil }
            let all = newcomers + groups
            let merging = linkage.merge(
                groups: all, constraints: MergeConstraints(anchors: anchors, separated: pairs))
            var members = Array(repeating: [Int](), count: merging.groupCount)
            for (index, group) in merging.groupOf.enumerated() { members[group].append(index) }
            return members.compactMap { members in
                guard members.count > 1 || members.contains(where: { $0 < newcomers.count }) else { return nil }
                return Gathering(
                    keys: members.filter { $0 >= newcomers.count }.map { keys[$0 - newcomers.count] },
                    newcomers: members.filter { $0 < newcomers.count },
                    group: VectorGroup(members.map { all[$0] }))
            }
        }
    }

    /// A group of the index or a newcomer, by its index in the list that was searched with.
    public enum Member: Sendable, Hashable {
        case group(Key)
        case newcomer(Int)
    }

    /// What must never end up together; see `MergeConstraints` for how it is inherited.
    public struct Constraints: Sendable {
        /// Groups of which no two are ever merged, such as people whom a user named.
        public var settled: Set<Key>
        /// Pairs that never merge: two faces on one photo, a face and a person it was rejected from, two people whom a
        /// user separated. Members that the search did not meet are passed over.
        public var separated: [Pair]

        public init(settled: Set<Key> = [], separated: [Pair] = []) {
            self.settled = settled
            self.separated = separated
        }

        public struct Pair: Sendable, Hashable {
            public var first: Member
            public var second: Member

            public init(_ first: Member, _ second: Member) {
                self.first = first
                self.second = second
            }
        }
    }

    /// Groups and newcomers that are one group from now on.
    public struct Gathering: Sendable, Hashable {
        /// Ascending; none: the newcomers are a new group. Two or more: they become one.
        public let keys: [Key]
        /// Ascending indices into the list that was searched with; none: only groups were merged.
        public let newcomers: [Int]
        /// All of them together.
        public let group: VectorGroup
    }
}
