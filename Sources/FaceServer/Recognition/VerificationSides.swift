import FaceCore
import FaceLibrary
import Hummingbird

/// The two things that a verification compares: faces of images, embeddings, or for the second a person.
struct VerificationSides: Sendable {
    private enum Side: Sendable {
        case faces([AnalyzedFace])
        case embedding(Embedding)
        case person(PersonID)

        var faces: [AnalyzedFace] { if case .faces(let faces) = self { faces } else { [] } }

        var embeddings: [Embedding] {
            switch self {
            case .faces(let faces): faces.map(\.embedding)
            case .embedding(let embedding): [embedding]
            case .person: []
            }
        }
    }

    /// What two of them came to, and which faces they were, by their place on the images.
    struct Pair: Sendable {
        let first: Int
        let second: Int
        let comparison: FaceComparison
    }

    private let first: Side
    private let second: Side
    private let takesAll: Bool

    /// - Parameter takesAll: compares every face of the first image with every one of the second, rather than the largest.
    /// - Throws: `APIError.missingParameter`, `.noFace`, `.invalidParameter`, `LibraryError`.
    init(_ form: ProbeForm, _ recognition: Recognition, takesAll: Bool) throws {
        self.takesAll = takesAll
        let model = try form.text("model").map { ModelID($0) }
        func side(_ number: Int) throws -> Side? {
            if let image = form.images("image\(number)").first {
                let probe = try recognition.faces(on: image.bytes)
                guard let largest = probe.largest else { throw APIError.noFace(image: "image\(number)") }
                return .faces(takesAll ? probe.faces : [probe.faces[largest]])
            }
            guard let vector = try form.vector("embedding\(number)") else { return nil }
            return .embedding(try recognition.embedding(vector, model: model))
        }
        guard let first = try side(1) else { throw APIError.missingParameter(name: "image1") }
        self.first = first
        if let person = try form.integer("person", in: 1...(1 << 53)) {
            second = .person(PersonID(Int64(person)))
        } else {
            guard let second = try side(2) else { throw APIError.missingParameter(name: "image2") }
            self.second = second
        }
    }

    /// - Parameter scope: the collection that a person has to be in, and whose threshold counts where none is given.
    /// - Throws: `LibraryError`.
    func pairs(
        by recognition: Recognition, threshold: Double?, in scope: CollectionScope?
    ) throws -> [Pair] {
        var pairs: [Pair] = []
        for (place, probe) in first.embeddings.enumerated() {
            if case .person(let person) = second {
                pairs.append(
                    Pair(
                        first: place, second: 0,
                        comparison: try recognition.verify(probe, person, threshold: threshold, in: scope)))
            }
        }
        let limit = try threshold ?? recognition.threshold(of: scope?.collection)
        let rows = try recognition.verify(first.embeddings, second.embeddings, threshold: limit)
        for (place, row) in rows.enumerated() {
            pairs += row.enumerated().map { Pair(first: place, second: $0, comparison: $1) }
        }
        return pairs
    }

    /// The nearest pair is what the answer as a whole says.
    func response(_ pairs: [Pair]) -> Response {
        let best = pairs.min { $0.comparison.distance < $1.comparison.distance }
        return .json { json in
            if let best {
                json.writeFields(of: best.comparison)
                json.field("threshold", best.comparison.threshold)
            }
            json.field("faces", array: [first, second]) { json, side in
                json.array(side.faces) { json, face in json.object { $0.writeFields(of: face) } }
            }
            guard takesAll else { return }
            json.field("pairs", array: pairs) { json, pair in
                json.object { json in
                    json.field("first", pair.first)
                    json.field("second", pair.second)
                    json.writeFields(of: pair.comparison)
                }
            }
        }
    }
}
