/// A rotation, one scale and a shift: x' = a·x − b·y + tx, y' = b·x + a·y + ty. Never a reflection.
public struct SimilarityTransform: Sendable, Hashable {
    /// scale · cos(angle)
    public var a: Double
    /// scale · sin(angle)
    public var b: Double
    public var tx: Double
    public var ty: Double

    public init(a: Double, b: Double, tx: Double, ty: Double) {
        self.a = a
        self.b = b
        self.tx = tx
        self.ty = ty
    }

    /// The transform that brings `source` onto `target` with the least sum of squared distances (Umeyama 1991, in the
    /// closed form that two dimensions allow).
    ///
    /// - Returns: nil when the source points all coincide, since no scale is defined then.
    /// - Precondition: both lists have the same count, at least 2.
    public init?(from source: [Point], to target: [Point]) {
        precondition(source.count == target.count && source.count >= 2, "a similarity needs pairs of points")
        let count = Double(source.count)
        let sourceMean = Point(source.reduce(0) { $0 + $1.x } / count, source.reduce(0) { $0 + $1.y } / count)
        let targetMean = Point(target.reduce(0) { $0 + $1.x } / count, target.reduce(0) { $0 + $1.y } / count)
        var norm = 0.0
        var dot = 0.0
        var cross = 0.0
        for (from, to) in zip(source, target) {
            let fromX = from.x - sourceMean.x
            let fromY = from.y - sourceMean.y
            let toX = to.x - targetMean.x
            let toY = to.y - targetMean.y
            norm += fromX * fromX + fromY * fromY
            dot += fromX * toX + fromY * toY
            cross += fromX * toY - fromY * toX
        }
        guard norm > 0 else { return nil }
        a = dot / norm
        b = cross / norm
        tx = targetMean.x - (a * sourceMean.x - b * sourceMean.y)
        ty = targetMean.y - (b * sourceMean.x + a * sourceMean.y)
    }

    public func callAsFunction(_ point: Point) -> Point {
        Point(a * point.x - b * point.y + tx, b * point.x + a * point.y + ty)
    }

    /// The transform that undoes this one; nil when the scale is 0.
    public var inverse: SimilarityTransform? {
        let determinant = a * a + b * b
        guard determinant > 0 else { return nil }
        let inverseA = a / determinant
        let inverseB = -b / determinant
        return SimilarityTransform(
            a: inverseA, b: inverseB,
            tx: -(inverseA * tx - inverseB * ty), ty: -(inverseB * tx + inverseA * ty))
    }
}
