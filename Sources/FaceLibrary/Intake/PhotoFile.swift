public import FaceStore
import Foundation

/// A file that may be a photo: where it lies and what it was called by whoever named it.
public struct PhotoFile: Sendable, Hashable {
    /// Absolute, with symbolic links of its folders resolved, so that one file has one path.
    public let path: String
    /// The path relative to the scanned folder; for a file that was named itself, its last component.
    public let name: String

    public init(path: String, name: String) {
        self.path = path
        self.name = name
    }
}

extension PhotoLocation {
    /// Reads size and modification time of a file, following symbolic links.
    ///
    /// - Throws: `PhotoIntakeError.unreadable` when there is no such file or it is not a regular one.
    public init(ofFileAt path: String) throws(PhotoIntakeError) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw .unreadable(reason: String(cString: strerror(errno))) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .unreadable(reason: "it is not a regular file") }
        self.init(
            path: path, byteCount: Int(status.st_size),
            modifiedAtNanoseconds: Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec))
    }
}
