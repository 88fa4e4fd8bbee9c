/// How two embeddings of one model are compared; a smaller distance means more alike.
public enum Metric: String, Sendable, Codable, CaseIterable {
    /// 1 − cosine similarity: 0 (same direction) to 2. Lengths do not matter.
    case cosine
    /// The length of the difference.
    case euclidean
}

/// Names the model file that made an embedding, for example `buffalo_l/w600k_r50`. Vectors of two models share no space.
public struct ModelID: Sendable, Hashable, Codable, RawRepresentable, CustomStringConvertible {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }
    public init(_ rawValue: String) { self.rawValue = rawValue }
    public var description: String { rawValue }

    public init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

/// A face as a vector: photos of one person give vectors that are near each other.
public struct Embedding: Sendable, Hashable {
    public let model: ModelID
    /// As the model put it out, for models whose metric is Euclidean; of length 1 for those whose metric is cosine.
    public let vector: [Float]

    public init(model: ModelID, vector: [Float]) {
        self.model = model
        self.vector = vector
    }

    /// The distance to another embedding under a metric.
    ///
    /// - Throws: `EmbeddingError` when the two come from different models or differ in dimension.
    public func distance(to other: Embedding, metric: Metric) throws(EmbeddingError) -> Double {
        guard model == other.model else { throw .differentModels(model, other.model) }
        guard vector.count == other.vector.count else { throw .differentDimensions(vector.count, other.vector.count) }
        return metric.distance(vector, other.vector)
    }
}

extension Metric {
    /// The distance of two vectors of the same dimension. Vectors of length 0 are at cosine distance 1 from all others.
    public func distance(_ first: [Float], _ second: [Float]) -> Double {
        first.withUnsafeBufferPointer { first in second.withUnsafeBufferPointer { distance(first, $0) } }
    }

    /// As of arrays, for vectors that lie in a larger one.
    public func distance(_ first: UnsafeBufferPointer<Float>, _ second: UnsafeBufferPointer<Float>) -> Double {
        precondition(first.count == second.count, "vectors of different dimensions have no distance")
        switch self {
        case .euclidean:
            var sum = 0.0
            for index in first.indices {
                let difference = Double(first[index]) - Double(second[index])
                sum += difference * difference
            }
            return sum.squareRoot()
        case .cosine:
            var dot = 0.0
            var firstNorm = 0.0
            var secondNorm = 0.0
            for index in first.indices {
                let left = Double(first[index])
                let right = Double(second[index])
                dot += left * right
                firstNorm += left * left
                secondNorm += right * right
            }
            guard firstNorm > 0, secondNorm > 0 else { return 1 }
            return 1 - dot / (firstNorm * secondNorm).squareRoot()
        }
    }
}

/// Why two embeddings could not be compared.
public enum EmbeddingError: UserFacingError, Equatable {
    case differentModels(ModelID, ModelID)
    case differentDimensions(Int, Int)

    public var message: String {
        switch self {
        case .differentModels(let first, let second):
            "Embeddings of different models cannot be compared (\(first) and \(second))."
        case .differentDimensions(let first, let second):
            "Embeddings of \(first) and \(second) numbers cannot be compared."
        }
    }
}
