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

/// What tells that a file was not touched since it was read: cheaper than its content's hash, and enough to skip it.
public struct FileStamp: Sendable, Hashable {
    /// Bytes.
    public let size: Int64
    /// Nanoseconds since 1970.
    public let modifiedAt: Int64

    public init(size: Int64, modifiedAt: Int64) {
        self.size = size
        self.modifiedAt = modifiedAt
    }

    /// Reads the stamp of a file, following symbolic links.
    ///
    /// - Throws: `PhotoIntakeError.unreadable` when there is no such file or it is not a regular one.
    public init(ofFileAt path: String) throws(PhotoIntakeError) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw .unreadable(reason: String(cString: strerror(errno))) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .unreadable(reason: "it is not a regular file") }
        size = Int64(status.st_size)
        modifiedAt = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
    }
}
