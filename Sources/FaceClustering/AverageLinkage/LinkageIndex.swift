/// Groups under keys, such as people with the means of their faces, and what becomes of them when new ones come in: the
/// outcome of average linkage over all, found by one look at each group for each newcomer.
///
/// It rests on this: the mean dissimilarity between a merged group and a third is a mean of those of its parts. So two
/// groups come within the threshold only through parts that were within it. Where no two groups of the index that may
/// merge are within the threshold (the index is *settled*), a merge begins at a newcomer, and the groups within the
/// threshold of one are all that can change.
///
/// The index is a value that its owner keeps in step: after an outcome it sets, merges and removes what changed. Memory
/// is 8 bytes a number of each group. Calls block; those that search use several threads where that pays.
public struct LinkageIndex<Key: Hashable & Comparable & Sendable>: Sendable {
    /// The threshold and the dissimilarity of groups.
    public let linkage: AverageLinkage
    /// Numbers a vector.
    public let dimension: Int

    /// In the order of their places in `means`.
    private(set) var keys: [Key] = []
    private(set) var groups: [VectorGroup] = []
    private var places: [Key: Int] = [:]
    private(set) var means: GroupMeans
    private var centres: GroupMeans

    /// - Precondition: `dimension >= 1`, and the dissimilarity is not `euclidean`, which does not follow from means.
    public init(dimension: Int, linkage: AverageLinkage) {
        precondition(dimension >= 1, "a vector has at least one number")
        self.dimension = dimension
        self.linkage = linkage
        means = GroupMeans(dimension: dimension, dissimilarity: linkage.dissimilarity)
        centres = means
    }

    /// How many groups there are.
    public var count: Int { keys.count }

    /// The group under a key, or nil.
    public func group(for key: Key) -> VectorGroup? {
        places[key].map { groups[$0] }
    }

    /// Puts a group under a key; what was there before is replaced.
    ///
    /// - Precondition: the group has `dimension` numbers; for `Dissimilarity.cosine` it is of unit vectors.
    public mutating func set(_ group: VectorGroup, for key: Key) {
        precondition(group.mean.count == dimension, "the index holds vectors of another dimension")
        if let place = places[key] {
            groups[place] = group
            means.replace(at: place, with: group)
            centres.replace(at: place, with: group.centre(for: linkage.dissimilarity))
        } else {
            places[key] = keys.count
            keys.append(key)
            groups.append(group)
            means.append(group)
            centres.append(group.centre(for: linkage.dissimilarity))
        }
    }

    /// Takes a group out; false when there was none under the key.
    @discardableResult
    public mutating func remove(_ key: Key) -> Bool {
        guard let place = places.removeValue(forKey: key) else { return false }
        let last = keys.count - 1
        if place != last {
            keys[place] = keys[last]
            groups[place] = groups[last]
            places[keys[place]] = place
        }
        keys.removeLast()
        groups.removeLast()
        means.remove(at: place)
        centres.remove(at: place)
        return true
    }

    /// One group becomes part of another; false, and nothing changes, unless both are there and are two.
    @discardableResult
    public mutating func merge(_ gone: Key, into kept: Key) -> Bool {
        guard gone != kept, let part = group(for: gone), let rest = group(for: kept) else { return false }
        set(rest.merged(with: part), for: kept)
        return remove(gone)
    }

    /// The groups nearest to each query that are not excluded for it: nearest first, and the lower key first where two
    /// are equally near.
    ///
    /// - Parameters:
    ///   - queries: up to two dozen share one pass over the groups, which costs little more than one alone.
    ///   - limit: how many at most for each.
    ///   - dissimilarity: how far at most; nil for any.
    ///   - among: the keys that are looked at; nil for all.
    ///   - threads: how many to work on; nil for as many as there are processors.
    /// - Precondition: all queries have `dimension` numbers, and `limit >= 0`.
    public func nearest(
        to queries: [Query], limit: Int, within dissimilarity: Double? = nil, among: Set<Key>? = nil,
        threads: Int? = nil
    ) -> [[Match]] {
        precondition(limit >= 0, "a limit is not negative")
        if let among, among.count < count / 8 {
            // Few of many are looked up one by one.
            let few = among.compactMap { places[$0] }
            return queries.map { query in
                let wanted = few.filter { !query.excluded.contains(keys[$0]) }
                return matches(of: query, at: wanted, limit: limit, within: dissimilarity) { groups[$0] }
            }
        }
        let candidates = means.candidates(
            for: queries.map(\.group), limit: limit, within: dissimilarity,
            threads: threads ?? ParallelLoop.defaultThreads
        ) { [keys] query, place in
            !queries[query].excluded.contains(keys[place]) && among?.contains(keys[place]) ?? true
        }
        return zip(queries, candidates).map { query, places in
            matches(of: query, at: places, limit: limit, within: dissimilarity) { groups[$0] }
        }
    }

    /// The groups that may adopt each query, as in `AdoptingLinkage`: those not excluded for it whose centre is within
    /// `AverageLinkage.centreThreshold`. Nearest first, and the lower key first where two are equally near.
    ///
    /// - Parameters:
    ///   - queries: vectors that linkage left alone, or that must not count in it.
    ///   - limit: how many at most for each.
    ///   - minimumCount: the least count of a group that adopts.
    ///   - threads: how many to work on; nil for as many as there are processors.
    /// - Returns: matches whose dissimilarity is that to the group's centre.
    /// - Precondition: all queries have `dimension` numbers, and `limit >= 0`.
    public func adopters(
        of queries: [Query], limit: Int, minimumCount: Int = 3, threads: Int? = nil
    ) -> [[Match]] {
        precondition(limit >= 0, "a limit is not negative")
        let candidates = centres.candidates(
            for: queries.map(\.group), limit: limit, within: linkage.centreThreshold,
            threads: threads ?? ParallelLoop.defaultThreads
        ) { [keys, groups] query, place in
            groups[place].count >= minimumCount && !queries[query].excluded.contains(keys[place])
        }
        return zip(queries, candidates).map { query, places in
            matches(of: query, at: places, limit: limit, within: linkage.centreThreshold) {
                groups[$0].centre(for: linkage.dissimilarity)
            }
        }
    }

    private func matches(
        of query: Query, at places: [Int], limit: Int, within dissimilarity: Double?, group: (Int) -> VectorGroup
    ) -> [Match] {
        let found = places.compactMap { place -> Match? in
            guard let value = linkage.dissimilarity.between(query.group, group(place)),
                value <= dissimilarity ?? .infinity
            else { return nil }
            return Match(key: keys[place], dissimilarity: value)
        }
        return Array(found.sorted { ($0.dissimilarity, $0.key) < ($1.dissimilarity, $1.key) }.prefix(limit))
    }

    /// What `nearest` is asked for.
    public struct Query: Sendable {
        public var group: VectorGroup
        /// Groups that are passed over, for example the query itself and people a face was rejected from.
        public var excluded: Set<Key>

        public init(_ group: VectorGroup, excluded: Set<Key> = []) {
            self.group = group
            self.excluded = excluded
        }
    }

    /// A group that was found.
    public struct Match: Sendable, Hashable {
        public let key: Key
        /// The mean dissimilarity to the query.
        public let dissimilarity: Double

        public init(key: Key, dissimilarity: Double) {
            self.key = key
            self.dissimilarity = dissimilarity
        }
    }
}
