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
        // Still in the running, best first; each round takes the best out and leaves those that it spares.
        var rivals = Array(sorted.indices)
        var kept: [Int] = []
        while let best = rivals.first {
            kept.append(order[best])
            let box = sorted[best]
            let area = areas[best]
            rivals.removeAll { index in
                guard index != best else { return true }
                let rival = sorted[index]
                let width = min(box.right, rival.right) - max(box.left, rival.left) + 1
                let height = min(box.bottom, rival.bottom) - max(box.top, rival.top) + 1
                guard width > 0, height > 0 else { return false }
                let intersection = width * height
                return intersection / (area + areas[index] - intersection) > maximumOverlap
            }
        }
        return kept
    }
}
