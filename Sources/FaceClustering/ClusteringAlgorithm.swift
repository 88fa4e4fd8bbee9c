/// Puts vectors into groups: a pure function, whose answer depends on its own parameters and the vectors alone.
public protocol ClusteringAlgorithm: Sendable {
    /// The group of each vector, in the order of the vectors.
    ///
    /// Groups are numbered 0, 1, … in the order in which they first appear; nil marks noise, a vector of no group.
    func cluster(_ vectors: VectorSet) -> [Int?]
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
