/// All that matters of a library as sorted text: its model, photos, people, faces and whose they are, what users said.
/// Two libraries with the same dump hold the same people, whatever database they lie in.
///
/// Each line is a kind of row, its ids, and its columns as `name=value` in a fixed order, without those that are empty;
/// texts are in quotes and escaped as in JSON. The journal, tasks, embeddings, places of files, counters and the moment of
/// a deletion are left out.
public struct LibraryDump: Sendable, Hashable, CustomStringConvertible {
    /// The lines, each with its end.
    public let text: String

    /// Reads the dump of a library at once: about 150 bytes a face.
    public init(of store: any LibraryStore) throws(FaceStoreError) {
        var text = ""
        try store.dump { line in
            text += line
            text += "\n"
        }
        self.text = text
    }

    public var description: String { text }
}

/// One line of a `LibraryDump`.
struct DumpLine {
    private(set) var text: String

    init(_ kind: String, _ ids: Int64...) {
        text = ids.reduce(into: kind) { $0 += " \($1)" }
    }

    mutating func add(_ name: String, _ value: Int64?) {
        if let value { text += " \(name)=\(value)" }
    }

    mutating func add(_ name: String, _ numbers: [Double]) {
        text += " \(name)=" + numbers.map { "\($0)" }.joined(separator: ",")
    }

    mutating func add(_ name: String, _ value: String?) {
        guard let value else { return }
        text += " \(name)=\""
        if value.utf8.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) {
            for scalar in value.unicodeScalars { text += Self.escaped(scalar) }
        } else {
            text += value
        }
        text += "\""
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"", "\\": return "\\\(scalar)"
        case "\n": return "\\n"
        case "\r": return "\\r"
        case "\t": return "\\t"
        case _ where scalar.value < 0x20:
            let digits = String(scalar.value, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: return String(scalar)
        }
    }

    mutating func add(_ name: String, if flag: Bool) {
        if flag { text += " \(name)" }
    }
}
