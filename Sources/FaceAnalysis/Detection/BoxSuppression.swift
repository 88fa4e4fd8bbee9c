/// A box that a detector proposes: edges in pixels of the photo.
struct CandidateBox: Sendable {
    var left: Float
    var top: Float
    var right: Float
    var bottom: Float
    var score: Float

    var isFinite: Bool {
        left.isFinite && top.isFinite && right.isFinite && bottom.isFinite && score.isFinite
    }
}

/// Greedy non-maximum suppression: of boxes that overlap, only the best one stays.
struct BoxSuppression: Sendable {
    /// Boxes whose intersection over union with a better one is above this go.
    var maximumOverlap: Float

    /// The indices of the boxes that stay, best score first; of equal scores the earlier first.
    ///
    /// As InsightFace computes it: in 32-bit floats, with sides that are one pixel longer than the edges are apart.
    func keep(_ boxes: [CandidateBox]) -> [Int] {
        let order = boxes.indices.sorted { boxes[$0].score > boxes[$1].score }
        let sorted = order.map { boxes[$0] }
        let areas = sorted.map { ($0.right - $0.left + 1) * ($0.bottom - $0.top + 1) }
        var isSuppressed = [Bool](repeating: false, count: sorted.count)
        var kept: [Int] = []
        for best in sorted.indices where !isSuppressed[best] {
            kept.append(order[best])
            let box = sorted[best]
            for other in (best + 1)..<sorted.endIndex where !isSuppressed[other] {
                let rival = sorted[other]
                let width = max(0, min(box.right, rival.right) - max(box.left, rival.left) + 1)
                let height = max(0, min(box.bottom, rival.bottom) - max(box.top, rival.top) + 1)
                let intersection = width * height
                let overlap = intersection / (areas[best] + areas[other] - intersection)
                // Written so that 0 / 0, of two boxes without area, suppresses.
                isSuppressed[other] = !(overlap <= maximumOverlap)
            }
        }
        return kept
    }
}
