/// The smallest of the values offered, at most `limit` of them, in order.
struct LeastValues<Value: Comparable & Sendable>: Sendable {
    let limit: Int
    private var values: [Value] = []

    init(limit: Int) {
        self.limit = limit
        values.reserveCapacity(limit + 1)
    }

    /// The largest of those kept; nil until `limit` values have been offered.
    var largest: Value? { values.count == limit ? values.last : nil }

    mutating func removeAll() { values.removeAll(keepingCapacity: true) }

    mutating func offer(_ value: Value) {
        if let largest, !(value < largest) { return }
        var place = values.count
        while place > 0, value < values[place - 1] { place -= 1 }
        values.insert(value, at: place)
        if values.count > limit { values.removeLast() }
    }
}
