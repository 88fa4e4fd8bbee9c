/// How far a dot product summed in `Float` can be from the true one, in whatever order, with fused multiplications or
/// without.
///
/// Higham, Accuracy and Stability of Numerical Algorithms, 3.1: at most γₙ·|x|·|y| with γₙ = n·u / (1 − n·u) and
/// u = 2⁻²⁴. Four more roundings are allowed for, as the vectors may themselves have been rounded, and what products
/// below the smallest normal number lose is added.
struct DotProductError: Sendable {
    private let relative: Float
    private let absolute: Float

    /// - Parameter componentError: what the components of one of the vectors were rounded by besides, relative to them.
    init(dimension: Int, componentError: Double = 0) {
        let roundings = Double(dimension + 4) * 0x1p-24
        let whole = roundings < 0.5 ? 1.05 * roundings / (1 - roundings) : .infinity
        relative = Float(whole + componentError * (1 + whole)).nextUp
        absolute = Float(dimension + 4) * .leastNormalMagnitude
    }

    /// The bound for vectors of these lengths.
    func bound(_ firstLength: Float, _ secondLength: Float) -> Float {
        relative * firstLength * secondLength + absolute
    }
}
