import FaceCore

/// Counts on how many faces two detectors agree.
///
/// A face right at the least score may be found by one and not by the other and says nothing; so each has to find those
/// that the other is a little surer of.
struct DetectorComparison {
    /// How much surer.
    private static let margin = 0.1
    private static let sameFace = 0.5

    private let minimumScore: Double
    private var faces = 0
    private var asked = 0
    private var found = 0
    private var overlaps: [Double] = []

    init(minimumScore: Double) {
        self.minimumScore = minimumScore
    }

    /// The faces of one photo, as the original and as the other one finds them.
    mutating func add(_ original: [DetectedFace], _ other: [DetectedFace]) {
        faces += original.count
        for (ones, others) in [(original, other), (other, original)] {
            for face in ones where face.detectionScore >= minimumScore + Self.margin {
                let overlap = others.map { $0.box.intersectionOverUnion(face.box) }.max() ?? 0
                asked += 1
                guard overlap >= Self.sameFace else { continue }
                found += 1
                overlaps.append(overlap)
            }
        }
    }

    var outcome: QuantizationReport.Detector {
        .init(
            faces: faces, agreement: asked > 0 ? Double(found) / Double(asked) : 0,
            meanOverlap: overlaps.isEmpty ? 0 : overlaps.reduce(0, +) / Double(overlaps.count))
    }
}
