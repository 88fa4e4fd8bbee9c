import FaceCore

/// Where ArcFace's training put the five landmarks of every face on its square of 112 pixels.
enum ArcFaceTemplate {
    static let side = 112

    /// Eye at the left, eye at the right, nose tip, mouth corner at the left, at the right.
    static let points = [
        Point(38.2946, 51.6963), Point(73.5318, 51.5014), Point(56.0252, 71.7366), Point(41.5493, 92.3655),
        Point(70.7299, 92.2041),
    ]

    /// Where the landmarks lie on average in a face's box.
    ///
    /// The square is a portrait of 96 × 112 pixels, near the shape of detectors' boxes, with 8 columns added on either
    /// side; the points keep their place in that portrait.
    static func typicalLandmarks(in box: BoundingBox) -> [Point] {
        points.map { point in
            Point(box.x + box.width * (point.x - 8) / 96, box.y + box.height * point.y / 112)
        }
    }
}
