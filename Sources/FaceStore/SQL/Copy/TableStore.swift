/// A store that keeps its library in tables.
protocol TableStore {
    var connection: LibraryConnection { get }
}

extension SQLiteLibraryStore: TableStore {}
extension PostgresLibraryStore: TableStore {}
