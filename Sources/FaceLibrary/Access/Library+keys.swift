public import FaceCore
public import FaceStore

/// The keys of the API, and who asked for what.
extension Library {
    /// All keys, those that were revoked too, newest first.
    public func keys() throws(LibraryError) -> [APIKey] {
        try storing { () throws(FaceStoreError) in try store.keys.all() }
    }

    /// Makes a key. The secret is nowhere to be had later.
    ///
    /// - Throws: `LibraryError.store`: `FaceStoreError.keyNameIsTaken`, `.keyWithoutScope`, or what is wrong with the name.
    public func createKey(_ key: NewAPIKey) throws(LibraryError) -> (key: APIKey, secret: KeySecret) {
        let secret = KeySecret()
        let made = try storing { () throws(FaceStoreError) in try store.keys.create(key, digests: secret.digests) }
        return (made, secret)
    }

    /// Gives a key another secret; with the old one nobody is let in any more.
    ///
    /// - Throws: `LibraryError.store`: `FaceStoreError.unknownKey`, `.keyIsRevoked`.
    public func rotateKey(_ id: KeyID) throws(LibraryError) -> (key: APIKey, secret: KeySecret) {
        let secret = KeySecret()
        let key = try storing { () throws(FaceStoreError) in try store.keys.rotate(id, digests: secret.digests) }
        return (key, secret)
    }

    /// Ends a key for good.
    ///
    /// - Throws: `LibraryError.store`: `FaceStoreError.unknownKey`.
    @discardableResult
    public func revokeKey(_ id: KeyID) throws(LibraryError) -> APIKey {
        try storing { () throws(FaceStoreError) in try store.keys.revoke(id) }
    }

    /// Who asked for what, newest first, what this process has not written yet included.
    ///
    /// - Parameter key: only the requests of this key; nil for all.
    public func audit(key: KeyID?, after cursor: PageCursor?, limit: Int) throws(LibraryError) -> Page<AuditEntry> {
        try storing { () throws(FaceStoreError) in
            try trail.write(to: store.audit)
            return try store.audit.entries(key: key, after: cursor, limit: limit)
        }
    }
}
