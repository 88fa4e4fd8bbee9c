/// What average linkage takes the mean of, over all pairs between two groups.
public enum Dissimilarity: String, Sendable, Hashable, Codable, CaseIterable {
    /// 1 − cosine similarity, 0 to 2. Between two groups of unit vectors its mean is 1 − m·m′, with m and m′ their mean
    /// vectors.
    case cosine
    /// The squared Euclidean distance. Between two groups its mean is s + s′ − 2·m·m′, with s and s′ their mean squared
    /// lengths.
    case squaredEuclidean
    /// The Euclidean distance. Means of it do not follow from the groups' means: all pairs are kept, 8 bytes for each
    /// two vectors (16 MB for 2,000, 400 MB for 10,000), and groups cannot be continued later.
    case euclidean
}

extension Dissimilarity {
    /// The mean dissimilarity between two groups.
    ///
    /// - Returns: nil for `euclidean`, which means and lengths do not give.
    /// - Precondition: both have the same dimension.
    public func between(_ first: VectorGroup, _ second: VectorGroup) -> Double? {
        precondition(first.mean.count == second.mean.count, "groups of different dimensions have no dissimilarity")
        guard self != .euclidean else { return nil }
        let product = zip(first.mean, second.mean).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        return fromMeans(product: product, squaredNorms: first.meanSquaredNorm + second.meanSquaredNorm)
    }

    /// The mean dissimilarity, given the product of the mean vectors and the sum of the mean squared lengths.
    func fromMeans(product: Double, squaredNorms: Double) -> Double {
        switch self {
        case .cosine: min(max(1 - product, 0), 2)
        case .squaredEuclidean, .euclidean: max(squaredNorms - 2 * product, 0)
        }
    }
}
