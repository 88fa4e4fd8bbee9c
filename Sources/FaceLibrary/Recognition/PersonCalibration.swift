import FaceClustering
public import FaceCore
public import Foundation

/// What a distance between a face and a person means, as it was measured on a labelled set: up to which distance how many
/// of the faces of others would be taken for her.
public struct PersonCalibration: Codable, Sendable, Hashable {
    public struct Point: Codable, Sendable, Hashable {
        /// The share of comparisons with somebody else that are within the distance.
        public var falseAcceptRate: Double
        /// The mean over the person's faces, as in `FaceComparison.distance`.
        public var distance: Double

        public init(falseAcceptRate: Double, distance: Double) {
            self.falseAcceptRate = falseAcceptRate
            self.distance = distance
        }
    }

    /// Whose embeddings were compared.
    public var model: ModelID
    public var metric: Metric
    /// Comparisons of a face with somebody else: a rate below one of them cannot be told.
    public var comparisons: Int
    /// By rising rates.
    public var points: [Point]

    public init(model: ModelID, metric: Metric, comparisons: Int, points: [Point]) {
        self.model = model
        self.metric = metric
        self.comparisons = comparisons
        self.points = points
    }

    /// - Parameter distances: of faces from people who they are not.
    init?(model: ModelID, metric: Metric, impostors distances: [Double]) {
        guard !distances.isEmpty else { return nil }
        let sorted = distances.sorted()
        let count = Double(sorted.count)
        var points: [Point] = []
        for step in 0..<Self.steps {
            // From one comparison to all of them, each step the same factor.
            let wanted = pow(count, Double(step) / Double(Self.steps - 1) - 1)
            let allowed = Int((wanted * count * (1 + 1e-12)).rounded(.down))
            // Right below the first one that is too many.
            let distance = allowed < sorted.count ? sorted[allowed].nextDown : sorted[sorted.count - 1]
            let rate = Double(sorted.prefix { $0 <= distance }.count) / count
            if points.last?.distance != distance { points.append(Point(falseAcceptRate: rate, distance: distance)) }
        }
        self.init(model: model, metric: metric, comparisons: sorted.count, points: points)
    }

    private static let steps = 256

    /// The largest measured distance at which no more than the wanted share of others is taken for somebody; nil when the
    /// set was too small to tell.
    public func distance(falseAcceptRate wanted: Double) -> Double? {
        guard wanted * Double(comparisons) >= 1 else { return nil }
        return points.last { $0.falseAcceptRate <= wanted }?.distance
    }

    /// The name of its file in a model pack's folder.
    private static let fileName = "calibration.json"

    /// What was measured for a pack; nil when nothing was, or with other weights.
    public init?(packFolder: URL, model: ModelID) {
        guard let data = try? Data(contentsOf: packFolder.appendingPathComponent(Self.fileName)),
            let calibration = try? JSONDecoder().decode(PersonCalibration.self, from: data), calibration.model == model
        else { return nil }
        self = calibration
    }

    /// Keeps it with a pack.
    ///
    /// - Throws: `LibraryError.unwritable`.
    public func write(packFolder: URL) throws(LibraryError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        let url = packFolder.appendingPathComponent(Self.fileName)
        do {
            try encoder.encode(self).write(to: url, options: .atomic)
        } catch {
            throw .unwritable(path: url.path, reason: "the calibration cannot be kept there")
        }
    }
}

extension Evaluation {
    /// How far the set's faces are from people who they are not; nil when there are no two people.
    ///
    /// - Parameter model: whose embeddings the set's are.
    public func calibration(metric: Metric, model: ModelID) -> PersonCalibration? {
        let faces = set.faces
        let vectors = VectorSet(detection.named.map { faces[$0.index].embedding.vector })
        let rows = Dictionary(grouping: detection.named.indices) { detection.named[$0].identity }
        let people = rows.sorted { $0.key < $1.key }.map { identity, rows in
            (identity, VectorGroup(rows, of: vectors, for: metric.dissimilarity))
        }
        var distances: [Double] = []
        for row in detection.named.indices {
            let face = VectorGroup([row], of: vectors, for: metric.dissimilarity)
            for (identity, group) in people where identity != detection.named[row].identity {
                if let value = metric.dissimilarity.between(face, group) {
                    distances.append(metric.distance(of: value))
                }
            }
        }
        return PersonCalibration(model: model, metric: metric, impostors: distances)
    }
}
