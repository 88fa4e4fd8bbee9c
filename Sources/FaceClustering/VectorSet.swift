/// Vectors of one dimension, one after another in one array: what the clustering algorithms take.
///
/// All numbers must be finite; a vector with an infinity or a NaN has no place in any group.
public struct VectorSet: Sendable, Hashable {
    /// Numbers a vector, at least 1.
    public let dimension: Int
    /// `count` rows of `dimension` numbers, row by row.
    public let values: [Float]

    /// The number of vectors.
    public var count: Int { values.count / dimension }

    /// Wraps rows that lie one after another.
    ///
    /// - Precondition: `dimension >= 1` and `values.count` is a multiple of it.
    public init(dimension: Int, values: [Float]) {
        precondition(dimension >= 1 && values.count.isMultiple(of: dimension), "values do not make whole vectors")
        self.dimension = dimension
        self.values = values
    }

    /// Puts vectors one after another; an empty list makes an empty set of dimension 1.
    ///
    /// - Precondition: all vectors have the same count, at least 1.
    public init(_ vectors: [[Float]]) {
        let dimension = vectors.first?.count ?? 1
        precondition(
            dimension >= 1 && vectors.allSatisfy { $0.count == dimension }, "vectors of a set have one dimension")
        self.init(dimension: dimension, values: Array(vectors.joined()))
    }

    /// The vector at an index.
    public subscript(index: Int) -> [Float] {
        Array(values[index * dimension..<(index + 1) * dimension])
    }
}

extension VectorSet {
    /// The squared length of each vector, summed in `Double`.
    func squaredNorms() -> [Double] {
        values.withUnsafeBufferPointer { values in
            (0..<count).map { row in
                var sum = 0.0
                for index in row * dimension..<(row + 1) * dimension {
                    sum += Double(values[index]) * Double(values[index])
                }
                return sum
            }
        }
    }

    /// The rows brought to length 1; those of length 0 stay.
    func unitRows(squaredNorms: [Double]) -> [Double] {
        var rows = values.map { Double($0) }
        for (row, squaredNorm) in squaredNorms.enumerated() where squaredNorm > 0 {
            let length = squaredNorm.squareRoot()
            for index in row * dimension..<(row + 1) * dimension { rows[index] /= length }
        }
        return rows
    }
}
