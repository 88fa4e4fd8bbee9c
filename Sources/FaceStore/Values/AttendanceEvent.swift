public import FaceCore
public import Foundation

/// That somebody was recognised somewhere.
public struct Sighting: Sendable, Hashable {
    public let person: PersonID
    /// Among whose people she was looked for; nil for everybody.
    public let collection: CollectionID?
    /// What the sender calls the place, up to 200 characters; may be empty.
    public let place: String
    public let at: Date
    /// Of her face to her, as the comparison gave it.
    public let similarity: Double

    public init(person: PersonID, collection: CollectionID?, place: String, at: Date, similarity: Double) {
        self.person = person
        self.collection = collection
        self.place = place
        self.at = at
        self.similarity = similarity
    }
}

/// All sightings of a person at a place within a window of time, as one.
public struct AttendanceEvent: Sendable, Hashable {
    public let id: EventID
    /// As she is by now: who was merged is the one she became part of.
    public let person: PersonID
    /// What she is called by now.
    public let personName: String
    public let collection: CollectionID?
    public let place: String
    /// Of the sighting that made it an event.
    public let at: Date
    public let lastSeen: Date
    public let timesSeen: Int
    /// The best of all sightings.
    public let similarity: Double

    public init(
        id: EventID, person: PersonID, personName: String, collection: CollectionID?, place: String, at: Date,
        lastSeen: Date, timesSeen: Int, similarity: Double
    ) {
        self.id = id
        self.person = person
        self.personName = personName
        self.collection = collection
        self.place = place
        self.at = at
        self.lastSeen = lastSeen
        self.timesSeen = timesSeen
        self.similarity = similarity
    }
}

/// Which events of attendance are meant; what is nil does not matter.
public struct AttendanceFilter: Sendable, Hashable {
    /// The earliest moment.
    public var from: Date?
    /// The latest moment, which is among them.
    public var to: Date?
    public var person: PersonID?
    public var collection: CollectionID?
    /// The whole of a place's name.
    public var place: String?

    public init(
        from: Date? = nil, to: Date? = nil, person: PersonID? = nil, collection: CollectionID? = nil,
        place: String? = nil
    ) {
        self.from = from
        self.to = to
        self.person = person
        self.collection = collection
        self.place = place
    }
}
