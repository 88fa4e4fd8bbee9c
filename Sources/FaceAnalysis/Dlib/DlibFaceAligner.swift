public import FaceCore

/// Cuts faces out as dlib's embedder expects them: upright, 150 × 150 pixels.
public struct DlibFaceAligner: FaceAligner {
    public init() {}

    /// - Parameter photo: the photo on which `face` was found, in the same size.
    /// - Throws: `FaceAnalysisError` when the landmarks are not dlib's or have no extent.
    public func align(_ face: DetectedFace, in photo: Photo) throws -> AlignedFace {
        let landmarks = face.landmarks
        guard landmarks.layout == .eyeCornersNose else {
            throw FaceAnalysisError.unsupportedLandmarks(landmarks.layout)
        }
        let first = landmarks.points[0]
        guard landmarks.points.allSatisfy({ $0.x.isFinite && $0.y.isFinite }),
            landmarks.points.contains(where: { $0 != first })
        else {
            throw FaceAnalysisError.degenerateLandmarks
        }
        return AlignedFace(face: face, crop: DlibFaceChip(landmarks: landmarks.points).cut(from: photo))
    }
}
