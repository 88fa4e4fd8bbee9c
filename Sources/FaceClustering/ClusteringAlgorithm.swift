/// Puts vectors into groups: a pure function, whose answer depends on its own parameters and the vectors alone.
public protocol ClusteringAlgorithm: Sendable {
    /// The group of each vector, in the order of the vectors.
    ///
    /// Groups are numbered 0, 1, … in the order in which they first appear; nil marks noise, a vector of no group. The
    /// call blocks, and works on up to `threads` threads at once, the calling one among them.
    ///
    /// - Precondition: `threads >= 1`.
    func cluster(_ vectors: VectorSet, threads: Int) -> [Int?]
}

extension ClusteringAlgorithm {
    /// As `cluster(_:threads:)`, on as many threads as there are processors.
    public func cluster(_ vectors: VectorSet) -> [Int?] {
        cluster(vectors, threads: ParallelLoop.defaultThreads)
    }
}

extension Array {
    /// The same partition with its groups numbered in the order of first appearance.
    package func numberedByFirstAppearance<Label: Hashable>() -> [Int?] where Element == Label? {
        var numbers: [Label: Int] = [:]
        return map { label in
            guard let label else { return nil }
            if let number = numbers[label] { return number }
            numbers[label] = numbers.count
            return numbers.count - 1
        }
    }
}
