public import FaceCore

/// Finds the faces on a photo.
public protocol FaceDetector: Sendable {
    /// The faces that `options` let through, best score first.
    ///
    /// Blocks while the model runs; may be called from several threads at once.
    func detect(in photo: Photo, options: DetectionOptions) throws -> [DetectedFace]

    /// The face that fills a box which somebody drew where the detector finds none: with the landmarks that such a face
    /// would have, and a detection score of 0. Box in pixels of the photo.
    func face(filling box: BoundingBox, in photo: Photo) -> DetectedFace
}

extension FaceDetector {
    /// With the landmarks that InsightFace's detectors find on average in a face's box.
    public func face(filling box: BoundingBox, in photo: Photo) -> DetectedFace {
        DetectedFace(
            box: box, landmarks: Landmarks(layout: .eyesNoseMouth, points: ArcFaceTemplate.typicalLandmarks(in: box)),
            detectionScore: 0)
    }
}

/// Which of the faces that a detector finds are wanted.
public struct DetectionOptions: Sendable, Hashable {
    /// Faces with a lower detection score are left out. SCRFD scores from 0 to 1, dlib without bounds.
    public var minimumScore: Double
    /// Faces whose box has a shorter side below this are left out; in pixels of the photo.
    public var minimumSize: Double
    /// The most faces to give; the largest boxes are kept. Nil for all.
    public var maximumFaces: Int?

    public init(minimumScore: Double = 0.5, minimumSize: Double = 30, maximumFaces: Int? = nil) {
        self.minimumScore = minimumScore
        self.minimumSize = minimumSize
        self.maximumFaces = maximumFaces
    }
}

extension DetectionOptions {
    /// Applies the limits on size and count to faces that already passed the one on scores.
    ///
    /// - Returns: best score first; of equal scores the earlier first.
    package func select(_ faces: [DetectedFace]) -> [DetectedFace] {
        var selected = faces.filter { min($0.box.width, $0.box.height) >= minimumSize }
        if let maximumFaces, selected.count > maximumFaces {
            selected.sort { $0.box.area > $1.box.area }
            selected.removeLast(selected.count - max(maximumFaces, 0))
        }
        return selected.sorted { $0.detectionScore > $1.detectionScore }
    }
}
