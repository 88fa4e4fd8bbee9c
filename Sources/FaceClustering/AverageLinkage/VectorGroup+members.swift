extension VectorGroup {
    /// The group of some vectors of a set.
    ///
    /// - Parameters:
    ///   - members: by index; a vector that is named twice counts twice.
    ///   - dissimilarity: what the group will be compared by: for `cosine` vectors are first brought to length 1.
    /// - Precondition: there is at least one member.
    public init(_ members: some Collection<Int>, of vectors: VectorSet, for dissimilarity: Dissimilarity) {
        precondition(!members.isEmpty, "a group has at least one vector")
        let dimension = vectors.dimension
        var sum = [Double](repeating: 0, count: dimension)
        var squares = 0.0
        vectors.values.withUnsafeBufferPointer { values in
            for member in members {
                let start = member * dimension
                var square = 0.0
                for index in start..<start + dimension { square += Double(values[index]) * Double(values[index]) }
                let factor = dissimilarity == .cosine && square > 0 ? 1 / square.squareRoot() : 1
                for index in 0..<dimension { sum[index] += factor * Double(values[start + index]) }
                squares += factor * factor * square
            }
        }
        let count = Double(members.count)
        self.init(count: members.count, mean: sum.map { Float($0 / count) }, meanSquaredNorm: squares / count)
    }
}
