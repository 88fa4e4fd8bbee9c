public import FaceCore
import Imaging
public import Inference

/// Finds faces with dlib's convolutional detector and five landmarks in each with its shape predictor.
///
/// Boxes and landmarks are whole pixels of the photo; a box at the border may reach outside of it. The landmarks are
/// found on the photo itself, whatever size the faces were looked for in.
public struct DlibFaceDetector: FaceDetector {
    private let session: InferenceSession
    private let shapePredictor: DlibShapePredictor
    private let scale: DlibDetectionScale

    /// - Parameters:
    ///   - session: of the model that `DlibPackConverter.detectorModel(from:)` made.
    ///   - scale: the size in which faces are looked for.
    public init(
        session: InferenceSession, shapePredictor: DlibShapePredictor, scale: DlibDetectionScale = .standard
    ) {
        self.session = session
        self.shapePredictor = shapePredictor
        self.scale = scale
    }

    /// - Throws: `InferenceError` when the model cannot be run, `FaceAnalysisError` when it is another one.
    public func detect(in photo: Photo, options: DetectionOptions) throws -> [DetectedFace] {
        let candidates = try search(photo, options: options).withoutOverlaps()
        // Landmarks take a millisecond each, so the small faces go before they are looked for.
        let faces = candidates.filter { min($0.box.width, $0.box.height) >= options.minimumSize }.map { candidate in
            DetectedFace(
                box: candidate.box, landmarks: shapePredictor.landmarks(in: photo, box: candidate.box),
                detectionScore: candidate.score)
        }
        return options.select(faces)
    }

    public func face(filling box: BoundingBox, in photo: Photo) -> DetectedFace {
        DetectedFace(box: box, landmarks: shapePredictor.landmarks(in: photo, box: box), detectionScore: 0)
    }

    /// All windows that hold a face, several for each face.
    private func search(_ photo: Photo, options: DetectionOptions) throws -> [DlibScoreMap.Candidate] {
        guard case .smallestFace(let longerSide, let maximumEnlargement) = scale else {
            return try candidates(on: DlibCanvas(pyramidOf: photo), minimumScore: options.minimumScore)
        }
        let search = DlibSearchSizes(
            width: photo.width, height: photo.height, minimumSize: options.minimumSize, longerSide: longerSide,
            maximumEnlargement: maximumEnlargement)
        let start = search.firstSize(of: photo)
        var candidates: [DlibScoreMap.Candidate] = []
        var larger: DlibCanvas?
        for size in DlibSearchSizes.sizes(width: start.width, height: start.height) {
            let canvas =
                if let larger {
                    DlibCanvas(
                        shrinking: larger, of: photo, width: size.width, height: size.height, border: size.border)
                } else {
                    DlibCanvas(
                        start.photo, standingFor: photo, width: size.width, height: size.height, border: size.border)
                }
            candidates += try self.candidates(on: canvas, minimumScore: options.minimumScore)
            larger = canvas
        }
        return candidates
    }

    private func candidates(
        on canvas: DlibCanvas, minimumScore: Double
    ) throws -> [DlibScoreMap.Candidate] {
        let planes = canvas.planes
        // dlib's layout of a photo of a few pixels is smaller than the network's first kernels together.
        guard min(planes.width, planes.height) >= DlibScoreMap.smallestCanvas else { return [] }
        let input = Tensor(shape: [1, 3, planes.height, planes.width], values: planes.values)
        let outputs = try session.run(["image": input], outputs: ["score"])
        guard let output = outputs.first, output.shape.count == 4, output.shape[..<2] == [1, 1] else {
            throw FaceAnalysisError.unexpectedModel(model: "detector", reason: "it does not give one map of scores")
        }
        let map = DlibScoreMap(rows: output.shape[2], columns: output.shape[3], scores: output.values)
        return map.candidates(on: canvas, minimumScore: minimumScore)
    }
}

extension DlibSearchSizes {
    /// The photo itself or, when it is too large, reduced, and the size in which it is searched first.
    fileprivate func firstSize(of photo: Photo) -> (photo: Photo, width: Int, height: Int) {
        let longer = Double(max(photo.width, photo.height))
        if enlargement < 1 {
            let reduced = photo.reduced(toFitLongerSide: max(Int((longer * enlargement).rounded()), 1))
            return (reduced, reduced.width, reduced.height)
        }
        return (
            photo, Int((Double(photo.width) * enlargement).rounded()),
            Int((Double(photo.height) * enlargement).rounded())
        )
    }
}
