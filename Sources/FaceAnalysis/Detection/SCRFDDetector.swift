public import FaceCore
import Imaging
public import Inference

/// SCRFD, the detector of InsightFace's packs (Guo et al., "Sample and Computation Redistribution for Efficient Face
/// Detection", 2021), in its variants with strides 8, 16 and 32 and two anchors a cell.
///
/// Nine outputs give scores, boxes and five landmarks a face. Models with six outputs give no landmarks; then they are
/// put where they lie on average in a face's box, which is enough to cut a frontal face out and costs accuracy in
/// recognition when the head is turned or tilted.
public struct SCRFDDetector: FaceDetector {
    /// Of two boxes that overlap by more than this (intersection over union) the one with the lower score goes.
    private static let suppression = BoxSuppression(maximumOverlap: 0.4)

    private let model: SingleInputModel
    private let geometry: DetectorInput

    /// - Parameters:
    ///   - session: outputs by order: three of scores, three of boxes, three of landmarks or none.
    ///   - input: pixels are (v − 127.5) / 128 for the published models. A convention with a width and height is of a
    ///     model that takes no other size; all photos are then shown to it at that size, in one pass.
    ///   - geometry: at what size photos are shown to models that take any.
    /// - Throws: `unexpectedModel` for a model that is no such SCRFD.
    public init(
        session: InferenceSession, input: ModelPackManifest.InputConvention,
        geometry: DetectorInput = .photoAspect()
    ) throws(FaceAnalysisError) {
        model = try SingleInputModel(session, role: "detector", input: input, outputCounts: [6, 9])
        if let width = input.width, let height = input.height {
            self.geometry = .fixed(width: width, height: height)
        } else {
            self.geometry = geometry
        }
    }

    /// - Throws: `InferenceError` when the model fails, `FaceAnalysisError.unexpectedModel` when its outputs do not fit.
    public func detect(in photo: Photo, options: DetectionOptions) throws -> [DetectedFace] {
        let passes = try geometry.sizes(photoWidth: photo.width, photoHeight: photo.height).map {
            try run(photo, at: $0)
        }
        var anchors: [(pass: Int, anchor: SCRFDPass.Anchor)] = []
        var boxes: [CandidateBox] = []
        for (index, pass) in passes.enumerated() {
            for (anchor, box) in pass.candidates(minimumScore: Float(options.minimumScore)) {
                anchors.append((index, anchor))
                boxes.append(box)
            }
        }
        let faces = Self.suppression.keep(boxes).map { index in
            let (pass, anchor) = anchors[index]
            let box = BoundingBox(boxes[index])
            return DetectedFace(
                box: box,
                landmarks: Landmarks(
                    layout: .eyesNoseMouth,
                    points: passes[pass].landmarks(of: anchor) ?? ArcFaceTemplate.typicalLandmarks(in: box)),
                detectionScore: Double(boxes[index].score))
        }
        return options.select(faces)
    }

    private func run(_ photo: Photo, at size: InputSize) throws -> SCRFDPass {
        let letterbox = photo.letterboxed(width: size.width, height: size.height)
        return try SCRFDPass(outputs: model.run(letterbox.photo), inputSize: size, scale: letterbox.scale)
    }
}

extension BoundingBox {
    init(_ box: CandidateBox) {
        self.init(
            x: Double(box.left), y: Double(box.top), width: Double(box.right) - Double(box.left),
            height: Double(box.bottom) - Double(box.top))
    }
}
