public import FaceCore

/// Who asked the server for what and when.
public protocol AuditLog: Sendable {
    /// Adds entries at the end; those beyond the latest million go.
    func append(_ entries: [AuditEntry]) throws(FaceStoreError)

    /// Entries, newest first, at most `limit`, after a cursor if one is given.
    ///
    /// - Parameter key: only those of this key; nil for all.
    func entries(key: KeyID?, after cursor: PageCursor?, limit: Int) throws(FaceStoreError) -> Page<AuditEntry>
}
