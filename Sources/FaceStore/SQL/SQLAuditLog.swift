import FaceCore

struct SQLAuditLog: AuditLog {
    let connection: LibraryConnection
    /// How many entries are kept.
    var capacity = 1_000_000

    /// What stands for those who are no key, with no id.
    private static let serverKey = "LIK_API_KEY"
    private static let wrongKey = ""

    func append(_ entries: [AuditEntry]) throws(FaceStoreError) {
        guard !entries.isEmpty else { return }
        // Nothing is read before it is written: others may write meanwhile.
        try connection.writeBesideOthers { database in
            let statement = try database.cachedStatement(
                sql: """
                    INSERT INTO audit_entry (at, key_id, key_name, method, path, status, address, request_id)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """)
            for entry in entries {
                let (id, name): (Int64?, String) =
                    switch entry.asker {
                    case .serverKey: (nil, Self.serverKey)
                    case .key(let id, let name): (id.rawValue, name)
                    case .wrongKey: (nil, Self.wrongKey)
                    }
                try statement.execute(arguments: [
                    Timestamp(entry.at).text, id, name, entry.method, entry.path, entry.status, entry.address,
                    entry.requestID,
                ])
            }
            try database.cachedStatement(
                sql: "DELETE FROM audit_entry WHERE id <= (SELECT max(id) FROM audit_entry) - ?"
            ).execute(arguments: [capacity])
        }
    }

    func entries(key: KeyID?, after cursor: PageCursor?, limit: Int) throws(FaceStoreError) -> Page<AuditEntry> {
        try connection.read { database in
            let ofKey = key == nil ? "" : "key_id = ? AND "
            let first: StatementArguments = key.map { [$0.rawValue] } ?? []
            let rest: StatementArguments = [cursor?.id ?? .max, limit.andOneMore]
            let rows = try Row.fetchAll(
                database.cachedStatement(
                    sql: "SELECT * FROM audit_entry WHERE \(ofKey)id < ? ORDER BY id DESC LIMIT ?"),
                arguments: first + rest)
            let entries: [(id: Int64, entry: AuditEntry)] = try rows.map { ($0["id"], try AuditEntry(row: $0)) }
            return Page(entries, limit: limit, element: { $0.entry }) { PageCursor(id: $0.id) }
        }
    }

    fileprivate static func asker(_ id: Int64?, _ name: String) -> AuditEntry.Asker {
        if let id { return .key(KeyID(id), name: name) }
        return name == serverKey ? .serverKey : .wrongKey
    }
}

extension AuditEntry {
    fileprivate init(row: Row) throws {
        let status: Int64 = row["status"]
        self.init(
            at: try row.date("at"), asker: SQLAuditLog.asker(row["key_id"], row["key_name"]), method: row["method"],
            path: row["path"], status: Int(status), address: row["address"], requestID: row["request_id"])
    }
}
