/// Numbers in a box of some dimensions, in row-major order: the last index runs fastest.
public struct Tensor: Sendable, Hashable {
    /// The size of each dimension, outermost first; empty for a single number.
    public let shape: [Int]
    public let values: [Float]

    /// - Precondition: no size is negative, and the sizes multiply up to the count of the values.
    public init(shape: [Int], values: [Float]) {
        precondition(shape.allSatisfy { $0 >= 0 }, "a tensor has no negative sizes")
        precondition(shape.reduce(1, *) == values.count, "a tensor's values do not fill its shape")
        self.shape = shape
        self.values = values
    }
}
