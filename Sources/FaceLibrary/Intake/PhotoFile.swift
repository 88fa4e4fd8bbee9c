public import FaceStore
import Foundation

/// A file that may be a photo: where it lies and what it was called by whoever named it.
public struct PhotoFile: Sendable, Hashable {
    /// Absolute, with symbolic links of its folders resolved, so that one file has one path.
    public let path: String
    /// The path relative to the scanned folder, through the links by which it was found; for a file that was named
    /// itself, its last component.
    public let name: String
    /// Why the file cannot even be opened; nil as a rule.
    public let defect: PhotoIntakeError?

    public init(path: String, name: String, defect: PhotoIntakeError? = nil) {
        self.path = path
        self.name = name
        self.defect = defect
    }

    public static func == (left: PhotoFile, right: PhotoFile) -> Bool {
        left.path == right.path && left.name == right.name
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(path)
        hasher.combine(name)
    }
}

extension PhotoLocation {
    /// Reads size and modification time of a file, following symbolic links.
    ///
    /// - Throws: `PhotoIntakeError.unreadable` when there is no such file or it is not a regular one.
    public init(ofFileAt path: String) throws(PhotoIntakeError) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            let code = errno
            throw .unreadable(reason: String(cString: strerror(code)))
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .unreadable(reason: "it is not a regular file") }
        self.init(
            path: path, byteCount: Int(status.st_size),
            modifiedAtNanoseconds: Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec))
    }

    /// Whether there is no file any more where one was. False when that cannot be told: of a disk that is not mounted
    /// the folder is missing too, and a folder that cannot be entered says nothing.
    static func isGone(_ path: String) -> Bool {
        var status = stat()
        // The link itself: where it leads to may be on a disk that comes back.
        guard lstat(path, &status) != 0, errno == ENOENT else { return false }
        let folder = (path as NSString).deletingLastPathComponent
        return stat(folder, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
