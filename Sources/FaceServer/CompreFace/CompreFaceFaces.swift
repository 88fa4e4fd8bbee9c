import FaceCore
import FaceLibrary
import Hummingbird

/// The faces of one image, as CompreFace's answers tell of them.
struct CompreFaceFaces {
    let options: CompreFaceOptions
    /// The largest first.
    let faces: [AnalyzedFace]
    let times: StageTimes
    let model: ModelID?

    /// - Throws: `APIError.compreFace` where there is no face; `LibraryError`.
    init(_ image: ProbeForm.Image, _ options: CompreFaceOptions, by recognition: Recognition) throws {
        let times = StageTimes()
        let probe = try recognition.faces(on: image.bytes, minimumScore: options.minimumScore, observer: times)
        guard !probe.faces.isEmpty else { throw APIError.compreFace(.noFace) }
        let sorted = probe.faces.enumerated().sorted {
            ($1.element.face.box.area, $0.offset) < ($0.element.face.box.area, $1.offset)
        }
        faces = sorted.map(\.element).prefix(options.limit ?? .max).map { $0 }
        model = faces.first?.embedding.model
        self.options = options
        self.times = times
    }

    /// The one face that an image has to have.
    ///
    /// - Throws: `APIError.compreFace(.tooManyFaces)`.
    func only() throws(APIError) -> AnalyzedFace {
        guard let face = faces.first, faces.count == 1 else { throw .compreFace(.tooManyFaces) }
        return face
    }
}

/// How similar a face is to somebody, from 0 to 1 as CompreFace's clients expect it: 1 at no distance, 0.5 at the threshold,
/// 0 from twice the threshold on. So whoever takes 0.5 and more for a match decides as Lik does.
func compreFaceSimilarity(_ comparison: FaceComparison) -> Double {
    guard comparison.threshold > 0 else { return comparison.isMatch ? 1 : 0 }
    return min(1, max(0, 1 - comparison.distance / (2 * comparison.threshold)))
}

extension JSONWriter {
    /// The fields of a face; what else is told of it comes behind them.
    mutating func writeCompreFace(_ face: AnalyzedFace, of faces: CompreFaceFaces) {
        let box = face.face.box
        func pixel(_ value: Double) -> Int { Int(value.rounded()) }
        field(
            "box",
            object: { json in
                json.field("probability", min(1, max(0, face.face.detectionScore)))
                json.field("x_max", pixel(box.x + box.width))
                json.field("y_max", pixel(box.y + box.height))
                json.field("x_min", pixel(box.x))
                json.field("y_min", pixel(box.y))
            })
        if faces.options.plugins.contains(.landmarks) {
            field("landmarks", array: face.face.landmarks.points) { json, point in
                json.array([pixel(point.x), pixel(point.y)]) { $0.value($1) }
            }
        }
        if faces.options.plugins.contains(.calculator) {
            field("embedding", array: face.embedding.vector) { json, number in json.value(Double(number)) }
        }
        if faces.options.tellsStatus {
            field(
                "execution_time",
                object: { json in
                    json.field("detector", faces.times.milliseconds(.detect))
                    json.field("calculator", faces.times.milliseconds(.embed))
                })
        }
    }

    /// Behind the faces, where it was asked for.
    mutating func writeCompreFaceVersions(_ faces: CompreFaceFaces) {
        guard faces.options.tellsStatus, let model = faces.model else { return }
        field(
            "plugins_versions",
            object: { json in
                json.field("detector", model.rawValue)
                json.field("calculator", model.rawValue)
            })
    }
}
