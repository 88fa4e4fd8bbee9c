/// Which events of attendance are wanted.
public struct AttendanceFilter: Sendable, Hashable {
    /// A day or a time, as RFC 3339 has it; a day at the end is within.
    public var from: String?
    public var to: String?
    public var person: Int64?
    public var collection: Int64?
    public var place: String?

    public init(
        from: String? = nil, to: String? = nil, person: Int64? = nil, collection: Int64? = nil, place: String? = nil
    ) {
        self.from = from
        self.to = to
        self.person = person
        self.collection = collection
        self.place = place
    }

    var query: [String: String?] {
        [
            "from": from, "to": to, "person": person?.description, "collection": collection?.description,
            "place": place,
        ]
    }
}
