import FaceCore
public import FaceStore

extension ExportStream {
    /// Events of attendance as comma-separated values with a header line, in UTF-8, newest first.
    ///
    /// - Parameter marksEncoding: begins with a byte order mark, without which spreadsheets take UTF-8 for something else.
    public static func attendance(
        _ filter: AttendanceFilter, marksEncoding: Bool, of store: any LibraryStore
    ) -> ExportStream {
        ExportStream(AttendanceExport(store: store, filter: filter, marksEncoding: marksEncoding))
    }
}

private struct AttendanceExport: ExportSource {
    private static let pageLength = 500
    private static let header = CSVLine.text([
        "id", "person_id", "person", "collection_id", "collection", "place", "at", "last_seen", "times_seen",
        "similarity",
    ])

    let store: any LibraryStore
    let filter: AttendanceFilter
    let marksEncoding: Bool
    private var cursor: PageCursor?
    private var collections: [CollectionID: String] = [:]
    private var isFirst = true
    private var isDone = false

    init(store: any LibraryStore, filter: AttendanceFilter, marksEncoding: Bool) {
        self.store = store
        self.filter = filter
        self.marksEncoding = marksEncoding
    }

    mutating func next() throws(LibraryError) -> [UInt8]? {
        guard !isDone else { return nil }
        let (store, filter, cursor) = (store, filter, cursor)
        if isFirst {
            let all = try storing { () throws(FaceStoreError) in try store.collections.all() }
            for collection in all { collections[collection.id] = collection.name }
        }
        let page = try storing { () throws(FaceStoreError) in
            try store.attendance.events(filter, after: cursor, limit: Self.pageLength)
        }
        self.cursor = page.next
        isDone = page.next == nil
        defer { isFirst = false }
        var text = isFirst ? (marksEncoding ? "\u{FEFF}" : "") + Self.header : ""
        for event in page.elements { text += row(of: event) }
        return text.isEmpty ? nil : Array(text.utf8)
    }

    private func row(of event: AttendanceEvent) -> String {
        CSVLine.text([
            event.id.name, event.person.description, event.personName, event.collection?.description ?? "",
            event.collection.flatMap { collections[$0] } ?? "", event.place, ExportTime.text(event.at),
            ExportTime.text(event.lastSeen), String(event.timesSeen), String(event.similarity),
        ])
    }
}
