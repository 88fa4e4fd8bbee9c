/// A group of vectors as average linkage sees it: how many, their mean, and the mean of their squared lengths.
///
/// That is enough to give the mean dissimilarity between any two groups, whatever their sizes; see `Dissimilarity`.
public struct VectorGroup: Sendable, Hashable, Codable {
    /// How many vectors, at least 1.
    public let count: Int
    /// The mean of the vectors, component by component.
    public let mean: [Float]
    /// The mean of the vectors' squared lengths: 1 for unit vectors.
    public let meanSquaredNorm: Double

    /// Wraps what is known of a group, for example as it was stored.
    ///
    /// - Precondition: `count >= 1` and the mean is not empty.
    public init(count: Int, mean: [Float], meanSquaredNorm: Double) {
        precondition(count >= 1 && !mean.isEmpty, "a group has at least one vector of at least one number")
        self.count = count
        self.mean = mean
        self.meanSquaredNorm = meanSquaredNorm
    }

    /// A group of one vector, which for `Dissimilarity.cosine` must be of length 1.
    public init(_ vector: [Float]) {
        self.init(count: 1, mean: vector, meanSquaredNorm: vector.reduce(0) { $0 + Double($1) * Double($1) })
    }

    /// Where the group lies, as a group of one vector: the mean, for the cosine brought to length 1.
    ///
    /// Its dissimilarity to a vector is that of the vector to the group without what comes from the group's own spread.
    public func centre(for dissimilarity: Dissimilarity) -> VectorGroup {
        guard dissimilarity == .cosine else { return VectorGroup(mean) }
        let length = mean.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
        return VectorGroup(length > 0 ? mean.map { Float(Double($0) / length) } : mean)
    }

    /// Both groups together.
    ///
    /// - Precondition: both have the same dimension.
    public func merged(with other: VectorGroup) -> VectorGroup {
        precondition(mean.count == other.mean.count, "groups of different dimensions cannot be merged")
        let (own, others) = (Double(count), Double(other.count))
        let total = own + others
        return VectorGroup(
            count: count + other.count,
            mean: zip(mean, other.mean).map { Float((own * Double($0) + others * Double($1)) / total) },
            meanSquaredNorm: (own * meanSquaredNorm + others * other.meanSquaredNorm) / total)
    }

    /// Several groups together.
    ///
    /// - Precondition: there is at least one, and all have the same dimension.
    public init(_ parts: [VectorGroup]) {
        precondition(!parts.isEmpty, "a group has at least one vector")
        let total = parts.reduce(0) { $0 + $1.count }
        var mean = Array(repeating: 0.0, count: parts[0].mean.count)
        var squaredNorm = 0.0
        for part in parts {
            precondition(part.mean.count == mean.count, "groups of different dimensions cannot be merged")
            let share = Double(part.count) / Double(total)
            for component in mean.indices { mean[component] += share * Double(part.mean[component]) }
            squaredNorm += share * part.meanSquaredNorm
        }
        self.init(count: total, mean: mean.map { Float($0) }, meanSquaredNorm: squaredNorm)
    }
}
