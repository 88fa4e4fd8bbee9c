public import FaceStore

/// How a list of people is written.
public enum PeopleFormat: String, Sendable, Hashable, CaseIterable {
    /// A table with a header line, in UTF-8.
    case csv
    /// An array of objects.
    case json
}

extension ExportStream {
    /// Everybody in the library, newest first. Deleted persons are not among them; those whom a user wants out of sight
    /// are, and it is said of them.
    public static func people(_ format: PeopleFormat, of store: any LibraryStore) -> ExportStream {
        ExportStream(PeopleExport(persons: PersonPages(store), format: format))
    }
}

private struct PeopleExport: ExportSource {
    var persons: PersonPages
    let format: PeopleFormat
    private var isFirst = true
    private var isDone = false

    init(persons: PersonPages, format: PeopleFormat) {
        self.persons = persons
        self.format = format
    }

    mutating func next() throws(LibraryError) -> [UInt8]? {
        guard !isDone else { return nil }
        let page = try persons.next()
        isDone = page == nil
        defer { isFirst = false }
        switch format {
        case .csv:
            let text = (isFirst ? ExportedPerson.header : "") + (page ?? []).map(\.row).joined()
            return text.isEmpty ? nil : Array(text.utf8)
        case .json:
            var bytes = isFirst ? Array("[".utf8) : []
            for (index, person) in (page ?? []).enumerated() {
                bytes += Array((isFirst && index == 0 ? "\n" : ",\n").utf8)
                bytes += try ExportLine.json(person)
            }
            return page == nil ? bytes + Array("\n]\n".utf8) : bytes
        }
    }
}
