/// Where a library's database is, as the arguments of `lik copy` say it.
enum LibraryPlace: Equatable {
    /// A file.
    case sqlite(path: String)
    /// A database on the server of the DB_… settings; nil is the one that they name.
    case postgres(database: String?)

    /// `sqlite:FILE`, `postgres:` or `postgres:DATABASE`; nil for everything else.
    init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let rest = parts.count == 2 ? parts[1] : ""
        switch parts[0] {
        case "sqlite" where !rest.isEmpty: self = .sqlite(path: rest)
        case "postgres" where !rest.contains("/"): self = .postgres(database: rest.isEmpty ? nil : rest)
        default: return nil
        }
    }
}
