import Foundation

/// Makes a server the only one of its folders, as long as the value lives: a lock on `LIK_DATA/serve.lock`, which ends with
/// the process at the latest.
///
/// What a dead server left half done can be told from what a living one is doing only when there is no living one.
public final class FolderClaim: Sendable {
    private let descriptor: Int32

    /// - Throws: `LibraryError.inUse` when another process has them, `.unwritable`, `.diskFull`.
    public init(_ folders: LibraryFolders) throws(LibraryError) {
        let path = folders.data.appendingPathComponent("serve.lock").path
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw LibraryError(code: errno, path: path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            // Whoever throws here is ended all the same, and closes.
            throw code == EWOULDBLOCK ? .inUse(path: folders.data.path) : LibraryError(code: code, path: path)
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }
}
