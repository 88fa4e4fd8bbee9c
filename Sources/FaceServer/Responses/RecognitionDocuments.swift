import FaceCore
import FaceLibrary

// What the recognition API answers.

extension JSONWriter {
    mutating func writeFields(of face: AnalyzedFace, embedding: Bool = false) {
        let box = face.face.box
        field("box", array: [box.x, box.y, box.width, box.height]) { $0.value($1) }
        field("detection_score", face.face.detectionScore)
        field("landmarks", array: face.face.landmarks.points) { json, point in
            json.array([point.x, point.y]) { $0.value($1) }
        }
        name("quality")
        if let quality = face.quality {
            object { json in
                json.field("sharpness", quality.sharpness)
                json.field("visible_share", quality.visibleShare)
            }
        } else {
            null()
        }
        if embedding {
            field("embedding", array: face.embedding.vector) { json, number in json.value(Double(number)) }
        }
    }

    mutating func writeFields(of comparison: FaceComparison) {
        field("similarity", comparison.similarity)
        field("distance", comparison.distance)
        field("match", comparison.isMatch)
    }
}
