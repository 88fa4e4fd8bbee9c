import FaceClustering

/// A small reproducible generator (SplitMix64, Steele, Lea and Flood 2014).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// Roughly normal, mean 0, deviation 1: the sum of twelve uniform numbers.
    mutating func normal() -> Double {
        (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &self) }
    }

    mutating func direction(_ dimension: Int) -> [Double] {
        unit((0..<dimension).map { _ in normal() })
    }
}

func unit(_ vector: [Double]) -> [Double] {
    let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return vector.map { $0 / length }
}

/// Unit vectors of made-up people: each face at a cosine of about 0.8 to its person's centre.
struct SyntheticFaces {
    var vectors: VectorSet
    var people: [Int]

    init(people count: Int, faces: ClosedRange<Int>, dimension: Int, seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var rows: [[Float]] = []
        var people: [Int] = []
        for person in 0..<count {
            let centre = generator.direction(dimension)
            for _ in 0..<Int.random(in: faces, using: &generator) {
                let cosine = Double.random(in: 0.7...0.9, using: &generator)
                let away = generator.direction(dimension)
                let face = zip(centre, away).map { cosine * $0 + (1 - cosine * cosine).squareRoot() * $1 }
                rows.append(unit(face).map { Float($0) })
                people.append(person)
            }
        }
        let order = Array(rows.indices).shuffled(using: &generator)
        vectors = VectorSet(order.map { rows[$0] })
        self.people = order.map { people[$0] }
    }
}

extension VectorSet {
    func reordered(_ order: [Int]) -> VectorSet { VectorSet(order.map { self[$0] }) }

    func scaled(by factor: Float) -> VectorSet {
        VectorSet(dimension: dimension, values: values.map { $0 * factor })
    }
}

/// The partition after undoing an order.
func restored(_ labels: [Int?], from order: [Int]) -> [Int?] {
    var result: [Int?] = Array(repeating: nil, count: labels.count)
    for (place, index) in order.enumerated() { result[index] = labels[place] }
    return result.numberedByFirstAppearance()
}
