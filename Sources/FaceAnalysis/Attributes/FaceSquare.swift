import FaceCore
import Imaging

/// The upright square around a face that the attribute models look at: the box' longer side and half as much again,
/// around the box' centre.
struct FaceSquare: Sendable {
    /// From the photo to the square.
    private let transform: SimilarityTransform
    private let side: Int

    /// - Parameter side: of the square, in pixels of the model's input.
    /// - Throws: `degenerateBox` for a box that has no extent.
    init(around box: BoundingBox, side: Int) throws(FaceAnalysisError) {
        let scale = Double(side) / (1.5 * max(box.width, box.height))
        let center = box.center
        let half = Double(side) / 2
        transform = SimilarityTransform(a: scale, b: 0, tx: half - center.x * scale, ty: half - center.y * scale)
        guard scale > 0, transform.isInvertible else { throw .degenerateBox }
        self.side = side
    }

    func crop(of photo: Photo) -> Photo {
        photo.warped(by: transform, width: side, height: side)
    }

    /// Takes a point of the square to the photo.
    func photoPoint(_ point: Point) -> Point {
        Point((point.x - transform.tx) / transform.a, (point.y - transform.ty) / transform.a)
    }
}
