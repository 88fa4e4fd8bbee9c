public import FaceCore

/// Which persons a list shows; a person has to meet every condition that is set. Deleted ones are in none.
public struct PersonFilter: Sendable, Hashable {
    /// Whether she has a name.
    public var isNamed: Bool?
    /// Whether a user wants her out of sight.
    public var isHidden: Bool?
    /// How many faces she has at least.
    public var minimumFaces: Int
    /// In which collection she is.
    public var collection: CollectionID?
    /// What her name (or `person_N`) contains, as in `PersonRepository.find(_:)`; an empty text is no condition.
    public var text: String?

    public init(
        isNamed: Bool? = nil, isHidden: Bool? = nil, minimumFaces: Int = 0, collection: CollectionID? = nil,
        text: String? = nil
    ) {
        self.collection = collection
        self.isNamed = isNamed
        self.isHidden = isHidden
        self.minimumFaces = minimumFaces
        self.text = text
    }
}

/// The order of a list of persons.
public enum PersonSort: String, Sendable, Hashable, Codable, CaseIterable {
    /// Who came last comes first.
    case newest
    /// By name, without regard to case and accents; unnamed ones come at the end, by their ids.
    case name
    /// Who has the most faces comes first, of equal ones the newest.
    case faces
}
