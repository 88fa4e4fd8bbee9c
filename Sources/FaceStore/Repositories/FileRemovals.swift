public import FaceCore

/// The files that have to go from disk, remembered until they are gone.
///
/// A file's removal is noted in the transaction that makes the file unneeded: duplicates, files that are no photos, files
/// of cancelled tasks, deleted photos, erased persons. Whoever owns the folder removes them and confirms; after a crash
/// in between they are listed again, so that removing a file which is gone already must be no error.
public protocol FileRemovals: Sendable {
    /// The oldest pending removals, at most `limit`.
    func pending(limit: Int) throws(FaceStoreError) -> [FileRemoval]

    /// Forgets removals that are done.
    func confirm(_ ids: [FileRemoval.ID]) throws(FaceStoreError)

    /// The uploaded files that the library needs, sorted: those of photos and those that wait or are in work. At most
    /// `limit`, those after a name if one is given.
    func neededFiles(after storedName: String?, limit: Int) throws(FaceStoreError) -> [String]

    /// The same files with what is in them, in the same order.
    func neededContents(after storedName: String?, limit: Int) throws(FaceStoreError) -> [StoredFile]

    /// Whether the library needs this uploaded file.
    func isNeeded(_ storedName: String) throws(FaceStoreError) -> Bool
}
