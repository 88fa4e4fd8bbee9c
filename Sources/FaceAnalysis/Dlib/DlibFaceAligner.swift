public import FaceCore

/// Cuts faces out as dlib's embedder expects them: upright, 150 × 150 pixels.
public struct DlibFaceAligner: FaceAligner {
    public init() {}

    /// - Parameter photo: the photo on which `face` was found, in the same size.
    /// - Precondition: the landmarks are dlib's (`LandmarkLayout.eyeCornersNose`).
    public func align(_ face: DetectedFace, in photo: Photo) -> AlignedFace {
        precondition(face.landmarks.layout == .eyeCornersNose, "dlib's chips need dlib's landmarks")
        return AlignedFace(face: face, crop: DlibFaceChip(landmarks: face.landmarks.points).cut(from: photo))
    }
}
