import FaceCore
import Inference

/// What SCRFD says about one photo at one size, still on the grids of its three strides.
///
/// Each cell of a grid has two anchors, both centred on (column, row) · stride of the input. An anchor has a score, four
/// distances to the edges of its box (left, top, right, bottom) and, in models with nine outputs, five offsets to the
/// landmarks; distances and offsets are in strides.
struct SCRFDPass: Sendable {
    /// An anchor, by its grid (0, 1, 2 for strides 8, 16, 32) and its place in it.
    struct Anchor: Sendable {
        var level: Int
        var index: Int
    }

    static let strides = [8, 16, 32]
    private static let anchorsPerCell = 2

    /// Scores of the three strides, then boxes, then landmarks if there are any.
    private let outputs: [Tensor]
    private let inputWidth: Int
    /// Pixels of the input for one pixel of the photo.
    private let scale: Float

    /// - Throws: `unexpectedModel` when the outputs' sizes are not those of SCRFD for that input.
    init(outputs: [Tensor], inputSize: InputSize, scale: Double) throws(FaceAnalysisError) {
        for (index, output) in outputs.enumerated() {
            let stride = Self.strides[index % 3]
            let anchors = (inputSize.width / stride) * (inputSize.height / stride) * Self.anchorsPerCell
            let numbers = anchors * [1, 4, 10][index / 3]
            guard output.values.count == numbers else {
                throw .unexpectedModel(
                    model: "detector",
                    reason: "its output \(index + 1) has \(output.values.count) numbers instead of \(numbers)")
            }
        }
        self.outputs = outputs
        inputWidth = inputSize.width
        self.scale = Float(scale)
    }

    /// The anchors whose score reaches a minimum, in the order of the grids, with their boxes.
    func candidates(minimumScore: Float) -> [(anchor: Anchor, box: CandidateBox)] {
        var found: [(Anchor, CandidateBox)] = []
        for level in 0..<3 {
            let scores = outputs[level].values
            for index in scores.indices where scores[index] >= minimumScore {
                let anchor = Anchor(level: level, index: index)
                let box = box(of: anchor, score: scores[index])
                if box.isFinite { found.append((anchor, box)) }
            }
        }
        return found
    }

    private func box(of anchor: Anchor, score: Float) -> CandidateBox {
        let (centerX, centerY, stride) = center(of: anchor)
        let distances = outputs[3 + anchor.level].values
        let first = 4 * anchor.index
        return CandidateBox(
            left: (centerX - distances[first] * stride) / scale,
            top: (centerY - distances[first + 1] * stride) / scale,
            right: (centerX + distances[first + 2] * stride) / scale,
            bottom: (centerY + distances[first + 3] * stride) / scale,
            score: score)
    }

    /// Five landmarks in pixels of the photo; nil when the model gives none, or no numbers.
    func landmarks(of anchor: Anchor) -> [Point]? {
        guard outputs.count == 9 else { return nil }
        let (centerX, centerY, stride) = center(of: anchor)
        let offsets = outputs[6 + anchor.level].values
        let points = (0..<5).map { point in
            let first = 10 * anchor.index + 2 * point
            return Point(
                Double((centerX + offsets[first] * stride) / scale),
                Double((centerY + offsets[first + 1] * stride) / scale))
        }
        return points.allSatisfy { $0.x.isFinite && $0.y.isFinite } ? points : nil
    }

    private func center(of anchor: Anchor) -> (x: Float, y: Float, stride: Float) {
        let stride = Self.strides[anchor.level]
        let columns = inputWidth / stride
        let cell = anchor.index / Self.anchorsPerCell
        return (Float(cell % columns * stride), Float(cell / columns * stride), Float(stride))
    }
}
