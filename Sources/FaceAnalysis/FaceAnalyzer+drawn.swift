public import FaceCore
import Imaging

extension FaceAnalyzer {
    /// The face that somebody drew a box around, also where the detector by itself sees none.
    ///
    /// The detector looks once more at the box and its surroundings, and lower than usual; what it finds there gives
    /// landmarks and detection score. Where it finds nothing, the landmarks are those that a face filling the box would
    /// have, and the score is 0.
    ///
    /// - Parameter box: in pixels of the photo; it stays the face's box.
    /// - Throws: as `analyze(_:options:)`; `FaceAnalysisError.degenerateBox` when less than a pixel of it lies on the photo.
    public func analyze(box: BoundingBox, in photo: Photo) throws -> AnalyzedFace {
        let inside = box.clipped(width: photo.width, height: photo.height)
        guard inside.width >= 1, inside.height >= 1 else { throw FaceAnalysisError.degenerateBox }
        var face = try seen(around: box, in: photo) ?? detector.face(filling: box, in: photo)
        face.box = box
        guard let analyzed = try analyze(CollectionOfOne(face), in: photo).first else {
            throw FaceAnalysisError.degenerateBox
        }
        return analyzed
    }

    /// How much of the two boxes has to overlap for what the detector sees to be what was drawn: people draw loosely.
    private static let sameFace = 0.3
    private static let lowestScore = 0.05

    private func seen(around box: BoundingBox, in photo: Photo) throws -> DetectedFace? {
        let margin = max(box.width, box.height)
        let around = BoundingBox(
            x: box.x - margin, y: box.y - margin, width: box.width + 2 * margin, height: box.height + 2 * margin
        ).clipped(width: photo.width, height: photo.height)
        let (left, top) = (Int(around.x), Int(around.y))
        let (width, height) = (Int(around.width.rounded(.up)), Int(around.height.rounded(.up)))
        let part = photo.cropped(
            x: left, y: top, width: min(width, photo.width - left), height: min(height, photo.height - top))
        let found = try detector.detect(
            in: part, options: DetectionOptions(minimumScore: Self.lowestScore, minimumSize: 0))
        let best = found.map { $0.moved(x: Double(left), y: Double(top)) }
            .max { $0.box.intersectionOverUnion(box) < $1.box.intersectionOverUnion(box) }
        return best.flatMap { $0.box.intersectionOverUnion(box) >= Self.sameFace ? $0 : nil }
    }
}

extension DetectedFace {
    fileprivate func moved(x: Double, y: Double) -> DetectedFace {
        var face = self
        face.box.x += x
        face.box.y += y
        face.landmarks.points = landmarks.points.map { Point($0.x + x, $0.y + y) }
        return face
    }
}
