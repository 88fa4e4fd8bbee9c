import FaceCore
import FaceLibrary
import FaceStore
import Foundation

/// The JSON of `lik verify`.
struct ComparisonDocument: Encodable {
    let similarity: Double
    let distance: Double
    let threshold: Double
    let match: Bool

    func encoded() throws -> String { try IdentificationDocument.encoded(self) }

    /// For people.
    var line: String {
        (match ? "The same person: " : "Different people: ")
            + String(format: "similarity %.3f, distance %.3f (at most %.3f)", similarity, distance, threshold)
    }
}

/// A photo of `lik identify` with whom its faces may be.
struct IdentificationDocument: Encodable {
    struct Face: Encodable {
        /// x, y, width, height in pixels of the upright photo.
        let box: [Double]
        /// Who it is; absent when nobody is near enough.
        let person: PersonID?
        let name: String?
        let candidates: [Candidate]
    }

    struct Candidate: Encodable {
        let person: PersonID
        let name: String
        let similarity: Double
        let distance: Double
        let match: Bool
    }

    let file: String
    let error: String?
    let faces: [Face]

    var lines: [String] {
        let count = faces.count
        return ["\(file): \(count) face\(count == 1 ? "" : "s")"]
            + faces.enumerated().map { index, face in
                let place = "  \(index + 1). at \(Int(face.box[0])), \(Int(face.box[1])): "
                guard !face.candidates.isEmpty else { return place + "nobody is known" }
                let named = face.candidates.map { "\($0.name) (similarity \(String(format: "%.2f", $0.similarity)))" }
                if face.person == nil { return place + "unknown, nearest " + named.joined(separator: ", ") }
                return place + named.joined(separator: ", ")
            }
    }

    static func encoded(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}

extension IdentificationDocument.Face {
    init(_ face: IdentifiedFace, in store: any LibraryStore) throws {
        let box = face.face.face.box
        self.box = [box.x, box.y, box.width, box.height]
        candidates = try face.candidates.compactMap { candidate in
            guard let person = try store.persons.person(candidate.person) else { return nil }
            return IdentificationDocument.Candidate(
                person: person.id, name: person.displayName, similarity: candidate.comparison.similarity,
                distance: candidate.comparison.distance, match: candidate.comparison.isMatch)
        }
        let first = candidates.first.flatMap { $0.match ? $0 : nil }
        (person, name) = (first?.person, first?.name)
    }
}
