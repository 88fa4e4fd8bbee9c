import FaceCore

/// Which found face is which labelled one.
struct FaceMatching {
    /// Least intersection over union of two boxes of one face; labelled boxes are drawn by hand and loose.
    static let leastOverlap = 0.3

    /// For each label its found face, by index; nil when it was missed.
    let faceOfLabel: [Int?]
    /// How many found faces are of no label.
    let extraCount: Int

    /// Takes the pairs that overlap most first. A found face is of a label when their boxes overlap by at least
    /// `leastOverlap`, or its centre lies in the label's box.
    init(labels: [BoundingBox], found: [BoundingBox]) {
        var candidates: [(overlap: Double, label: Int, face: Int)] = []
        for (label, labelled) in labels.enumerated() {
            for (face, box) in found.enumerated() {
                let overlap = labelled.intersectionOverUnion(box)
                if overlap >= Self.leastOverlap || labelled.contains(box.center) {
                    candidates.append((overlap, label, face))
                }
            }
        }
        candidates.sort { ($1.overlap, $0.label, $0.face) < ($0.overlap, $1.label, $1.face) }
        var faceOfLabel = [Int?](repeating: nil, count: labels.count)
        var taken: Set<Int> = []
        for candidate in candidates where faceOfLabel[candidate.label] == nil {
            if taken.insert(candidate.face).inserted { faceOfLabel[candidate.label] = candidate.face }
        }
        self.faceOfLabel = faceOfLabel
        extraCount = found.count - taken.count
    }
}

extension BoundingBox {
    fileprivate func contains(_ point: Point) -> Bool {
        (x...x + width).contains(point.x) && (y...y + height).contains(point.y)
    }
}
