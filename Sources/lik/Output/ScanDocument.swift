import FaceCore
import FaceLibrary
import FaceStore
import Foundation

/// The JSON of a scan: photos with their faces, and the people on them.
struct ScanDocument: Encodable {
    struct PhotoEntry: Encodable {
        let file: String
        /// Absolute: what tells two photos of one name in two folders apart.
        let path: String
        let width: Int?
        let height: Int?
        let error: String?
        let faces: [FaceEntry]
    }

    struct FaceEntry: Encodable {
        /// x, y, width, height in pixels of the upright photo.
        let box: [Double]
        /// Five points: x, y.
        let landmarks: [[Double]]
        let detectionScore: Double
        /// Absent for faces that were not stored or that grouping left alone.
        let person: PersonID?
        let name: String?
        let attributes: AttributesEntry?
        let embedding: [Float]?

        enum CodingKeys: String, CodingKey {
            case box, landmarks, person, name, attributes, embedding
            case detectionScore = "detection_score"
        }
    }

    struct AttributesEntry: Encodable {
        let gender: String?
        let age: Int?
        let landmarks: [[Double]]?
    }

    struct PersonEntry: Encodable {
        let id: PersonID
        let name: String
        let facesCount: Int

        enum CodingKeys: String, CodingKey {
            case id, name
            case facesCount = "faces_count"
        }
    }

    let photos: [PhotoEntry]
    let persons: [PersonEntry]?

    init(_ result: ScanResult, includesEmbeddings: Bool) {
        let names = Dictionary(uniqueKeysWithValues: result.people.map { ($0.id, $0.displayName) })
        photos = result.photos.map { photo in
            PhotoEntry(
                file: photo.file.name, path: photo.file.path, width: photo.width, height: photo.height,
                error: photo.error,
                faces: photo.faces.map { stored in
                    FaceEntry(
                        stored.face, embedding: includesEmbeddings ? stored.embedding : nil,
                        attributes: stored.attributes, person: stored.person,
                        name: stored.person.flatMap { names[$0] })
                })
        }
        persons = result.people.map { PersonEntry(id: $0.id, name: $0.displayName, facesCount: $0.faceCount) }
    }

    /// A photo that was analysed and not stored, or why that failed.
    struct AnalysedPhoto {
        /// As the user named it.
        let name: String
        let path: String
        /// Upright, in pixels; nil when not even the header could be read.
        var width: Int?
        var height: Int?
        var error: String?
        var faces: [AnalyzedFace] = []
    }

    /// The analysis of photos that are not stored: nobody is known on them.
    init(analysed: [AnalysedPhoto], includesEmbeddings: Bool) {
        photos = analysed.map { photo in
            PhotoEntry(
                file: photo.name, path: photo.path, width: photo.width, height: photo.height, error: photo.error,
                faces: photo.faces.map { analyzed in
                    FaceEntry(
                        analyzed.face, embedding: includesEmbeddings ? analyzed.embedding : nil,
                        attributes: analyzed.attributes, person: nil, name: nil)
                })
        }
        persons = nil
    }

    func encoded() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}

extension ScanDocument.FaceEntry {
    init(
        _ face: DetectedFace, embedding: Embedding?, attributes: FaceAttributes?, person: PersonID?, name: String?
    ) {
        self.init(
            box: [face.box.x, face.box.y, face.box.width, face.box.height].map(Self.rounded),
            landmarks: face.landmarks.points.map { [Self.rounded($0.x), Self.rounded($0.y)] },
            detectionScore: Self.rounded(face.detectionScore, digits: 1e6), person: person, name: name,
            attributes: attributes.map {
                ScanDocument.AttributesEntry(
                    gender: $0.gender?.rawValue, age: $0.age,
                    landmarks: $0.denseLandmarks?.map { [Self.rounded($0.x), Self.rounded($0.y)] })
            },
            embedding: embedding?.vector)
    }

    /// A thousandth of a pixel is more than any detector knows.
    private static func rounded(_ value: Double) -> Double { rounded(value, digits: 1e3) }

    private static func rounded(_ value: Double, digits: Double) -> Double { (value * digits).rounded() / digits }
}
