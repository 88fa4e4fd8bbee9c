import Foundation

/// A file that is written once; its folder is made when it is missing.
final class NewFile {
    private let path: String
    private let descriptor: Int32

    /// - Throws: `LibraryError.diskFull`, `.unwritable`, also when there is such a file.
    init(_ url: URL) throws(LibraryError) {
        path = url.path
        let folder = url.deletingLastPathComponent().path
        if mkdir(folder, 0o700) != 0, errno != EEXIST { throw LibraryError(code: errno, path: folder) }
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw LibraryError(code: errno, path: path) }
    }

    deinit { close(descriptor) }

    func write(_ bytes: UnsafeRawBufferPointer) throws(LibraryError) {
        var rest = bytes
        while !rest.isEmpty {
            let count = Foundation.write(descriptor, rest.baseAddress, rest.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw LibraryError(code: errno, path: path) }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
        }
    }

    /// Waits until the bytes are on the disk.
    ///
    /// - Parameter modifiedAt: seconds since 1970.
    func finish(modifiedAt: Int) throws(LibraryError) {
        guard fsync(descriptor) == 0 else { throw LibraryError(code: errno, path: path) }
        var times = [timespec(), timespec()]
        for index in times.indices { times[index].tv_sec = modifiedAt }
        // The file's own age is a courtesy: a file system that has no such times has the bytes all the same.
        _ = futimens(descriptor, times)
    }
}
