import FaceLibrary
import FaceStore
import Hummingbird

/// The options that CompreFace's requests with an image have in common, behind the path's `?`.
struct CompreFaceOptions: Sendable {
    /// What is told of a face besides its box.
    enum Plugin: String, Sendable {
        case landmarks
        case calculator
    }

    /// Faces that are looked at, the largest first; nil for all.
    let limit: Int?
    let minimumScore: Double?
    /// Subjects that are named for each face.
    let predictions: Int
    let plugins: Set<Plugin>
    /// Whether times and versions are told.
    let tellsStatus: Bool

    /// - Throws: `APIError.invalidParameter`.
    init(_ request: Request) throws(APIError) {
        let query = QueryParameters(request)
        let limit = try query.integer("limit", in: 0...1_000_000) ?? 0
        self.limit = limit == 0 ? nil : limit
        minimumScore = try Self.share("det_prob_threshold", query)
        predictions = try query.integer("prediction_count", in: 1...1000) ?? 1
        // Those that there is no model for say nothing, as they do where they are not installed.
        let names = try query.text("face_plugins") ?? ""
        plugins = Set(names.split(separator: ",").compactMap { Plugin(rawValue: String($0).trimmedOfSpaces) })
        tellsStatus = try Self.flag("status", query)
    }

    private static func share(_ name: String, _ query: QueryParameters) throws(APIError) -> Double? {
        guard let text = try query.text(name), !text.isEmpty else { return nil }
        guard let value = Double(text), (0...1).contains(value) else { throw .invalidParameter(name: name) }
        return value
    }

    /// Python's clients write `True`.
    private static func flag(_ name: String, _ query: QueryParameters) throws(APIError) -> Bool {
        switch try query.text(name)?.lowercased() {
        case nil, "", "false", "0": false
        case "true", "1": true
        default: throw .invalidParameter(name: name)
        }
    }
}
