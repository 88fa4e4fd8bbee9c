/// Vectors under keys, and the search for those nearest to a given one. It can be rebuilt from its vectors at any time.
public protocol VectorIndex<Key>: Sendable {
    associatedtype Key: Hashable & Comparable & Sendable

    /// How many vectors there are.
    var count: Int { get }

    /// Puts a vector under a key; what was under that key before is replaced.
    mutating func add(_ vector: [Float], for key: Key)

    /// Takes a vector out; false when there was none under the key.
    @discardableResult
    mutating func remove(_ key: Key) -> Bool

    /// The vectors nearest to a query: nearest first, and the lower key first where two are equally near.
    ///
    /// - Parameters:
    ///   - limit: how many at most; nil for all.
    ///   - distance: how far at most, in the unit of the index' metric; nil for any.
    func search(_ query: [Float], limit: Int?, within distance: Double?) -> [VectorMatch<Key>]
}

/// A vector that a search found.
public struct VectorMatch<Key: Hashable & Sendable>: Sendable, Hashable {
    public let key: Key
    /// From the query, in the unit of the index' metric.
    public let distance: Double

    public init(key: Key, distance: Double) {
        self.key = key
        self.distance = distance
    }
}
