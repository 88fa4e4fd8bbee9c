/// A part of a list and where the next part begins.
public struct Page<Element: Sendable>: Sendable {
    public let elements: [Element]
    /// Where to go on; nil when this was the last part.
    public let next: PageCursor?

    public init(elements: [Element], next: PageCursor?) {
        self.elements = elements
        self.next = next
    }
}

extension Page: Equatable where Element: Equatable {}

/// A place in a list, right after one of its entries. It stays valid when that entry is removed.
///
/// As text it is safe in URLs; clients treat it as opaque and hand it back to the list that it came from.
public struct PageCursor: Sendable, Hashable, LosslessStringConvertible {
    /// Milliseconds since 1970 by which the list is sorted; 0 in lists that are sorted by their ids alone.
    let milliseconds: Int64
    let id: Int64

    init(milliseconds: Int64 = 0, id: Int64) {
        self.milliseconds = milliseconds
        self.id = id
    }

    /// Nil when the text is no cursor.
    public init?(_ description: String) {
        let parts = description.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 2, let milliseconds = Int64(parts[0]), let id = Int64(parts[1]) else { return nil }
        self.init(milliseconds: milliseconds, id: id)
    }

    public var description: String { "\(milliseconds)_\(id)" }
}
