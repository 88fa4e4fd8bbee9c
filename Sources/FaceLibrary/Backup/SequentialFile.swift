import Crypto
import FaceCore
import Foundation

/// A file that is read once, from its beginning to its end, and hashed on the way.
final class SequentialFile {
    /// Bytes that are read at a time.
    static let chunk = 1 << 20

    let byteCount: Int64
    /// Seconds since 1970.
    let modifiedAt: Int
    private let descriptor: Int32
    private let path: String
    private var hash = SHA256()

    /// Nil when there is no such file.
    ///
    /// - Throws: `LibraryError.exportInterrupted` for what is no file or may not be read.
    init?(path: String) throws(LibraryError) {
        self.path = path
        // Non-blocking: whatever is there may be a named pipe.
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        if descriptor < 0 {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw .exportInterrupted(
                reason: "“\(path)” cannot be read: \(String(cString: strerror(errno)).lowercased())")
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .exportInterrupted(reason: "“\(path)” is no file")
        }
        byteCount = Int64(status.st_size)
        modifiedAt = status.st_mtim.tv_sec
    }

    deinit { close(descriptor) }

    /// Gives the next bytes; none at the end.
    ///
    /// - Throws: `LibraryError.exportInterrupted`.
    func next(into buffer: UnsafeMutableRawBufferPointer) throws(LibraryError) -> UnsafeRawBufferPointer {
        var count = read(descriptor, buffer.baseAddress, buffer.count)
        while count < 0, errno == EINTR { count = read(descriptor, buffer.baseAddress, buffer.count) }
        guard count >= 0 else {
            throw .exportInterrupted(
                reason: "“\(path)” cannot be read: \(String(cString: strerror(errno)).lowercased())")
        }
        let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
        hash.update(bufferPointer: bytes)
        return bytes
    }

    /// The SHA-256 of what was read so far.
    var contentHash: ContentHash { ContentHash(rawValue: hash.finalize().hexadecimal) }
}

extension Digest {
    /// Two lower-case digits a byte.
    var hexadecimal: String {
        map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}
