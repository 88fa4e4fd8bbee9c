/// Whether two faces are one person, by the server.
public struct RemoteVerification: Sendable, Hashable, Decodable {
    public let similarity: Double
    public let distance: Double
    /// The largest distance of one person.
    public let threshold: Double
    public let match: Bool
}

/// Who the faces of a photo are, by the server.
public struct RemoteIdentification: Sendable, Hashable, Decodable {
    /// Somebody whom a face may be.
    public struct Candidate: Sendable, Hashable, Decodable {
        public let person: Int64
        public let name: String?
        public let similarity: Double
        public let distance: Double
        public let match: Bool

        private enum CodingKeys: String, CodingKey {
            case person = "personId"
            case name, similarity, distance, match
        }
    }

    /// The event of attendance that a face belongs to.
    public struct Event: Sendable, Hashable, Decodable {
        public let id: String
        /// Whether the face brought it.
        public let isNew: Bool

        private enum CodingKeys: String, CodingKey {
            case id
            case isNew = "new"
        }
    }

    public struct Face: Sendable, Hashable, Decodable {
        /// x, y, width, height in pixels of the upright photo.
        public let box: [Double]
        /// Who it is; nil when nobody is near enough.
        public let person: Int64?
        public let name: String?
        /// The nearest first.
        public let candidates: [Candidate]
        /// Only where attendance was noted, and of nobody unknown.
        public let event: Event?

        private enum CodingKeys: String, CodingKey {
            case box, name, candidates, event
            case person = "personId"
        }
    }

    /// Of the upright photo, in pixels.
    public let width: Int
    public let height: Int
    public let faces: [Face]
}
