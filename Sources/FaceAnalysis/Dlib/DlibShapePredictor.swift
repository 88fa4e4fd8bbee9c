public import FaceCore

/// Finds five landmarks in a face's box: an ensemble of regression trees (Kazemi and Sullivan, 2014) as dlib stores it.
///
/// It starts with a mean shape and corrects it in cascades. Each cascade reads the brightness at a few hundred places
/// that move with the shape, and each of its trees adds the correction that those brightnesses select. All numbers lie
/// in flat arrays, so that the file of nine megabytes is read in a few dozen milliseconds.
public struct DlibShapePredictor: Sendable {
    static let points = 5

    /// x and y of each point, in units of the box (0 left and top, 1 right and bottom).
    let initialShape: [Float]
    let cascades: Int
    let trees: Int
    let depth: Int
    let features: Int
    /// Per split, in the order cascade, tree, node: the two features whose difference is compared with the threshold.
    let splitFeatures: [(first: Int32, second: Int32)]
    let splitThresholds: [Float]
    /// Per leaf, in the order cascade, tree, leaf: what it adds to the shape.
    let leaves: [Float]
    /// Per feature, in the order cascade, feature: the point it is tied to, and its offset from that point.
    let anchors: [UInt8]
    let offsets: [SIMD2<Float>]

    /// Landmarks on a photo in the layout `eyeCornersNose`, rounded to whole pixels as dlib rounds them.
    ///
    /// - Parameter box: the detector's box, not clipped: the part outside of the photo counts as black.
    public func landmarks(in photo: Photo, box: BoundingBox) -> Landmarks {
        Landmarks(
            layout: .eyeCornersNose,
            points: exactLandmarks(in: photo, box: box).map {
                Point(($0.x + 0.5).rounded(.down), ($0.y + 0.5).rounded(.down))
            })
    }

    /// The same landmarks before they are rounded, in the order of `eyeCornersNose`.
    public func exactLandmarks(in photo: Photo, box: BoundingBox) -> [Point] {
        // dlib's boxes name the first and the last pixel; one pixel less than the width lies between them.
        let spanX = box.width - 1
        let spanY = box.height - 1
        var shape = initialShape
        var brightness = [Float](repeating: 0, count: features)
        for cascade in 0..<cascades {
            let (a, b) = rotationAndScale(to: shape)
            readBrightness(
                into: &brightness, cascade: cascade, shape: shape, rotation: (a, b), photo: photo,
                origin: (box.x, box.y), span: (spanX, spanY))
            addLeaves(of: cascade, to: &shape, brightness: brightness)
        }
        return (0..<Self.points).map {
            Point(box.x + Double(shape[2 * $0]) * spanX, box.y + Double(shape[2 * $0 + 1]) * spanY)
        }
    }

    /// Cosine and sine times scale of the similarity that brings the mean shape nearest to `shape`.
    private func rotationAndScale(to shape: [Float]) -> (Float, Float) {
        func asPoints(_ values: [Float]) -> [Point] {
            (0..<Self.points).map { Point(Double(values[2 * $0]), Double(values[2 * $0 + 1])) }
        }
        guard let similarity = SimilarityTransform(from: asPoints(initialShape), to: asPoints(shape)) else {
            return (1, 0)
        }
        return (Float(similarity.a), Float(similarity.b))
    }

    private func readBrightness(
        into brightness: inout [Float], cascade: Int, shape: [Float], rotation: (a: Float, b: Float), photo: Photo,
        origin: (x: Double, y: Double), span: (x: Double, y: Double)
    ) {
        let width = Double(photo.width)
        let height = Double(photo.height)
        for feature in 0..<features {
            let index = cascade * features + feature
            let offset = offsets[index]
            let anchor = Int(anchors[index])
            let unitX = (rotation.a * offset.x - rotation.b * offset.y) + shape[2 * anchor]
            let unitY = (rotation.b * offset.x + rotation.a * offset.y) + shape[2 * anchor + 1]
            let x = (origin.x + Double(unitX) * span.x + 0.5).rounded(.down)
            let y = (origin.y + Double(unitY) * span.y + 0.5).rounded(.down)
            guard x >= 0, y >= 0, x < width, y < height else {
                brightness[feature] = 0
                continue
            }
            let pixel = 3 * (Int(y) * photo.width + Int(x))
            let sum = Int(photo.pixels[pixel]) + Int(photo.pixels[pixel + 1]) + Int(photo.pixels[pixel + 2])
            brightness[feature] = Float(sum / 3)
        }
    }

    private func addLeaves(of cascade: Int, to shape: inout [Float], brightness: [Float]) {
        let leavesPerTree = 1 << depth
        let splitsPerTree = leavesPerTree - 1
        let coordinates = 2 * Self.points
        for tree in cascade * trees..<(cascade + 1) * trees {
            var node = 0
            for _ in 0..<depth {
                let split = tree * splitsPerTree + node
                let (first, second) = splitFeatures[split]
                let goesLeft = brightness[Int(first)] - brightness[Int(second)] > splitThresholds[split]
                node = 2 * node + (goesLeft ? 1 : 2)
            }
            let leaf = coordinates * (tree * leavesPerTree + node - splitsPerTree)
            for coordinate in 0..<coordinates {
                shape[coordinate] += leaves[leaf + coordinate]
            }
        }
    }
}
