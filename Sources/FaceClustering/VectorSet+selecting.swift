extension VectorSet {
    /// Some of the vectors, in the order of `members`, which names them by index.
    public func selecting(_ members: [Int]) -> VectorSet {
        var chosen: [Float] = []
        chosen.reserveCapacity(members.count * dimension)
        for member in members { chosen += values[member * dimension..<(member + 1) * dimension] }
        return VectorSet(dimension: dimension, values: chosen)
    }
}
