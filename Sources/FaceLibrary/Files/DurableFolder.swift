import Foundation

/// Changes of folders that outlive a power cut.
enum DurableFolder {
    /// Renames a folder, its entries and its new name being on disk when this returns.
    ///
    /// - Throws: `LibraryError.diskFull`, `.unwritable`.
    static func move(_ folder: URL, to target: URL) throws(LibraryError) {
        try synchronize(folder)
        guard rename(folder.path, target.path) == 0 else { throw LibraryError(code: errno, path: target.path) }
        try synchronize(target.deletingLastPathComponent())
    }

    /// Waits until a folder's entries are on disk.
    static func synchronize(_ folder: URL) throws(LibraryError) {
        let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw LibraryError(code: errno, path: folder.path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw LibraryError(code: errno, path: folder.path) }
    }
}
