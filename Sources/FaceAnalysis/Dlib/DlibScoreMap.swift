package import FaceCore

/// What the detector's network says of a canvas: one score per window of 80 pixels, 8 pixels apart in both directions.
package struct DlibScoreMap: Sendable {
    /// Width and height of the window, in pixels of the canvas.
    package static let windowSize = 80
    /// The shorter side of the smallest canvas that the network takes.
    package static let smallestCanvas = 29
    private static let stride = 8
    /// The centre of the first window, in both directions.
    private static let firstCentre = 14

    package let rows: Int
    package let columns: Int
    /// Row by row.
    package let scores: [Float]

    /// - Precondition: there are `rows * columns` scores.
    package init(rows: Int, columns: Int, scores: [Float]) {
        precondition(scores.count == rows * columns, "scores do not fit the map")
        self.rows = rows
        self.columns = columns
        self.scores = scores
    }

    /// A window that holds a face, with its place on the photo.
    package struct Candidate: Sendable, Equatable {
        package var box: BoundingBox
        package var score: Double

        package init(box: BoundingBox, score: Double) {
            self.box = box
            self.score = score
        }
    }

    /// The windows that score at least `minimumScore`.
    package func candidates(on canvas: DlibCanvas, minimumScore: Double) -> [Candidate] {
        var candidates: [Candidate] = []
        for row in 0..<rows {
            for column in 0..<columns {
                let score = Double(scores[row * columns + column])
                guard score >= minimumScore else { continue }
                let box = canvas.box(
                    ofWindowAt: Self.stride * column + Self.firstCentre, Self.stride * row + Self.firstCentre)
                candidates.append(Candidate(box: box, score: score))
            }
        }
        return candidates
    }
}

extension [DlibScoreMap.Candidate] {
    /// The best candidate of each face, best first: one that overlaps a better one is dropped.
    ///
    /// dlib measures the overlap as the intersection over the smallest rectangle that holds both boxes.
    package func withoutOverlaps() -> [DlibScoreMap.Candidate] {
        var kept: [DlibScoreMap.Candidate] = []
        for candidate in sorted(by: { $0.score > $1.score })
        where !kept.contains(where: { $0.box.dlibOverlap(candidate.box) > 0.3382761351109955 }) {
            kept.append(candidate)
        }
        return kept
    }
}

extension BoundingBox {
    /// Intersection over the smallest rectangle that holds both boxes, 0 (apart) to 1 (the same).
    fileprivate func dlibOverlap(_ other: BoundingBox) -> Double {
        let overlapWidth = min(x + width, other.x + other.width) - max(x, other.x)
        let overlapHeight = min(y + height, other.y + other.height) - max(y, other.y)
        guard overlapWidth > 0, overlapHeight > 0 else { return 0 }
        let hullWidth = max(x + width, other.x + other.width) - min(x, other.x)
        let hullHeight = max(y + height, other.y + other.height) - min(y, other.y)
        return overlapWidth * overlapHeight / (hullWidth * hullHeight)
    }
}
