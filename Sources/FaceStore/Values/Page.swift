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
    /// By which the list is sorted: milliseconds since 1970, or how many faces somebody has; 0 in lists that are sorted by
    /// something else.
    let number: Int64
    let id: Int64
    /// The name by which the list is sorted; nil in other lists, and where they go on with those who have none.
    let name: String?

    init(number: Int64 = 0, id: Int64, name: String? = nil) {
        self.number = number
        self.id = id
        self.name = name
    }

    /// Nil when the text is no cursor.
    public init?(_ description: String) {
        let halves = description.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let parts = halves[0].split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 2, let number = Int64(parts[0]), let id = Int64(parts[1]) else { return nil }
        guard halves.count == 2 else {
            self.init(number: number, id: id)
            return
        }
        guard let name = String(hexadecimal: halves[1]) else { return nil }
        self.init(number: number, id: id, name: name)
    }

    public var description: String {
        guard let name else { return "\(number)_\(id)" }
        return "\(number)_\(id).\(name.hexadecimal)"
    }
}

extension String {
    /// The bytes in UTF-8, two digits each.
    fileprivate var hexadecimal: String {
        utf8.reduce(into: "") { $0 += ($1 < 16 ? "0" : "") + String($1, radix: 16) }
    }

    fileprivate init?(hexadecimal: Substring) {
        let digits = hexadecimal.utf8.map { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count.isMultiple(of: 2), !digits.contains(nil) else { return nil }
        let values = digits.compactMap(\.self)
        self.init(
            validating: stride(from: 0, to: values.count, by: 2).map { UInt8(values[$0] * 16 + values[$0 + 1]) },
            as: UTF8.self)
    }
}
