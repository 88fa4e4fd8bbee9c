public import FaceCore
import Imaging

/// Aligns faces for ArcFace: rotation, scale and shift bring the five landmarks onto the template by least squares; the
/// crop is sampled bilinearly, and black outside of the photo.
public struct ArcFaceAligner: FaceAligner {
    /// The crop's width and height in pixels.
    public let side: Int

    /// - Parameter side: of the embedder's input; the template grows with it.
    public init(side: Int = 112) {
        precondition(side > 0, "a crop has a side")
        self.side = side
    }

    /// - Throws: `FaceAnalysisError.unsupportedLandmarks` for another layout than `eyesNoseMouth`,
    ///   `degenerateLandmarks` for points that define no face.
    public func align(_ face: DetectedFace, in photo: Photo) throws -> AlignedFace {
        guard face.landmarks.layout == .eyesNoseMouth else {
            throw FaceAnalysisError.unsupportedLandmarks(face.landmarks.layout)
        }
        let ratio = Double(side) / Double(ArcFaceTemplate.side)
        let target = ArcFaceTemplate.points.map { Point($0.x * ratio, $0.y * ratio) }
        guard let transform = SimilarityTransform(from: face.landmarks.points, to: target), transform.isInvertible
        else { throw FaceAnalysisError.degenerateLandmarks }
        return AlignedFace(face: face, crop: photo.warped(by: transform, width: side, height: side))
    }
}

extension SimilarityTransform {
    /// Whether points can be taken back: all numbers are finite and the scale is not 0.
    var isInvertible: Bool {
        let determinant = a * a + b * b
        return determinant.isFinite && determinant > 0 && tx.isFinite && ty.isFinite
    }
}
