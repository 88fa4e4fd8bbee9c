public import FaceCore
public import FaceStore

/// How similar a face is to the other faces of its person: one minus the mean distance under the metric, so that for
/// cosine it is the mean cosine similarity.
public struct PersonLikeness: Sendable {
    private let metric: Metric
    private var faces: [PersonID: [StoredFace]] = [:]

    /// Compared with at most so many others: more do not change the mean that a label shows.
    private static let sampleSize = 100

    public init(_ faces: [StoredFace], metric: Metric) {
        self.metric = metric
        for face in faces {
            guard let person = face.person else { continue }
            self.faces[person, default: []].append(face)
        }
    }

    /// - Returns: nil for a face without a person or without company.
    public func similarity(of face: StoredFace) -> Double? {
        guard let person = face.person else { return nil }
        var sum = 0.0
        var count = 0
        for other in faces[person] ?? [] where other.id != face.id && count < Self.sampleSize {
            guard let distance = try? face.embedding.distance(to: other.embedding, metric: metric) else { continue }
            sum += distance
            count += 1
        }
        return count > 0 ? 1 - sum / Double(count) : nil
    }
}
