public import Foundation

/// Somebody was at a place.
public struct RemoteAttendance: Sendable, Hashable, Decodable {
    public struct Person: Sendable, Hashable, Decodable {
        public let id: Int64
        public let name: String
    }

    public let id: String
    public let person: Person
    /// Among whose people she was looked for; nil for all.
    public let collection: Int64?
    public let place: String
    /// The first and the last sighting.
    public let at: Date
    public let lastSeen: Date
    public let timesSeen: Int
    /// The best of all sightings.
    public let similarity: Double
}
