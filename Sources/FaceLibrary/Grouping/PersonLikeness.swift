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
        let others = (faces[person] ?? []).lazy.filter { $0.id != face.id }.prefix(Self.sampleSize)
        let distances = others.compactMap { try? face.embedding.distance(to: $0.embedding, metric: metric) }
        guard !distances.isEmpty else { return nil }
        return 1 - distances.reduce(0, +) / Double(distances.count)
    }
}
