public import FaceCore

/// The keys of the API, those that were revoked among them.
public protocol KeyRepository: Sendable {
    /// All keys, newest first.
    func all() throws(FaceStoreError) -> [APIKey]

    /// - Throws: `FaceStoreError.keyNameIsTaken`, `.keyWithoutScope`, `.nameIsEmpty`, `.nameIsTooLong`,
    ///   `.nameHasControlCharacters`.
    func create(_ key: NewAPIKey, digests: KeyDigests) throws(FaceStoreError) -> APIKey

    /// Puts another secret in the place of a key's: the old one is of no use from then on.
    ///
    /// - Throws: `FaceStoreError.unknownKey`, `.keyIsRevoked`.
    func rotate(_ id: KeyID, digests: KeyDigests) throws(FaceStoreError) -> APIKey

    /// Ends a key for good; one that was revoked before stays as it is.
    ///
    /// - Throws: `FaceStoreError.unknownKey`.
    func revoke(_ id: KeyID) throws(FaceStoreError) -> APIKey

    /// Forgets all keys, so that the library is as if there had never been one.
    ///
    /// - Returns: how many there were.
    func removeAll() throws(FaceStoreError) -> Int
}
