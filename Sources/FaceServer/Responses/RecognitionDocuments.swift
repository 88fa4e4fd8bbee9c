import FaceCore
import FaceLibrary

// What the recognition API answers.

/// What an answer says of a face besides where it is.
struct FaceFields {
    var embedding = false
    var attributes = false
}

extension JSONWriter {
    mutating func writeFields(of face: AnalyzedFace, _ shows: FaceFields = FaceFields()) {
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
        if shows.attributes {
            name("attributes")
            if let attributes = face.attributes {
                object { json in
                    json.field("gender", attributes.gender?.rawValue)
                    json.name("age")
                    if let age = attributes.age { json.value(age) } else { json.null() }
                }
            } else {
                null()
            }
        }
        if shows.embedding {
            field("embedding", array: face.embedding.vector) { json, number in json.value(Double(number)) }
        }
    }

    mutating func writeFields(of comparison: FaceComparison) {
        field("similarity", comparison.similarity)
        field("distance", comparison.distance)
        field("match", comparison.isMatch)
    }
}
