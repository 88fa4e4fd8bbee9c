/// Faces of people who do not exist: unit vectors around random directions.
struct MadeUpFaces: RandomNumberGenerator {
    let dimension: Int
    /// SplitMix64 (Steele, Lea and Flood 2014).
    private var state: UInt64

    init(dimension: Int, seed: UInt64 = 1) {
        self.dimension = dimension
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// A direction all over the sphere, nearly: each number is the sum of four uniform ones.
    mutating func direction() -> [Float] {
        var vector = Array(repeating: Float(0), count: dimension)
        var square: Float = 0
        for component in vector.indices {
            let bits = next()
            let sum = (bits & 0xFFFF) + (bits >> 16 & 0xFFFF) + (bits >> 32 & 0xFFFF) + (bits >> 48)
            vector[component] = Float(sum) - 131_070
            square += vector[component] * vector[component]
        }
        let length = square.squareRoot()
        return vector.map { $0 / length }
    }

    mutating func face(near centre: [Float]) -> [Float] {
        let cosine = 0.64 + 0.3 * Float(next() >> 40) / Float(1 << 24)
        let away = direction()
        let (own, other) = (cosine, (1 - cosine * cosine).squareRoot())
        let sum = zip(centre, away).map { own * $0 + other * $1 }
        let length = sum.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return sum.map { $0 / length }
    }
}
