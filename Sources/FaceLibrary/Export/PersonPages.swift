import FaceStore

/// The people of a library, newest first, a page at a time.
struct PersonPages: Sendable {
    private static let pageLength = 200
    private let store: any LibraryStore
    private var cursor: PageCursor?
    private var isDone = false

    init(_ store: any LibraryStore) {
        self.store = store
    }

    /// At least one person; nil at the end.
    mutating func next() throws(LibraryError) -> [ExportedPerson]? {
        guard !isDone else { return nil }
        let (store, cursor) = (store, cursor)
        let page = try storing { () throws(FaceStoreError) in
            try store.persons.page(after: cursor, offset: 0, limit: Self.pageLength)
        }
        self.cursor = page.next
        isDone = page.next == nil
        var persons: [ExportedPerson] = []
        for listed in page.elements {
            let faces = try storing { () throws(FaceStoreError) in try store.faces.listed(of: listed.person.id) }
            persons.append(ExportedPerson(person: listed.person, photoCount: Set(faces.map(\.photo.id)).count))
        }
        return persons.isEmpty ? nil : persons
    }
}
