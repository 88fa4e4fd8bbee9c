public import FaceCore

/// The exact index: every search looks at every vector, and gives the answer that comparing all of them by
/// `Metric.distance` would.
///
/// A search is one pass over memory, and takes as long as the memory does: 4 bytes a number, or one with a screen.
public struct FlatVectorIndex<Key: Hashable & Comparable & Sendable>: VectorIndex {
    /// What a search goes through.
    public enum Screen: Sendable, Hashable {
        /// The vectors: 4 bytes a number.
        case none
        /// Bytes that stand for the numbers, and then the few vectors that the bytes leave open. Another byte a number;
        /// a search of many vectors takes about a quarter of the time. It does not make the answer less exact.
        case bytes
    }

    /// Numbers a vector.
    public var dimension: Int { rows.dimension }
    /// How vectors are compared.
    public var metric: Metric { rows.metric }

    private var keys: [Key] = []
    private var places: [Key: Int] = [:]
    /// Place by place as the keys.
    private var rows: VectorRows
    private let threads: Int

    /// - Parameter threads: that a search of many vectors uses, the calling one included.
    /// - Precondition: `1 <= dimension <= 65_536`, `threads >= 1`.
    public init(dimension: Int, metric: Metric, screen: Screen = .none, threads: Int = 1) {
        precondition((1...65_536).contains(dimension) && threads >= 1, "no vector has so many numbers")
        rows = VectorRows(dimension: dimension, metric: metric, hasCodes: screen == .bytes)
        self.threads = threads
    }

    public var count: Int { keys.count }

    /// The keys, place by place.
    var allKeys: [Key] { keys }

    /// The vector of the key at a place.
    func vector(at place: Int) -> [Float] { rows.vector(at: place) }

    /// - Precondition: the vector has `dimension` numbers.
    public mutating func add(_ vector: [Float], for key: Key) {
        precondition(vector.count == dimension, "the index holds vectors of another dimension")
        remove(key)
        places[key] = keys.count
        keys.append(key)
        rows.append(vector)
    }

    @discardableResult
    public mutating func remove(_ key: Key) -> Bool {
        guard let place = places.removeValue(forKey: key) else { return false }
        let last = keys.count - 1
        if place != last {
            keys[place] = keys[last]
            places[keys[place]] = place
        }
        keys.removeLast()
        rows.remove(at: place)
        return true
    }

    /// - Precondition: the query has `dimension` numbers, and `limit` is not negative.
    public func search(_ query: [Float], limit: Int? = nil, within distance: Double? = nil) -> [VectorMatch<Key>] {
        matches(of: query, limit: limit, within: distance) { $0 }
    }

    /// The groups whose nearest vectors are nearest to a query, each by that vector: people, say, by their best faces.
    ///
    /// - Parameters:
    ///   - limit: how many groups at most; nil for all.
    ///   - distance: how far at most, in the unit of the metric; nil for any.
    ///   - group: which group a key's vector is of. Called by several threads at once.
    /// - Returns: nearest first, and the lower key first where two are equally near.
    /// - Precondition: the query has `dimension` numbers, and `limit` is not negative.
    public func search<Group: Hashable & Sendable>(
        _ query: [Float], limit: Int?, within distance: Double? = nil, onePer group: @Sendable @escaping (Key) -> Group
    ) -> [VectorMatch<Key>] {
        let keys = keys
        return matches(of: query, limit: limit, within: distance) { group(keys[$0]) }
    }

    private func matches<Group: Hashable & Sendable>(
        of query: [Float], limit: Int?, within distance: Double?, group: @Sendable @escaping (Int) -> Group
    ) -> [VectorMatch<Key>] {
        precondition(query.count == dimension && limit ?? 0 >= 0, "the index holds vectors of another dimension")
        guard limit != 0, count > 0 else { return [] }
        let search = RowSearch(
            rows: rows, query: query, limit: limit.flatMap { $0 < count ? $0 : nil }, distance: distance, group: group)
        var nearest: [Group: VectorMatch<Key>] = [:]
        for found in search.run(threads: threads) {
            let match = VectorMatch(key: keys[found.row], distance: found.distance)
            if let known = nearest[found.group], Self.isBefore(known, match) { continue }
            nearest[found.group] = match
        }
        let matches = nearest.values.sorted(by: Self.isBefore)
        return limit.map { Array(matches.prefix($0)) } ?? matches
    }

    private static func isBefore(_ first: VectorMatch<Key>, _ second: VectorMatch<Key>) -> Bool {
        (first.distance, first.key) < (second.distance, second.key)
    }
}
