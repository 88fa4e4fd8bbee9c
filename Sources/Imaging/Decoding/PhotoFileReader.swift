import FaceCore
import Glibc

/// Reads a photo's file off the disk: the one way in for all that open files whose names they did not choose.
package struct PhotoFileReader {
    private let path: String

    package init(path: String) {
        self.path = path
    }

    /// All its bytes; the format is looked at before the bulk is read, so that a film in the folder costs one page.
    ///
    /// - Throws: `ImagingError.unreadableFile`, `.tooManyBytes`, and what `PhotoFormat.init(firstBytes:)` throws.
    package func bytes(atMost limit: Int) throws(ImagingError) -> [UInt8] {
        // Non-blocking: opening a named pipe would otherwise wait for somebody to write to it.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw failure(errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure(errno) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw failure(EISDIR)
        default: throw .unreadableFile(path: path, reason: "it is not a regular file")
        }
        let size = Int(status.st_size)
        var bytes = try read(descriptor, from: 0, count: min(size, PhotoFormat.signatureLength))
        _ = try PhotoFormat(firstBytes: bytes)
        guard size <= limit else { throw .tooManyBytes(count: size, limit: limit) }
        if size > bytes.count {
            bytes = try read(descriptor, from: 0, count: size)
        }
        return bytes
    }

    /// As many of `count` bytes as there are: a file may have become shorter meanwhile.
    private func read(_ descriptor: Int32, from offset: Int, count: Int) throws(ImagingError) -> [UInt8] {
        var problem: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            while initialized < count, let base = buffer.baseAddress {
                let read = pread(descriptor, base + initialized, count - initialized, offset + initialized)
                if read < 0, errno == EINTR { continue }
                if read < 0 { problem = errno }
                guard read > 0 else { break }
                initialized += read
            }
        }
        guard problem == 0 else { throw failure(problem) }
        return bytes
    }

    private func failure(_ code: Int32) -> ImagingError {
        let reason =
            switch code {
            case ENOENT: "there is no such file"
            case EACCES, EPERM: "permission denied"
            case EISDIR: "it is a folder"
            default: String(cString: strerror(code)).lowercased()
            }
        return .unreadableFile(path: path, reason: reason)
    }
}
