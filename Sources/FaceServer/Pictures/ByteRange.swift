/// Which bytes of a file a request asks for.
package enum ByteRange: Sendable, Equatable {
    case whole
    /// From the first to the last byte, both included.
    case part(ClosedRange<Int>)
    case unsatisfiable

    /// Reads a `Range` field. What is not understood, and a request for several parts, gives the whole, as RFC 9110 lets
    /// servers do.
    ///
    /// - Parameter length: bytes of the file.
    package init(_ field: String?, length: Int) {
        guard let field, field.lowercased().hasPrefix("bytes=") else {
            self = .whole
            return
        }
        let ends = String(field.dropFirst(6)).trimmedOfSpaces.split(separator: "-", omittingEmptySubsequences: false)
        let isNumbers = ends.allSatisfy { $0.utf8.allSatisfy { (48...57).contains($0) } }
        guard ends.count == 2, isNumbers else {
            self = .whole
            return
        }
        // More digits than a number holds mean a place behind every end.
        let first = ends[0].isEmpty ? nil : Int(ends[0]) ?? .max
        let last = ends[1].isEmpty ? nil : Int(ends[1]) ?? .max
        switch (first, last) {
        case (nil, nil): self = .whole
        case (nil, let suffix?):
            self = suffix > 0 && length > 0 ? .part(max(0, length - suffix)...length - 1) : .unsatisfiable
        case (let first?, let last):
            if let last, last < first {
                self = .whole
            } else if first >= length {
                self = .unsatisfiable
            } else {
                self = .part(first...min(last ?? .max, length - 1))
            }
        }
    }
}
