import Foundation

/// How far models in bytes are from their originals, on photos that they were not made with.
public struct QuantizationReport: Sendable, Hashable, Codable {
    /// What became of a model.
    public struct Embedder: Sendable, Hashable, Codable {
        /// Faces that were compared.
        public var faces: Int
        /// Of the same face's two embeddings, in the pack's metric: on average, and of the worst face.
        public var meanDistance: Double
        public var largestDistance: Double
        /// Of the same two, whatever the metric.
        public var meanCosine: Double
        /// What the mean must not exceed; the largest may be three times that.
        public var limit: Double

        public var isAccepted: Bool { meanDistance <= limit && largestDistance <= 3 * limit }
    }

    public struct Detector: Sendable, Hashable, Codable {
        /// Faces that the original finds.
        public var faces: Int
        /// Of the faces that either finds with some margin, the share that the other one finds too.
        public var agreement: Double
        /// How much the boxes of a face overlap (intersection over union), on average. dlib's detector knows boxes in steps of
        /// a tenth of their size only, so that the next one overlaps by 0.8.
        public var meanOverlap: Double

        public var isAccepted: Bool { agreement >= 0.98 && meanOverlap >= 0.85 }
    }

    /// Nil where it has nothing to quantize.
    public var detector: Detector?
    public var embedder: Embedder?

    /// For people.
    public var sentences: [String] {
        var sentences: [String] = []
        if let detector {
            sentences.append(
                "Detector: \(Self.percent(detector.agreement)) of \(detector.faces) faces agree, their boxes overlap by "
                    + "\(Self.percent(detector.meanOverlap)); \(Self.verdict(detector.isAccepted)).")
        }
        if let embedder {
            sentences.append(
                "Embedder: cosine \(Self.number(embedder.meanCosine)) on average over \(embedder.faces) faces, distance "
                    + "\(Self.number(embedder.meanDistance)), at worst \(Self.number(embedder.largestDistance)) "
                    + "(at most \(Self.number(embedder.limit)) and \(Self.number(3 * embedder.limit))); "
                    + "\(Self.verdict(embedder.isAccepted)).")
        }
        return sentences
    }

    private static func verdict(_ isAccepted: Bool) -> String { isAccepted ? "accepted" : "refused" }

    private static func percent(_ share: Double) -> String { String(format: "%.1f %%", 100 * share) }

    private static func number(_ number: Double) -> String { String(format: "%.4f", number) }
}
