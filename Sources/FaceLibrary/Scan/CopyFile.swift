import Foundation

/// A drawn copy about to be written.
struct CopyFile {
    let path: String

    /// Writes the file as a whole or not at all: under another name first, to the disk, then in its place.
    ///
    /// - Throws: `PhotoIntakeError.unwritable` in the system's words.
    func write(_ bytes: [UInt8]) throws(PhotoIntakeError) {
        let folder = (path as NSString).deletingLastPathComponent
        try Self.makeFolder(folder)
        let temporary = folder + "/.lik-" + UUID().uuidString
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw Self.failure() }
        do throws(PhotoIntakeError) {
            defer { close(descriptor) }
            try Self.write(bytes, to: descriptor)
            guard fsync(descriptor) == 0 else { throw Self.failure() }
        } catch {
            unlink(temporary)
            throw error
        }
        guard rename(temporary, path) == 0 else {
            let failure = Self.failure()
            unlink(temporary)
            throw failure
        }
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) throws(PhotoIntakeError) {
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure() }
            written += count
        }
    }

    private static func makeFolder(_ path: String) throws(PhotoIntakeError) {
        guard !path.isEmpty, mkdir(path, 0o777) != 0, errno != EEXIST else { return }
        guard errno == ENOENT else { throw failure() }
        try makeFolder((path as NSString).deletingLastPathComponent)
        guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw failure() }
    }

    /// To be asked for right after the call that failed.
    private static func failure() -> PhotoIntakeError {
        let code = errno
        return .unwritable(reason: String(cString: strerror(code)))
    }
}
